import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { INFY } from '../support/tape.ts';
import { pairAt, START } from '../support/venue-pair.ts';
import { settle } from '../support/world.ts';

describe('a second venue beside the first', () => {
  it('is heard, compared, and tells nobody while the first does', async () => {
    const { seconds, state, events, clock } = await pairAt();
    seconds(130, { first: 100, second: 200 });
    clock.advance(200);
    const prices = events.flatMap((event) => (event.type === 'quote' ? [event.quote.ltp] : []));
    expect(new Set(prices)).toEqual(new Set([100]));
    expect(state().standby).toMatchObject({ source: 'fyers', isCarrying: false, status: { state: 'live' } });
  });

  it('takes over within three seconds when the first stalls, and not a trade is lost', async () => {
    const { seconds, state, bars } = await pairAt();
    seconds(10, { first: 100, second: 100 });
    const stalledAt = 10;
    let taken: number | undefined;
    for (let passed = 1; passed <= 10; passed += 1) {
      seconds(1, { second: 100 + passed });
      if (taken === undefined && state().standby?.isCarrying === true) taken = passed;
    }
    expect(taken).toBeLessThanOrEqual(3);
    expect(state().status.state, 'prices come in').toBe('live');
    const closes = bars().map(({ candle }) => [(candle.openTime - START) / 1_000, candle.close]);
    // 11…14 s hold what the second told before it was asked to stand in.
    expect(closes).toContainEqual([stalledAt, 104]);
    expect(closes).toContainEqual([15, 109]);
  });

  it('takes over at once when the line of the first breaks', async () => {
    const { seconds, state, first, clock } = await pairAt();
    seconds(5, { first: 100, second: 100 });
    first.lost(clock.now());
    expect(state().standby).toMatchObject({ isCarrying: true, first: { state: 'waiting' } });
    expect(state().status.state).toBe('live');
  });

  it('gives back with the first word of the first', async () => {
    const { seconds, state, first, clock, bars } = await pairAt();
    seconds(5, { first: 100, second: 100 });
    seconds(10, { second: 101 });
    first.back(clock.now());
    expect(state().standby?.isCarrying, 'a line that is up has told nothing yet').toBe(true);
    seconds(1, { first: 102, second: 150 });
    expect(state().standby?.isCarrying).toBe(false);
    seconds(14, { first: 102, second: 150 });
    expect(bars().map(({ candle }) => candle.high)).not.toContain(150);
  });

  it('marks the bars that it told, and only those', async () => {
    const { seconds, bars } = await pairAt();
    seconds(10, { first: 100, second: 100 });
    seconds(10, { second: 101 });
    seconds(15, { first: 102, second: 102 });
    const marked = bars().flatMap(({ candle, marks }) =>
      marks.includes('standby') ? [(candle.openTime - START) / 1_000] : [],
    );
    expect(marked).toContain(10);
    expect(marked).toContain(15);
    expect(marked).not.toContain(0);
    expect(marked).not.toContain(5);
    expect(marked).not.toContain(25);
  });

  it('counts one volume, whoever tells', async () => {
    const { seconds, bars } = await pairAt();
    seconds(10, { first: 100, second: 100 });
    seconds(10, { second: 100 });
    seconds(10, { first: 100, second: 100 });
    const whole = bars().filter(({ candle }) => candle.openTime > START && candle.openTime < START + 25_000);
    expect(whole.length).toBeGreaterThan(3);
    for (const { candle } of whole) expect(candle.volume).toBe(50);
  });

  it('has its minutes held against those of the first', async () => {
    const { seconds, state, store, clock, events } = await pairAt();
    seconds(59, { first: 100, second: 100 });
    seconds(60, { first: 101, second: 101 });
    seconds(30, { first: 102, second: 102 });
    seconds(1, { first: 102, second: 103.5 });
    seconds(31, { first: 102, second: 102 });
    clock.advance(1_000);
    expect(state().standby).toMatchObject({ compared: 3, differing: 1 });
    const from = (START + 60_000) as EpochMs;
    expect(store.differences(from, clock.now())).toMatchObject([
      {
        instrument: INFY.key,
        timeframe: '1m',
        openTime: START + 120_000,
        venue: 'fyers',
        ours: { high: 102 },
        theirs: { high: 103.5 },
      },
    ]);
    const stats = events.findLast((event) => event.type === 'stats');
    expect(stats?.type === 'stats' && stats.stats.differing).toBe(1);
  });

  it('does without the first when its login is refused, and asks for a login of either once', async () => {
    const asks: string[] = [];
    const { seconds, state, first, second } = await pairAt(START, asks);
    seconds(5, { first: 100, second: 100 });
    first.line.status({ state: 'stopped', reason: 'auth-expired', message: 'Log in.' });
    expect(state().standby).toMatchObject({ isCarrying: true, first: { state: 'stopped' } });
    seconds(5, { second: 101 });
    expect(state().status.state).toBe('live');
    second.line.status({ state: 'stopped', reason: 'auth-expired', message: 'Log in here too.' });
    second.line.status({ state: 'stopped', reason: 'auth-expired', message: 'Log in here too.' });
    expect(state().status, 'nobody is left').toMatchObject({ state: 'stopped', reason: 'auth-expired' });
    expect(asks).toEqual(['kite', 'fyers']);
  });

  it('ends with the first, and says nothing more', async () => {
    const { seconds, world, state, events, second } = await pairAt();
    seconds(5, { first: 100, second: 100 });
    await world.feed.stop();
    await settle();
    expect(state().status).toEqual({ state: 'stopped', reason: 'by-user' });
    const told = events.length;
    expect(state().standby?.isCarrying).toBe(false);
    expect(second.line).toBeDefined();
    expect(events.slice(told)).toEqual([]);
  });
});

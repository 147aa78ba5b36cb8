import { describe, expect, it } from 'vitest';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import { AppError } from '../../src/core/errors.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { handWorld, minutesOf } from '../support/hand-venue.ts';
import { ist } from '../support/ist.ts';
import { INFY, stock } from '../support/tape.ts';
import { settle } from '../support/world.ts';

const at = (time: string): EpochMs => ist(`2026-11-20 ${time}`);
const iso = (time: number): string => new Date(time + 330 * MINUTE_MS).toISOString().slice(11, 19);
const INDEX: Instrument = { ...stock('NIFTY 50'), segment: 'nse-index' };
const day = (instrument = INFY) =>
  minutesOf(
    at('09:15:00'),
    Array.from({ length: 360 }, (_bar, index) => 100 + (index % 7)),
    instrument,
  );

/** A world of a few minutes; each second every instrument that is not mute trades. */
async function running(start: string, store: Store = openStore(':memory:'), instruments = [INFY]) {
  const clock = new FakeClock(at(start));
  const hand = await handWorld(clock, { store, instruments, told: instruments.flatMap(day) });
  const mute = new Set<Instrument>();
  const { venue } = hand;
  return {
    ...hand,
    clock,
    mute,
    async trade(until: string): Promise<void> {
      while (clock.now() < at(until)) {
        clock.advance(SECOND_MS);
        for (const instrument of instruments)
          if (!mute.has(instrument))
            venue.tick(clock.now(), 100 + (Math.floor(clock.now() / MINUTE_MS) % 7), {}, instrument);
        await settle();
      }
    },
    /** What was asked of today, as far as trading goes. */
    asked: (instrument = INFY) =>
      venue.asked
        .filter((request) => request.instrument === instrument.key && request.to > at('09:15:00'))
        .map(({ from, to }) => `${iso(Math.max(from, at('09:15:00')))}-${iso(to)}`),
    claimed: (instrument = INFY) =>
      store
        .covered(instrument.key, at('09:00:00'), at('16:00:00'))
        .map(({ provenance, open, close }) => `${provenance} ${iso(open)}-${iso(close)}`),
  };
}

describe('a program that starts again', () => {
  it('asks only for what neither it nor history has told', async () => {
    const store = openStore(':memory:');
    const first = await running('10:00:00', store);
    await first.trade('10:20:10');
    expect(first.asked()).toEqual(['09:15:00-09:59:00', '09:59:00-10:00:00']);
    await first.world.close();
    expect(first.claimed()).toEqual(['history 00:00:00-10:00:00', 'live 10:00:00-10:20:05']);

    const second = await running('10:31:20', store);
    await second.trade('10:35:00');
    expect(second.asked()).toEqual(['10:20:00-10:31:00', '10:31:00-10:32:00']);
    expect(second.world.ledger(null).rows[0]).toMatchObject({
      expected: 80,
      received: 23,
      repaired: 57,
      missing: 0,
      grade: 'green',
    });
    await second.world.close();
  });

  it('asks nothing at all when nothing is missing', async () => {
    const store = openStore(':memory:');
    const first = await running('15:00:00', store);
    await first.trade('15:15:10');
    while (first.clock.now() < at('15:38:00')) {
      first.clock.advance(SECOND_MS);
      await settle();
    }
    await first.world.close();
    const second = await running('15:50:00', store);
    await second.trade('15:52:00');
    expect(second.asked().filter((span) => span.slice(0, 8) < '15:15:00')).toEqual([]);
    await second.world.close();
  });

  it('asks again on the next day what was told of the day while it lasted', async () => {
    const store = openStore(':memory:');
    const first = await running('10:00:00', store);
    await first.trade('10:05:00');
    await first.world.close();
    const clock = new FakeClock(ist('2026-11-23 09:05'));
    const next = await handWorld(clock, { store, told: day() });
    const spans = next.venue.asked.map(({ from, to }) => [from, to] as const);
    expect(spans.some(([from, to]) => from <= at('09:15:00') && to >= at('15:15:00'))).toBe(true);
    await next.world.close();
  });
});

describe('a disk that refuses bars until the journal gives up', () => {
  /** A store whose disk can be full. */
  function fullable() {
    const store = openStore(':memory:');
    const disk = { isFull: false };
    const saveBars: Store['saveBars'] = (write) => {
      if (disk.isFull) throw new AppError('storage', 'The disk is full.');
      store.saveBars(write);
    };
    return { disk, store: { ...store, saveBars } };
  }
  /** So many ticks that the journal cannot hold them. */
  function flood({ venue, clock }: Awaited<ReturnType<typeof running>>): void {
    for (let tick = 0; tick < 36_100; tick += 1) venue.tick(clock.now(), 100);
  }

  it('is asked for by history what the feed had told', async () => {
    const { disk, store } = fullable();
    const run = await running('10:00:00', store);
    await run.change({ recording: { ticks: true } });
    await run.trade('10:05:00');
    disk.isFull = true;
    await run.trade('10:08:00');
    flood(run);
    await run.trade('10:08:05');
    disk.isFull = false;
    await run.trade('10:12:00');
    expect(run.troubles.some(({ message }) => message.includes('given up'))).toBe(true);
    expect(run.asked().at(-1)).toMatch(/^10:0[45]:00-10:09:00$/);
    expect(run.world.ledger(null).rows[0]).toMatchObject({ missing: 0, grade: 'green' });
    const minutes = store.loadCandles(INFY.key, '1m', at('10:05:00'), at('10:09:00'));
    expect([...minutes.openTime].map(iso)).toEqual(['10:05:00', '10:06:00', '10:07:00', '10:08:00']);
    await run.world.close();
  });

  it('is asked again what history had answered', async () => {
    const { disk, store } = fullable();
    const run = await running('10:00:00', store);
    await run.change({ recording: { ticks: true } });
    await run.trade('10:05:00');
    run.venue.lost(run.clock.now());
    disk.isFull = true;
    run.mute.add(INFY);
    await run.trade('10:08:00');
    run.mute.delete(INFY);
    run.venue.back(run.clock.now());
    // History tells the hole; the disk takes neither it nor what is told after.
    await run.trade('10:09:10');
    flood(run);
    await run.trade('10:09:15');
    disk.isFull = false;
    await run.trade('10:12:00');
    const minutes = store.loadCandles(INFY.key, '1m', at('10:05:00'), at('10:09:00'));
    expect([...minutes.openTime].map(iso)).toEqual(['10:05:00', '10:06:00', '10:07:00', '10:08:00']);
    expect(run.claimed().join()).toContain('10:10:00');
    await run.world.close();
  });
});

describe('an index of which the feed says nothing for a while', () => {
  it('is not claimed to have been told, on disk neither', async () => {
    const run = await running('10:00:00', openStore(':memory:'), [INFY, INDEX]);
    await run.trade('10:05:00');
    run.mute.add(INDEX);
    await run.trade('10:08:30');
    expect(run.claimed(INDEX).at(-1)).toMatch(/^live 10:00:00-10:0[45]/);
    run.mute.delete(INDEX);
    await run.trade('10:10:10');
    expect(run.claimed(INDEX).filter((span) => span.startsWith('live'))).toEqual([
      expect.stringMatching(/^live 10:00:00-10:0[45]/),
      expect.stringMatching(/^live 10:08:31-10:10:0/),
    ]);
    expect(run.claimed(INFY)).toContain('live 10:00:00-10:10:05');
    expect(run.asked(INDEX).at(-1), 'history is asked for it').toMatch(/^10:05:00-10:0[89]:00$/);
    await run.world.close();
  });
});

describe('a line that falls mute and beats on', () => {
  it.each(['stale', 'waiting'] as const)('is not claimed to have told the time before it was %s', async (state) => {
    const store = openStore(':memory:');
    const run = await running('10:00:00', store);
    await run.trade('10:05:50');
    run.mute.add(INFY);
    while (run.clock.now() < at('10:06:05')) {
      run.clock.advance(SECOND_MS);
      run.venue.line.heard(1);
      await settle();
    }
    const lastTickAt = at('10:05:50');
    const now = run.clock.now();
    run.venue.line.status(
      state === 'stale' ? { state, lastTickAt } : { state, retryAt: now, reason: 'The line broke.' },
    );
    expect(
      run.world
        .ledger(null)
        .rows[0]?.holes.map(({ open }) => iso(open))
        .at(-1),
    ).toBe('10:05:00');
    expect(run.claimed().at(-1), 'on disk neither').toBe('live 10:00:00-10:05:50');
    run.mute.delete(INFY);
    run.venue.back(now);
    await run.trade('10:08:10');
    expect(run.asked().at(-1), 'history is asked for it').toBe('10:05:00-10:07:00');
    expect(run.world.ledger(null).rows[0]).toMatchObject({ missing: 0, received: 6 });
    await run.world.close();
  });

  it('is believed once trading is over', async () => {
    const run = await running('15:10:00');
    await run.trade('15:14:50');
    while (run.clock.now() < at('15:15:30')) {
      run.clock.advance(SECOND_MS);
      run.venue.line.heard(1);
      await settle();
    }
    run.venue.lost(run.clock.now());
    expect(run.world.ledger(null).rows[0]).toMatchObject({ missing: 0, received: 5 });
    await run.world.close();
  });
});

import { describe, expect, it } from 'vitest';
import { ist } from '../../support/ist.ts';
import { openContext } from '../open-context.ts';
import { recordingSink } from '../recording-sink.ts';
import { key, open, ticksUntil } from './played.ts';

describe('the simulator', () => {
  it('starts in the newest session, a quarter of an hour after the open, with all instruments', async () => {
    const { instruments, playback, feed, wall } = await open();
    expect(instruments).toHaveLength(51);
    expect(playback.clock.now()).toBe(ist('2026-11-20 09:30'));
    feed.watch(new Set(instruments.map((instrument) => instrument.key)));
    const sink = recordingSink();
    const stop = new AbortController();
    const ran = feed.run(sink, stop.signal);
    expect(sink.statuses).toEqual([{ state: 'live', since: ist('2026-11-20 09:30') }]);
    wall.advance(6_000);
    expect(playback.clock.now(), 'ten times as fast').toBe(ist('2026-11-20 09:31'));
    // Some forty-five of fifty-one speak every second.
    expect(sink.ticksSeen.length / 60).toBeGreaterThan(38);
    expect(new Set(sink.ticksSeen.map(({ instrument }) => instrument)).size).toBeGreaterThan(45);
    stop.abort();
    await ran;
    wall.advance(60_000);
    expect(playback.clock.now(), 'nobody plays, nothing moves').toBe(ist('2026-11-20 09:31'));
  });

  it('tells with every tick how the day stands', async () => {
    const ticks = await ticksUntil(ist('2026-11-20 09:50'), ['INFY', 'NIFTY 50'], 1_000, ist('2026-11-20 09:10'));
    const infy = ticks.filter(({ instrument, dayOpen }) => instrument === key('INFY') && dayOpen !== undefined);
    const [auction] = infy;
    let [high, low, volume] = [0, Number.POSITIVE_INFINITY, -1];
    for (const tick of infy) {
      high = Math.max(high, tick.ltp);
      low = Math.min(low, tick.ltp);
      expect(tick).toMatchObject({ dayOpen: auction?.ltp, dayHigh: high, dayLow: low, receivedAt: tick.time });
      expect(tick.dayVolume).toBeGreaterThanOrEqual(volume);
      volume = tick.dayVolume ?? 0;
    }
    const opened = infy.findIndex(({ time }) => time === ist('2026-11-20 09:15'));
    expect(infy[opened]?.dayVolume, 'continuous trading counts on from the auction').toBe(infy[opened - 1]?.dayVolume);
    expect(infy[opened - 1]?.ltp).toBe(auction?.ltp);
    const index = ticks.find(({ instrument }) => instrument === key('NIFTY 50'));
    expect(index?.dayVolume).toBeUndefined();
    expect(index?.previousClose).toBeGreaterThan(10_000);
  });

  it('gives the same ticks at every speed, over a night too', async () => {
    const [from, to] = [ist('2026-11-19 15:14:00'), ist('2026-11-20 09:15:30')];
    const watched = ['INFY', 'APOLLOHOSP', 'NIFTY 50'];
    const fast = await ticksUntil(to, watched, Number.POSITIVE_INFINITY, from);
    const dates = new Set(fast.map(({ time }) => Math.floor((time + 19_800_000) / 86_400_000)));
    expect(dates.size).toBe(2);
    expect(fast.length).toBeGreaterThan(150);
    for (const speed of [1, 60, 1_000])
      expect(await ticksUntil(to, watched, speed, from), `at ${speed}×`).toEqual(fast);
  });

  it('gives the same ticks wherever one starts and whoever else is watched', async () => {
    const end = ist('2026-11-20 10:06');
    const [all, part] = [
      await ticksUntil(end, ['INFY', 'TCS', 'ITC'], 1_000, ist('2026-11-20 09:58')),
      await ticksUntil(end, ['TCS'], 1_000, ist('2026-11-20 10:03')),
    ];
    const wanted = all.filter(({ instrument, time }) => instrument === key('TCS') && time >= ist('2026-11-20 10:03'));
    expect(part).toEqual(wanted);
    expect(part.length).toBeGreaterThan(100);
  });

  it('tells quotes as they stand now, and leaves out whom it does not know', async () => {
    const { feed, playback, quotes, history, wall } = await open();
    const never = new AbortController().signal;
    feed.watch(new Set([key('INFY'), key('APOLLOHOSP')]));
    const sink = recordingSink();
    const stop = new AbortController();
    const ran = feed.run(sink, stop.signal);
    wall.advance(60_000);
    stop.abort();
    await ran;
    const now = playback.clock.now();
    for (const symbol of ['INFY', 'APOLLOHOSP']) {
      const newest = sink.ticksSeen.findLast(({ instrument }) => instrument === key(symbol));
      const [quote] = await quotes.quotes([key(symbol), key('NOBODY')], never);
      expect(quote).toEqual({ ...newest, receivedAt: now });
    }
    const bars = await history.candles(
      { instrument: key('INFY'), timeframe: '1m', from: ist('2026-11-20 09:15'), to: now },
      never,
    );
    const [quote] = await quotes.quotes([key('INFY')], never);
    expect(quote?.dayHigh).toBeGreaterThanOrEqual(Math.max(...bars.map(({ high }) => high)));
  });

  it('lets time pass without a listener, and goes on from there with one', async () => {
    const { feed, playback, wall } = await open();
    const polling = new AbortController();
    const polled = playback.run?.(polling.signal);
    wall.advance(6_000);
    expect(playback.clock.now()).toBe(ist('2026-11-20 09:31'));
    polling.abort();
    await polled;
    feed.watch(new Set([key('INFY')]));
    const sink = recordingSink();
    const stop = new AbortController();
    const ran = feed.run(sink, stop.signal);
    wall.advance(1_000);
    stop.abort();
    await ran;
    expect(sink.ticksSeen[0]?.time).toBeGreaterThanOrEqual(ist('2026-11-20 09:31'));
    expect(sink.ticksSeen.length).toBeGreaterThan(5);
  });

  it('has an index without its members, and a market without instruments', async () => {
    const index = openContext().instruments.slice(0, 1);
    expect((await open({ instruments: index })).instruments).toEqual(index);
    const { feed, wall, instruments } = await open({ instruments: [] });
    expect(instruments).toEqual([]);
    const stop = new AbortController();
    const ran = feed.run(recordingSink(), stop.signal);
    wall.advance(10_000);
    stop.abort();
    await ran;
  });

  it('ends as failed, in a sentence, when whoever listens throws', async () => {
    const { feed, wall } = await open();
    feed.watch(new Set([key('INFY')]));
    const sink = recordingSink(() => {
      throw new Error('disk full');
    });
    const ran = feed.run(sink, new AbortController().signal);
    wall.advance(1_000);
    await ran;
    expect(sink.statuses.at(-1)).toMatchObject({ state: 'stopped', reason: 'failed' });
  });
});

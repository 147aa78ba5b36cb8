import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../../src/contract/settings.ts';
import type { EpochMs, InstrumentKey } from '../../../src/core/brand.ts';
import type { Tick } from '../../../src/core/tick.ts';
import type { OpenContext } from '../../../src/main/brokers/broker-module.ts';
import { simulator } from '../../../src/main/brokers/simulator/index.ts';
import { tickAt } from '../../../src/main/brokers/simulator/tick-at.ts';
import { marketStateAt } from '../../../src/main/engine/market-state.ts';
import { ist } from '../../support/ist.ts';
import { calendarOf, openContext } from '../open-context.ts';
import { recordingSink } from '../recording-sink.ts';
import { listingOf, market } from './market.ts';

const key = (symbol: string): InstrumentKey => `NSE:${symbol}` as InstrumentKey;

async function open(changes: Partial<OpenContext> & { readonly speed?: number } = {}) {
  const { speed = 10, ...rest } = changes;
  const context = openContext({ settings: settingsSchema.parse({ feed: { simulator: { speed } } }).feed, ...rest });
  const { playback, quotes, history, ...session } = await simulator.open(context);
  if (playback === undefined || quotes === undefined || history === undefined) throw new Error('It can do all that.');
  return { ...session, playback, quotes, history, wall: context.clock };
}

/** The ticks of some instruments from the start until the market's clock has passed `end`, at a speed. */
async function ticksUntil(
  end: EpochMs,
  watched: readonly string[],
  speed: number,
  resumeAt: EpochMs,
): Promise<readonly Tick[]> {
  const { feed, playback, wall } = await open({ resumeAt });
  playback.setSpeed(speed);
  const stop = new AbortController();
  const seen: Tick[] = [];
  const sink = recordingSink(() => {
    for (const call of sink.calls.splice(0)) if (call.type === 'ticks') seen.push(...call.ticks);
    if (playback.clock.now() >= end) stop.abort();
  });
  feed.watch(new Set(watched.map(key)));
  const ran = feed.run(sink, stop.signal);
  for (let step = 0; step < 200_000 && !stop.signal.aborted; step += 1) wall.advance(50);
  await ran;
  return seen.filter(({ time }) => time < end);
}

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

  it('leaps over what is idle, and calls each waiting timer once', async () => {
    const { feed, playback, wall } = await open({ resumeAt: ist('2026-11-20 15:14'), speed: 60 });
    const phases: string[] = [];
    const beats: EpochMs[] = [];
    const beat = (): void => {
      const { clock } = playback;
      beats.push(clock.now());
      const { phase } = marketStateAt(calendarOf('nse-cas'), clock.now());
      if (phase !== phases.at(-1)) phases.push(phase);
      clock.after(10_000, beat);
    };
    playback.clock.after(10_000, beat);
    const stop = new AbortController();
    const ran = feed.run(recordingSink(), stop.signal);
    const until = (ms: number): EpochMs => {
      wall.advance(ms);
      return playback.clock.now();
    };
    expect(until(1_900), 'trading is over').toBeGreaterThan(ist('2026-11-20 15:15:30'));
    expect(until(300), 'the auction').toBeGreaterThanOrEqual(ist('2026-11-20 15:28'));
    expect(until(2_700)).toBeLessThan(ist('2026-11-20 15:31'));
    expect(until(400), 'the evening').toBeGreaterThanOrEqual(ist('2026-11-20 15:35'));
    expect(until(1_000), 'the next morning').toBeGreaterThanOrEqual(ist('2026-11-23 09:10'));
    expect(until(2_000), 'the open').toBeGreaterThanOrEqual(ist('2026-11-23 09:15'));
    expect(playback.clock.now()).toBeLessThan(ist('2026-11-23 09:16'));
    expect(phases).toEqual(['open', 'closing-auction', 'closed', 'pre-open', 'open']);
    expect(beats.length).toBeLessThan(60);
    expect(beats).toContain(ist('2026-11-23 09:10'));
    stop.abort();
    await ran;
  });

  it('is heard every second, at the end of trading too', async () => {
    const { feed, playback, wall } = await open({
      instruments: openContext().instruments.filter(({ key: each }) => each === key('APOLLOHOSP')),
      resumeAt: ist('2026-07-30 15:28'),
    });
    const heard = new Set<EpochMs>();
    const sink = { ...recordingSink(), heard: () => void heard.add(playback.clock.now()) };
    feed.watch(new Set([key('APOLLOHOSP')]));
    const stop = new AbortController();
    const ran = feed.run(sink, stop.signal);
    wall.advance(12_500);
    stop.abort();
    await ran;
    const seconds = Array.from({ length: 121 }, (_, second) => ist('2026-07-30 15:28') + second * 1_000);
    expect([...heard]).toEqual(seconds);
    expect(sink.ticksSeen.length, 'a quiet one').toBeLessThan(40);
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

  it('tells quotes of auctions as the feed does, and of yesterday before them', async () => {
    const listings = market();
    const resumeAt = ist('2026-11-20 15:35:40');
    const ticks = await ticksUntil(ist('2026-11-23 09:15'), ['INFY', 'NIFTY 50'], 1_000, ist('2026-11-20 15:28'));
    for (const symbol of ['INFY', 'NIFTY 50']) {
      const told = ticks.filter(({ instrument }) => instrument === key(symbol));
      expect(told.length).toBeGreaterThanOrEqual(4);
      for (const tick of told) expect(tickAt(listingOf(listings, symbol), tick.time)).toEqual(tick);
      const evening = told.findLast(({ time }) => time < resumeAt);
      const dawn = ist('2026-11-23 09:09:59');
      expect(tickAt(listingOf(listings, symbol), dawn)).toEqual({ ...evening, receivedAt: dawn });
    }
    const { quotes, history, playback } = await open({ resumeAt });
    const never = new AbortController().signal;
    expect(playback.clock.now()).toBe(ist('2026-11-23 09:10'));
    const [quote] = await quotes.quotes([key('INFY')], never);
    const request = {
      instrument: key('INFY'),
      timeframe: '1d',
      from: ist('2026-11-20 00:00'),
      to: playback.clock.now(),
    } as const;
    const [day] = await history.candles(request, never);
    expect(quote).toMatchObject({ time: ist('2026-11-23 09:10'), dayVolume: 0, ltp: day?.close });
    expect(quote?.previousClose).toBe(day?.close);
    expect(quote?.dayOpen, 'nothing has traded').toBeUndefined();
  });

  it('goes on in the midst of an auction without passing over its trade', async () => {
    const end = ist('2026-11-20 15:31');
    const whole = await ticksUntil(end, ['INFY'], 100, ist('2026-11-20 15:28'));
    const [still, trade] = whole;
    if (still === undefined || trade === undefined) throw new Error('An auction has two words.');
    expect([still.time, whole.length]).toEqual([ist('2026-11-20 15:28'), 2]);
    const before = (trade.time - 700) as EpochMs;
    expect(await ticksUntil(end, ['INFY'], 100, before), 'in its very second').toEqual([
      { ...still, time: trade.time, receivedAt: trade.time },
      trade,
    ]);
    const after = (trade.time + 1_000) as EpochMs;
    expect(await ticksUntil(end, ['INFY'], 100, after), 'just after').toEqual([
      { ...trade, time: after, receivedAt: after },
    ]);
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

import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import { tickAt } from '../../../src/main/brokers/simulator/tick-at.ts';
import { marketStateAt } from '../../../src/main/engine/market-state.ts';
import { ist } from '../../support/ist.ts';
import { calendarOf, openContext } from '../open-context.ts';
import { recordingSink } from '../recording-sink.ts';
import { listingOf, market } from './market.ts';
import { key, open, ticksUntil } from './played.ts';

describe('the simulator, between two sessions', () => {
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
});

import { describe, expect, it, onTestFinished } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import type { Timeframe } from '../../../src/core/timeframe.ts';
import { historyWindows } from '../../../src/main/brokers/tinvest/history-windows.ts';
import { INTERVALS } from '../../../src/main/brokers/tinvest/intervals.ts';
import { openTinvest } from '../../../src/main/brokers/tinvest/session.ts';
import { FAKE_INSTRUMENTS, SBER } from '../../fakes/tinvest-frames.ts';
import { startTinvestVenue } from '../../fakes/tinvest-venue.ts';
import { fastClock } from '../../support/real-clock.ts';
import { contextFor, key } from './open-context.ts';
import { intervalNamed } from './worked-examples.ts';

const never = new AbortController().signal;
const msk = (text: string): EpochMs => Date.parse(`${text.replace(' ', 'T')}:00+03:00`) as EpochMs;
/** Friday noon, five seconds into a minute. */
const NOW = (msk('2026-11-20 12:00') + 5_000) as EpochMs;

async function open(factor = 10) {
  const clock = fastClock(factor, NOW);
  const venue = await startTinvestVenue({ now: () => clock.now() });
  onTestFinished(() => venue.close());
  const session = await openTinvest(contextFor(venue, FAKE_INSTRUMENTS, { clock }), { jitter: () => 0.5 });
  const { history, trades, quotes } = session;
  if (history === undefined || trades === undefined || quotes === undefined) throw new Error('no history');
  const candles = (timeframe: Timeframe, from: string, to: string) =>
    history.candles({ instrument: key('SBER'), timeframe, from: msk(from), to: msk(to) }, never);
  const windows = () =>
    venue.bodies.filter(({ method }) => method.endsWith('GetCandles')).map(({ body }) => JSON.parse(body));
  return { venue, clock, history, trades, quotes, candles, windows };
}

describe('windows of history', () => {
  it('are as long as the venue takes, oldest first, and touch', () => {
    const [from, to] = [msk('2026-11-16 10:00'), msk('2026-11-20 12:00')];
    const windows = historyWindows(from, to, intervalNamed('1m'));
    expect(windows).toHaveLength(5);
    expect(windows[0]?.from).toBe(from);
    expect(windows.at(-1)?.to).toBe(to);
    windows.forEach((window, index) => {
      expect(window.to - window.from).toBeLessThanOrEqual(86_400_000);
      if (index > 0) expect(window.from).toBe(windows[index - 1]?.to);
    });
    expect(historyWindows(to, from, intervalNamed('1m'))).toEqual([]);
  });

  it('of every interval hold a whole candle at least, and no more rows than the venue gives', () => {
    const rows = { '5s': 2_400, '30s': 2_400, '1m': 1_440, '1h': 2_400, '1d': 2_400, '1w': 300, '1M': 122 };
    for (const interval of INTERVALS) {
      expect(interval.windowMs).toBeGreaterThanOrEqual(interval.seconds * 1_000);
      const most = rows[interval.name as keyof typeof rows] ?? 2_500;
      expect(interval.windowMs / interval.seconds / 1_000, interval.name).toBeLessThanOrEqual(most);
    }
  });
});

describe('history of T-Invest', () => {
  it('joins windows, without the running candle and without repeats', async () => {
    const { candles, windows } = await open();
    const bars = await candles('1m', '2026-11-18 11:00', '2026-11-20 13:00');
    expect(windows().map(({ interval }) => interval)).toEqual(Array(3).fill('CANDLE_INTERVAL_1_MIN'));
    expect(bars.at(-1)?.openTime).toBe(msk('2026-11-20 11:59'));
    expect(bars[0]).toMatchObject({ instrument: 'MOEX:SBER', timeframe: '1m', openTime: msk('2026-11-18 11:00') });
    const times = bars.map(({ openTime }) => openTime);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    // From 07:00 to 18:55 and 19:05 to 23:50 on the day between, nothing at night.
    const between = times.filter((time) => time >= msk('2026-11-19 00:00') && time < msk('2026-11-20 00:00'));
    expect(between).toHaveLength(715 + 285);
    expect(between).not.toContain(msk('2026-11-19 18:57'));
  });

  it.each([
    ['5s', '2026-11-20 11:50', '2026-11-20 12:00', 120],
    ['10s', '2026-11-20 11:50', '2026-11-20 12:00', 60],
    ['30s', '2026-11-20 11:50', '2026-11-20 12:00', 20],
    ['3m', '2026-11-20 07:00', '2026-11-20 10:00', 60],
    ['15m', '2026-11-20 07:00', '2026-11-20 12:00', 20],
    ['1h', '2026-11-19 07:00', '2026-11-20 12:00', 22],
  ] as const)('answers %s bars', async (timeframe, from, to, count) => {
    const { candles } = await open();
    expect(await candles(timeframe, from, to)).toHaveLength(count);
  });

  it('asks seconds in windows of 200 minutes', async () => {
    const { candles, windows } = await open();
    const bars = await candles('5s', '2026-11-20 07:00', '2026-11-20 12:00');
    expect(windows()).toHaveLength(2);
    expect(bars).toHaveLength(3_600);
  });

  it('has the hour that the evening begins in, and a day’s bar opens with its session', async () => {
    const { candles } = await open();
    const hours = await candles('1h', '2026-11-19 17:00', '2026-11-19 21:00');
    expect(hours.map(({ openTime }) => openTime)).toEqual([17, 18, 19, 20].map((hour) => msk(`2026-11-19 ${hour}:00`)));
    const days = await candles('1d', '2026-11-18 00:00', '2026-11-21 00:00');
    expect(days.map(({ openTime }) => openTime)).toEqual([msk('2026-11-18 07:00'), msk('2026-11-19 07:00')]);
  });

  it('does not ask for what is older than the venue’s first candle', async () => {
    const { candles, windows } = await open();
    await candles('1m', '2018-03-01 10:00', '2018-03-07 22:00');
    expect(windows().map(({ from }) => from)).toEqual(['2018-03-07T18:33:00.000Z']);
  });

  it('says what it does not have', async () => {
    const { candles, history } = await open();
    await expect(candles('1s', '2026-11-20 11:00', '2026-11-20 12:00')).rejects.toMatchObject({
      code: 'not-supported',
    });
    await expect(candles('4h', '2026-11-20 11:00', '2026-11-20 12:00')).rejects.toMatchObject({
      code: 'not-supported',
    });
    const request = { instrument: key('NOSUCH'), timeframe: '1m', from: NOW, to: NOW } as const;
    await expect(history.candles(request, never)).rejects.toMatchObject({ code: 'not-found' });
    expect(history.mostDays).toMatchObject({ '5s': 1, '1m': 1, '5m': 7, '15m': 21, '1h': 89, '1d': 2_190 });
  });

  it('waits until the venue counts anew after “too many”, and answers then', async () => {
    const { venue, candles, clock } = await open();
    venue.faults.tooMany = { method: 'GetCandles', times: 1, reset: '4' };
    const began = clock.now();
    expect(await candles('1m', '2026-11-20 11:00', '2026-11-20 12:00')).toHaveLength(60);
    expect(clock.now() - began).toBeGreaterThanOrEqual(5_000);
    expect(clock.now() - began).toBeLessThan(30_000);
  });

  it('keeps eight calls a second', async () => {
    const { venue, quotes } = await open(1);
    const before = venue.calls.length;
    await Promise.all(Array.from({ length: 20 }, () => quotes.quotes([key('SBER')], never)));
    const times = venue.calls.slice(before).map(({ time }) => time);
    const first = times[0] ?? 0;
    expect(times.filter((time) => time < first + 950).length).toBeLessThanOrEqual(8);
    expect(times).toHaveLength(20);
  });

  it('stops when told to', async () => {
    const { venue, quotes } = await open();
    venue.faults.api = 'hang';
    const stop = new AbortController();
    const answer = expect(quotes.quotes([key('SBER')], stop.signal)).rejects.toThrow('enough');
    stop.abort(new Error('enough'));
    await answer;
  });
});

describe('last prices', () => {
  it('come in one call for all, without those nobody has', async () => {
    const { venue, quotes } = await open();
    const before = venue.calls.length;
    const ticks = await quotes.quotes([key('SBER'), key('GAZP'), key('NOSUCH')], never);
    expect(ticks).toMatchObject([
      { instrument: 'MOEX:SBER', ltp: 250 },
      { instrument: 'MOEX:GAZP', ltp: 178 },
    ]);
    expect(venue.calls.length - before).toBe(1);
  });
});

describe('past trades', () => {
  const trade = (minutesAgo: number, price: number) => ({
    uid: SBER.uid,
    price,
    quantity: 2,
    side: 'sell' as const,
    time: NOW - minutesAgo * 60_000,
  });

  it('are those of the last hour, with the truth about what is missing', async () => {
    const { venue, trades, clock } = await open();
    for (const [minutes, price] of [
      [90, 240],
      [30, 250],
      [30, 250],
      [1, 251],
    ] as const)
      venue.trade(trade(minutes, price));
    venue.trade({ ...trade(5, 260), source: 'DEALER' });
    const from = (NOW - 2 * 3_600_000) as EpochMs;
    const past = await trades.trades({ instrument: key('SBER'), from, to: NOW }, never);
    expect(past.trades.map(({ ltp, quantity, side }) => [ltp, quantity, side])).toEqual([
      [250, 2, 'sell'],
      [250, 2, 'sell'],
      [251, 2, 'sell'],
    ]);
    expect(past).toMatchObject({ from, to: NOW, isComplete: false });
    expect(past.wholeFrom).toBeGreaterThanOrEqual(NOW - 3_600_000);
    expect(past.wholeFrom).toBeLessThanOrEqual(clock.now() - 3_600_000 + 1);
  });

  it('are complete when all of it lies within the hour, and end where asked', async () => {
    const { venue, trades } = await open();
    venue.trade(trade(20, 250));
    venue.trade(trade(10, 251));
    const [from, to] = [(NOW - 30 * 60_000) as EpochMs, (NOW - 10 * 60_000) as EpochMs];
    const past = await trades.trades({ instrument: key('SBER'), from, to }, never);
    expect(past).toMatchObject({ isComplete: true, wholeFrom: from });
    expect(past.trades).toHaveLength(1);
  });

  it('of a time long ago are none, and nobody is asked', async () => {
    const { venue, trades } = await open();
    const [from, to] = [(NOW - 9 * 3_600_000) as EpochMs, (NOW - 8 * 3_600_000) as EpochMs];
    const before = venue.calls.length;
    const past = await trades.trades({ instrument: key('SBER'), from, to }, never);
    expect(past).toMatchObject({ trades: [], isComplete: false });
    expect(past.wholeFrom).toBeGreaterThan(to);
    expect(venue.calls.length).toBe(before);
  });
});

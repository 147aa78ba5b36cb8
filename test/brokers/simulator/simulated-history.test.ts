import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../../src/core/brand.ts';
import type { Candle } from '../../../src/core/candle.ts';
import { AppError } from '../../../src/core/errors.ts';
import { INTRADAY_MS, type Timeframe } from '../../../src/core/timeframe.ts';
import type { MarketDay } from '../../../src/main/brokers/simulator/market-day.ts';
import { simulatedHistory } from '../../../src/main/brokers/simulator/simulated-history.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { ist } from '../../support/ist.ts';
import { dayOf, listingOf, market, tradesOf } from './market.ts';

const listings = market();
const never = new AbortController().signal;
const historyAt = (now: string) => simulatedHistory(listings, new FakeClock(ist(now)));

function ask(now: string, symbol: string, timeframe: Timeframe, from: string, to = now): Promise<readonly Candle[]> {
  const instrument = `NSE:${symbol}` as InstrumentKey;
  return historyAt(now).candles({ instrument, timeframe, from: ist(from), to: ist(to) }, never);
}

/** Bars made of the day's trades in the plainest way there is. */
function barsOf(symbol: string, date: string, timeframe: keyof typeof INTRADAY_MS | '1d'): Candle[] {
  const { grid, instrument } = listingOf(listings, symbol);
  const day = dayOf(listingOf(listings, symbol), date);
  const open = day.minutes[0] ?? 0;
  const length = timeframe === '1d' ? Number.POSITIVE_INFINITY : INTRADAY_MS[timeframe];
  const bars = new Map<number, Candle>();
  // What the opening auction traded belongs to no bar of continuous trading.
  let before = day.volumeBefore[0] ?? 0;
  for (const [second, steps, total] of tradesOf(day)) {
    const price = grid.toPrice(steps);
    const openTime = (
      timeframe === '1d' ? open : open + Math.floor((second * 1_000 - open) / length) * length
    ) as EpochMs;
    const bar = bars.get(openTime) ?? { open: price, high: price, low: price, volume: day.hasVolume ? 0 : undefined };
    bars.set(openTime, {
      instrument: instrument.key,
      timeframe,
      openTime,
      open: bar.open,
      high: Math.max(bar.high, price),
      low: Math.min(bar.low, price),
      close: price,
      volume: bar.volume === undefined ? undefined : bar.volume + total - before,
    });
    before = total;
  }
  if (timeframe !== '1d') return [...bars.values()];
  return [...bars.values()].map((bar) => withBothAuctions(bar, day, grid.toPrice));
}

/** A day opens at its opening auction's price, closes at that of its closing auction, and holds what they traded. */
function withBothAuctions(bar: Candle, day: MarketDay, toPrice: (steps: number) => number): Candle {
  const rows = day.auctions.filter(({ hasTraded }) => hasTraded);
  const [opening, closing] = [rows.findLast(({ kind }) => kind === 'pre-open'), rows.at(-1)];
  if (opening === undefined || closing?.kind !== 'closing') throw new Error('The day has both auctions.');
  const [open, close] = [toPrice(opening.price), toPrice(closing.price)];
  return {
    ...bar,
    open,
    high: Math.max(bar.high, open, close),
    low: Math.min(bar.low, open, close),
    close,
    volume: bar.volume === undefined ? undefined : bar.volume + opening.volume + closing.volume,
  };
}

describe('the history of the simulated market', () => {
  it.each(['INFY', 'NIFTY 50', 'APOLLOHOSP'])(
    'of %s is made of the trades the feed tells, to the last paisa',
    async (symbol) => {
      for (const timeframe of ['5s', '1m', '5m', '15m', '1h', '1d'] as const) {
        const bars = await ask('2026-11-20 16:00', symbol, timeframe, '2026-11-20 00:00');
        expect(bars, timeframe).toEqual(barsOf(symbol, '2026-11-20', timeframe));
      }
    },
  );

  it('has bars of no auction but in the day', async () => {
    const [day] = await ask('2026-11-20 16:00', 'INFY', '1d', '2026-11-20 00:00');
    for (const timeframe of ['5s', '1m', '5m', '15m', '1h'] as const) {
      const bars = await ask('2026-11-20 16:00', 'INFY', timeframe, '2026-11-20 00:00');
      expect(bars[0]?.openTime, timeframe).toBe(ist('2026-11-20 09:15'));
      expect(bars.at(-1)?.openTime, timeframe).toBeLessThan(ist('2026-11-20 15:15'));
      expect(bars[0]?.open, 'the opening auction').not.toBe(day?.open);
      expect(bars.at(-1)?.close, 'the closing auction').not.toBe(day?.close);
      const traded = bars.reduce((sum, { volume = 0 }) => sum + volume, 0);
      expect(traded, timeframe).toBeLessThan((day?.volume ?? 0) * 0.98);
    }
  });

  it('closes a day without a closing auction at its last trade', async () => {
    const [day] = await ask('2026-07-30 15:30', 'INFY', '1d', '2026-07-30 00:00');
    const minutes = await ask('2026-07-30 15:30', 'INFY', '1m', '2026-07-30 00:00');
    expect(minutes.at(-1)?.openTime).toBe(ist('2026-07-30 15:29'));
    expect(day?.close).toBe(minutes.at(-1)?.close);
    expect(day?.open, 'the opening auction').not.toBe(minutes[0]?.open);
  });

  it('tells closed bars only, by the market’s clock', async () => {
    const last = async (now: string, timeframe: Timeframe): Promise<number | undefined> =>
      (await ask(now, 'INFY', timeframe, '2026-11-20 09:15')).at(-1)?.openTime;
    expect(await last('2026-11-20 09:31:59', '1m')).toBe(ist('2026-11-20 09:30'));
    expect(await last('2026-11-20 09:32:00', '1m')).toBe(ist('2026-11-20 09:31'));
    expect(await last('2026-11-20 15:14:59', '1h')).toBe(ist('2026-11-20 13:15'));
    expect(await last('2026-11-20 15:15:00', '1h'), 'the session’s end ends the hour').toBe(ist('2026-11-20 14:15'));
    expect(await last('2026-11-20 15:34:59', '1d')).toBeUndefined();
    expect(await last('2026-11-20 15:35:00', '1d'), 'the auction ends the day').toBe(ist('2026-11-20 09:15'));
  });

  it('does not change what it told as time goes on', async () => {
    const early = await ask('2026-11-20 11:00:30', 'INFY', '1m', '2026-11-20 09:15');
    const late = await ask('2026-11-20 15:15:00', 'INFY', '1m', '2026-11-20 09:15', '2026-11-20 11:00');
    expect(early).toEqual(late);
    expect(early).toHaveLength(105);
  });

  it('gives what opens from `from` on and before `to`, over nights and weekends', async () => {
    const bars = await ask('2026-11-21 12:00', 'INFY', '5m', '2026-11-13 15:05', '2026-11-16 09:20');
    const times = ['2026-11-13 15:05', '2026-11-13 15:10', '2026-11-16 09:15'].map(ist);
    expect(bars.map(({ openTime }) => openTime)).toEqual(times);
    expect(await ask('2026-11-20 12:00', 'INFY', '5m', '2026-11-20 12:00', '2026-11-20 11:00')).toEqual([]);
  });

  it('reaches back years in days, and nowhere beyond its beginning', async () => {
    const days = await ask('2026-11-20 16:00', 'RELIANCE', '1d', '1980-01-01 00:00');
    expect(days.length).toBeGreaterThan(1_200);
    expect(days[0]?.openTime).toBe(ist('2022-01-03 09:15'));
    expect(
      days.every(
        ({ open, high, low, close }) => low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close),
      ),
    ).toBe(true);
  });

  it('says so when it has no such instrument or timeframe', async () => {
    for (const [symbol, timeframe] of [
      ['NOBODY', '1m'],
      ['INFY', '3m'],
    ] as const) {
      await expect(ask('2026-11-20 16:00', symbol, timeframe, '2026-11-20 09:15')).rejects.toBeInstanceOf(AppError);
    }
  });
});

import { AUCTIONS, type AuctionBar, auctionSpan } from '../../../core/auction.ts';
import { barCloseTime } from '../../../core/bar-time.ts';
import { type EpochMs, type InstrumentKey, SECOND_MS } from '../../../core/brand.ts';
import { addDays } from '../../../core/calendar-date.ts';
import type { Candle } from '../../../core/candle.ts';
import { type CandleColumns, candlesOf, createColumns, sliceColumns } from '../../../core/candle-columns.ts';
import { AppError } from '../../../core/errors.ts';
import { resampleColumns } from '../../../core/resample.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../../core/timeframe.ts';
import { withAuctions } from '../../../core/with-auctions.ts';
import type { Clock, HistoryRequest, HistorySource } from '../../engine/ports.ts';
import { auctionResult } from './auction-tape.ts';
import type { MarketDay } from './market-day.ts';
import { minuteTrades } from './minute-trades.ts';
import type { PriceGrid } from './price-grid.ts';
import type { Listing } from './simulated-market.ts';
import { ANCHOR } from './trading-days.ts';

const TIMEFRAMES: readonly Timeframe[] = ['5s', '1m', '5m', '15m', '1h', '1d'];

/** Bars made of the very trades that the feed tells, up to the market's present. There is none before the anchor. */
export function simulatedHistory(listings: ReadonlyMap<InstrumentKey, Listing>, clock: Clock): HistorySource {
  return {
    timeframes: TIMEFRAMES,
    isImmediate: true,
    async candles(request: HistoryRequest) {
      const { instrument, timeframe } = request;
      const listing = listings.get(instrument);
      if (listing === undefined) {
        throw new AppError(
          'not-found',
          `${instrument} does not exist in the simulated market. Choose another instrument.`,
        );
      }
      if (!TIMEFRAMES.includes(timeframe)) {
        throw new AppError(
          'not-supported',
          `The simulated market keeps no ${timeframe} bars. Ask for ${TIMEFRAMES.join(', ')}.`,
        );
      }
      return closedBars(listing, request, clock.now());
    },
  };
}

function closedBars(listing: Listing, { timeframe, from, to }: HistoryRequest, now: EpochMs): readonly Candle[] {
  const { calendar, instrument } = listing;
  const found: Candle[] = [];
  const start = Math.max(from, calendar.midnight(ANCHOR)) as EpochMs;
  const end = Math.min(to, now) as EpochMs;
  if (start >= end) return found;
  const last = calendar.dateOf(end);
  for (let date = calendar.dateOf(start); date <= last; date = addDays(date, 1)) {
    const day = listing.day(date);
    if (day === undefined) continue;
    const rows = isIntraday(timeframe) && INTRADAY_MS[timeframe] < INTRADAY_MS['1m'] ? secondRows : minuteRows;
    const trading = resampleColumns(rows(day, listing.grid), timeframe, calendar);
    // Days hold what the auctions traded; shorter bars are of continuous trading alone.
    const bars = isIntraday(timeframe) ? trading : withAuctions(trading, auctionBars(day, listing), calendar);
    for (const bar of candlesOf(bars, instrument.key, timeframe)) {
      if (bar.openTime < from || bar.openTime >= to) continue;
      if (barCloseTime(bar.openTime, timeframe, calendar) <= now) found.push(bar);
    }
  }
  return found;
}

/** What the day's auctions traded; those it does not have are left out. */
function auctionBars({ auctions, session, hasVolume }: MarketDay, listing: Listing): readonly AuctionBar[] {
  const instrument = listing.instrument.key;
  return AUCTIONS.flatMap((kind) => {
    const result = auctionResult(auctions, kind);
    if (result === undefined) return [];
    const price = listing.grid.toPrice(result.price);
    const volume = hasVolume ? result.volume : undefined;
    const place = { instrument, date: session.date, kind, openTime: auctionSpan(session, kind)?.open ?? result.time };
    return [{ ...place, open: price, high: price, low: price, close: price, volume }];
  });
}

/** The minutes with trades. */
function minuteRows(day: MarketDay, { toPrice }: PriceGrid): CandleColumns {
  const rows = createColumns(day.minutes.length);
  let row = 0;
  for (let minute = 0; minute < day.minutes.length; minute += 1) {
    if (day.trades[minute] === 0) continue;
    // The columns of a day have one length.
    rows.openTime[row] = day.minutes[minute] as number;
    rows.open[row] = toPrice(day.open[minute] as number);
    rows.high[row] = toPrice(day.high[minute] as number);
    rows.low[row] = toPrice(day.low[minute] as number);
    rows.close[row] = toPrice(day.close[minute] as number);
    rows.volume[row] = day.hasVolume ? (day.volume[minute] as number) : Number.NaN;
    row += 1;
  }
  return sliceColumns(rows, 0, row);
}

/** The seconds with trades. */
function secondRows(day: MarketDay, { toPrice }: PriceGrid): CandleColumns {
  const rows = createColumns(day.trades.reduce((sum, trades) => sum + trades, 0));
  let row = 0;
  for (let minute = 0; minute < day.minutes.length; minute += 1) {
    const { second, price, volume } = minuteTrades(day, minute);
    for (let trade = 0; trade < second.length; trade += 1) {
      const ltp = toPrice(price[trade] as number);
      rows.openTime[row] = (day.minutes[minute] as number) + (second[trade] as number) * SECOND_MS;
      rows.open[row] = ltp;
      rows.high[row] = ltp;
      rows.low[row] = ltp;
      rows.close[row] = ltp;
      rows.volume[row] = day.hasVolume ? (volume[trade] as number) - (volume[trade - 1] ?? 0) : Number.NaN;
      row += 1;
    }
  }
  return rows;
}

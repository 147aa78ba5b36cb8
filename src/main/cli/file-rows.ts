import { type AuctionBar, auctionAt } from '../../core/auction.ts';
import { barAt, barCloseTime } from '../../core/bar-time.ts';
import type { EpochMs } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { Candle } from '../../core/candle.ts';
import type { Piece } from '../../core/candle-builder.ts';
import { type CandleColumns, candleAt, columnsOf, filterColumns } from '../../core/candle-columns.ts';
import { type BarFault, barFault } from '../../core/check-bars.ts';
import type { Instrument } from '../../core/instrument.ts';
import { resampleColumns } from '../../core/resample.ts';
import type { Timeframe } from '../../core/timeframe.ts';
import { timeframeOfStep } from '../brokers/replay/bars-reel.ts';
import type { BarsFile, MarketFile } from '../brokers/replay/market-file.ts';
import type { ReplayFile } from '../brokers/replay/replay-file.ts';
import { AuctionMaker } from '../engine/auction-maker.ts';
import { TickReader } from '../engine/tick-reader.ts';

/** The bars of a file, as the app would keep them if they came live. */
export interface FileRows {
  readonly timeframe: Timeframe;
  /** Of continuous trading. */
  readonly columns: CandleColumns;
  readonly auctions: readonly AuctionBar[];
  /** When its last row had come. */
  readonly end: EpochMs;
}

/**
 * Bars stay bars; seconds and ticks become bars of a second, ticks in the order in which they happened. What lies in an
 * auction makes the auction's bar, what lies outside of trading nothing.
 */
export function rowsOfFile({ name, file }: ReplayFile, instrument: Instrument, calendar: Calendar): FileRows {
  if (file.kind !== 'bars') return rowsOfPrices(file, instrument, calendar);
  const timeframe = timeframeOfStep(file.barMs, name);
  const faultOf = (bar: Candle): BarFault | undefined => barFault(bar, calendar);
  const { columns, auctions } = sorted(withoutIndexVolume(file, instrument), timeframe, instrument, calendar, faultOf);
  const last = (file.columns.openTime.at(-1) ?? 0) as EpochMs;
  return { timeframe, columns, auctions, end: Math.max(last, barCloseTime(last, timeframe, calendar)) as EpochMs };
}

/** An index has no volume; files write 0 for it. */
function withoutIndexVolume({ columns }: BarsFile, { segment }: Instrument): CandleColumns {
  if (segment !== 'nse-index') return columns;
  return { ...columns, volume: new Float64Array(columns.volume.length).fill(Number.NaN) };
}

function rowsOfPrices(file: Exclude<MarketFile, BarsFile>, instrument: Instrument, calendar: Calendar): FileRows {
  const pieces = piecesOf(file, instrument, calendar);
  const hasVolume = pieces.some(({ volume }) => volume !== undefined);
  const rows = columnsOf(
    pieces
      // Of one time the order of arrival stays.
      .toSorted((a, b) => a.time - b.time)
      .map(({ time, volume, ...prices }) => ({
        openTime: time,
        ...prices,
        volume: hasVolume ? (volume ?? 0) : undefined,
      })),
  );
  // A print may come at any moment of a second.
  const faultOf = ({ openTime }: Candle): BarFault | undefined =>
    barAt(openTime, '1s', calendar) === undefined ? 'in-auction' : undefined;
  const { columns, auctions } = sorted(rows, '1s', instrument, calendar, faultOf);
  const end = (rows.openTime.at(-1) ?? 0) as EpochMs;
  return { timeframe: '1s', columns: resampleColumns(columns, '1s', calendar), auctions, end };
}

function piecesOf(
  file: Exclude<MarketFile, BarsFile>,
  { key, segment }: Instrument,
  calendar: Calendar,
): readonly Piece[] {
  const reader = new TickReader();
  const totals = file.kind === 'ticks' && segment !== 'nse-index' ? file.dayVolume : undefined;
  return Array.from(file.time, (stamp, row) => {
    // The columns have one length.
    const [time, ltp] = [stamp as EpochMs, file.price[row] as number];
    const total = totals?.[row] ?? Number.NaN;
    const date = calendar.dateOf(time);
    const dayVolume = Number.isNaN(total) ? undefined : total;
    const tick = { instrument: key, ltp, dayVolume, time, receivedAt: time };
    return reader.read(tick, date, calendar.session(date)).piece;
  });
}

/** What of the rows lies in continuous trading, and the auctions' bars. */
function sorted(
  rows: CandleColumns,
  timeframe: Timeframe,
  { key }: Instrument,
  calendar: Calendar,
  faultOf: (bar: Candle) => BarFault | undefined,
): Pick<FileRows, 'columns' | 'auctions'> {
  const maker = new AuctionMaker(key);
  const auctions = new Map<string, AuctionBar>();
  const kept = new Set<number>();
  for (let row = 0; row < rows.openTime.length; row += 1) {
    const bar = candleAt(rows, row, key, timeframe);
    const fault = faultOf(bar);
    if (fault === undefined) {
      kept.add(bar.openTime);
      maker.see(bar.close);
    } else if (fault === 'in-auction') {
      const made = auctionOf(maker, bar, calendar);
      if (made !== undefined) auctions.set(`${made.date} ${made.kind}`, made);
    }
  }
  return { columns: filterColumns(rows, (openTime) => kept.has(openTime)), auctions: [...auctions.values()] };
}

function auctionOf(maker: AuctionMaker, bar: Omit<Piece, 'time'> & { readonly openTime: EpochMs }, calendar: Calendar) {
  const { openTime: time, open, high, low, close, volume } = bar;
  const session = calendar.session(calendar.dateOf(time));
  const kind = session && auctionAt(session, time);
  if (session === undefined || kind === undefined) return undefined;
  return maker.push({ time, open, high, low, close, volume }, kind, session);
}

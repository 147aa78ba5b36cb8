import { periodSpan } from '../../core/bar-time.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { Candle } from '../../core/candle.ts';
import { type BarFault, type CheckedBars, checkBars } from '../../core/check-bars.ts';
import type { Segment } from '../../core/instrument.ts';
import { isIntraday, type Timeframe } from '../../core/timeframe.ts';
import { type FileAuctions, fileAuctions } from './file-auctions.ts';
import type { FileRow } from './read-bars.ts';

/** Whose rows they are, and what they are taken for. */
export interface FileCheck {
  readonly instrument: InstrumentKey;
  readonly segment: Segment;
  readonly timeframe: Timeframe;
  readonly calendar: Calendar;
  readonly now: EpochMs;
}

/** Why a row of a file is refused: its bar is, or it is of another instrument than the one that was asked for. */
export type RowFault = BarFault | 'other-instrument';

/** Lines that were refused for one reason. */
export interface RefusedLines {
  readonly reason: RowFault;
  /** Numbers of lines in the file, in its order. */
  readonly lines: readonly number[];
}

/** What is good of one instrument's rows in a file, and what became of the rest. */
export interface CheckedFile
  extends Pick<CheckedBars<FileRow>, 'duplicates' | 'outOfOrder' | 'shiftMs'>,
    Pick<FileAuctions, 'auctions' | 'auctionRows' | 'quietRows'> {
  readonly candles: readonly Candle[];
  /** Those with most lines first. */
  readonly refused: readonly RefusedLines[];
}

/** With `others`, rows of other instruments in the file, counted as refused. */
export function withOthers(checked: CheckedFile, others: readonly FileRow[]): CheckedFile {
  if (others.length === 0) return checked;
  const refused: RefusedLines = { reason: 'other-instrument', lines: others.map(({ line }) => line) };
  return { ...checked, refused: [...checked.refused, refused].sort((a, b) => b.lines.length - a.lines.length) };
}

/** Checks rows of one instrument and makes bars of the good ones (`checkBars`), auctions of those within auctions. */
export function checkFile(rows: readonly FileRow[], check: FileCheck): CheckedFile {
  const { timeframe, calendar, now } = check;
  const placed = isIntraday(timeframe) ? rows : rows.map((row) => ({ ...row, openTime: periodOpen(row, check) }));
  const checked = checkBars(placed, { calendar, timeframe, now });
  const [inAuction, others] = [
    checked.refused.filter(({ reason }) => reason === 'in-auction'),
    checked.refused.filter(({ reason }) => reason !== 'in-auction'),
  ];
  const bars = inAuction.flatMap(({ row }) => {
    const own = rows[row];
    return own === undefined ? [] : [{ row, bar: barOf(own, check) }];
  });
  const { auctions, auctionRows, quietRows, refused, duplicates } = fileAuctions(bars, calendar, now);
  const byReason = Map.groupBy(
    [...others, ...refused].sort((a, b) => a.row - b.row),
    ({ reason }) => reason,
  );
  return {
    duplicates: checked.duplicates + duplicates,
    outOfOrder: checked.outOfOrder,
    shiftMs: checked.shiftMs,
    candles: checked.good.map((row) => barOf(row, check)),
    auctions,
    auctionRows,
    quietRows,
    refused: [...byReason]
      .map(([reason, bad]) => ({ reason, lines: bad.flatMap(({ row }) => rows[row]?.line ?? []) }))
      .sort((a, b) => b.lines.length - a.lines.length),
  };
}

function barOf(row: FileRow, { instrument, timeframe, segment }: FileCheck): Candle {
  const { open, high, low, close, volume } = row;
  const openTime = row.openTime as EpochMs;
  // An index has no volume; files write 0 for it.
  const traded = segment === 'nse-index' ? undefined : volume;
  return { instrument, timeframe, openTime, open, high, low, close, volume: traded };
}

/** Files date a day's bar to its midnight, its opening or anything between; ours opens with the first session. */
function periodOpen({ openTime }: FileRow, { timeframe, calendar }: FileCheck): number {
  // What is no time is refused as such.
  if (isIntraday(timeframe) || !(openTime > 0 && openTime < TIMES_END)) return openTime;
  return periodSpan(calendar.dateOf(openTime as EpochMs), timeframe, calendar).openTime;
}

/** The year 2100. */
const TIMES_END = 4_102_444_800_000;

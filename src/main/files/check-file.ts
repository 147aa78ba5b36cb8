import { periodSpan } from '../../core/bar-time.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { Candle } from '../../core/candle.ts';
import { type BarFault, type CheckedBars, checkBars } from '../../core/check-bars.ts';
import type { Segment } from '../../core/instrument.ts';
import { isIntraday, type Timeframe } from '../../core/timeframe.ts';
import type { FileRow } from './read-bars.ts';

/** Whose rows they are, and what they are taken for. */
export interface FileCheck {
  readonly instrument: InstrumentKey;
  readonly segment: Segment;
  readonly timeframe: Timeframe;
  readonly calendar: Calendar;
  readonly now: EpochMs;
}

/** Lines that were refused for one reason. */
export interface RefusedLines {
  readonly reason: BarFault;
  /** Numbers of lines in the file, in its order. */
  readonly lines: readonly number[];
}

/** What is good of one instrument's rows in a file, and what became of the rest. */
export interface CheckedFile extends Pick<CheckedBars<FileRow>, 'duplicates' | 'outOfOrder' | 'shiftMs'> {
  readonly candles: readonly Candle[];
  /** Those with most lines first. */
  readonly refused: readonly RefusedLines[];
}

/** Checks rows of one instrument and makes bars of the good ones (`checkBars`). */
export function checkFile(rows: readonly FileRow[], check: FileCheck): CheckedFile {
  const { instrument, segment, timeframe, calendar, now } = check;
  const placed = isIntraday(timeframe) ? rows : rows.map((row) => ({ ...row, openTime: periodOpen(row, check) }));
  const { good, refused, duplicates, outOfOrder, shiftMs } = checkBars(placed, { calendar, timeframe, now });
  const byReason = Map.groupBy(refused, ({ reason }) => reason);
  return {
    duplicates,
    outOfOrder,
    shiftMs,
    candles: good.map(({ openTime, open, high, low, close, volume }) => ({
      instrument,
      timeframe,
      openTime: openTime as EpochMs,
      open,
      high,
      low,
      close,
      // An index has no volume; files write 0 for it.
      volume: segment === 'nse-index' ? undefined : volume,
    })),
    refused: [...byReason]
      .map(([reason, bars]) => ({ reason, lines: bars.flatMap(({ row }) => rows[row]?.line ?? []) }))
      .sort((a, b) => b.lines.length - a.lines.length),
  };
}

/** Files date a day's bar to its midnight, its opening or anything between; ours opens with the first session. */
function periodOpen({ openTime }: FileRow, { timeframe, calendar }: FileCheck): number {
  // What is no time is refused as such.
  if (isIntraday(timeframe) || !(openTime > 0 && openTime < TIMES_END)) return openTime;
  return periodSpan(calendar.dateOf(openTime as EpochMs), timeframe, calendar).openTime;
}

/** The year 2100. */
const TIMES_END = 4_102_444_800_000;

import { barCloseTime, periodStart } from '../../core/bar-time.ts';
import type { EpochMs, InstrumentKey, TradingDate } from '../../core/brand.ts';
import { type Calendar, sessionAtOrAfter } from '../../core/calendar.ts';
import { addDays } from '../../core/calendar-date.ts';
import { type CandleColumns, sliceColumns } from '../../core/candle-columns.ts';
import { AppError } from '../../core/errors.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../core/timeframe.ts';
import type { StoredCandle } from '../engine/store-port.ts';
import type { BarSheet, SheetProvenance } from './bar-sheet.ts';
import { type SheetsFile, writeSheets } from './write-bars.ts';

/** Whose bars are written, and where they are read from. */
export interface ExportPart {
  readonly instrument: InstrumentKey;
  readonly timeframe: Timeframe;
  readonly calendar: Calendar;
  /** Whole dates, both inclusive; weeks and months that reach into them are written whole. */
  readonly from: TradingDate;
  readonly to: TradingDate;
  /** Bars with `from` ≤ openTime < `to`, as the archive makes them. */
  load(from: EpochMs, to: EpochMs): CandleColumns;
  /** Those of them that are stored as they are: they have a provenance, the others were made. */
  stored(from: EpochMs, to: EpochMs): readonly StoredCandle[];
}

/** So many bars are in memory at a time. */
const SHEET_BARS = 50_000;

/**
 * Writes bars of whole dates to a file. Bars that have not closed by `now` are left out. Answers how many were
 * written, and the file's size.
 *
 * Throws an AppError('not-found') when there are none, and what `writeSheets` throws; there is then no file.
 */
export async function exportCandles(
  file: SheetsFile,
  parts: readonly ExportPart[],
  now: EpochMs,
): Promise<{ readonly bars: number; readonly bytes: number }> {
  let bars = 0;
  function* sheets(): Iterable<BarSheet> {
    for (const part of parts) {
      for (const sheet of sheetsOf(part, now)) {
        bars += sheet.columns.openTime.length;
        yield sheet;
      }
    }
    if (bars === 0)
      throw new AppError(
        'not-found',
        'No closed bar of those dates is stored, so nothing was written. Choose other dates.',
      );
  }
  const bytes = await writeSheets(file, sheets());
  return { bars, bytes };
}

function* sheetsOf(part: ExportPart, now: EpochMs): Iterable<BarSheet> {
  const { instrument, timeframe, calendar } = part;
  for (const [from, to] of stretches(part)) {
    const columns = closedBy(now, part.load(from, to), timeframe, calendar);
    const { length } = columns.openTime;
    if (length > 0) yield { instrument, timeframe, columns, provenance: provenances(columns, part.stored(from, to)) };
  }
}

/** Days are cut between sheets, bars never. */
function* stretches({ from, to, timeframe, calendar }: ExportPart): Iterable<readonly [EpochMs, EpochMs]> {
  const end = addDays(to, 1);
  if (!isIntraday(timeframe)) {
    let last = end;
    while (periodStart(last, timeframe) === periodStart(to, timeframe)) last = addDays(last, 1);
    yield [calendar.midnight(periodStart(from, timeframe)), calendar.midnight(last)];
    return;
  }
  const session = sessionAtOrAfter(calendar, calendar.midnight(from));
  const barsOfDay = session === undefined ? 1 : (session.close - session.open) / INTRADAY_MS[timeframe];
  const days = Math.max(1, Math.floor(SHEET_BARS / barsOfDay));
  for (let date = from; date < end; date = addDays(date, days)) {
    const next = addDays(date, days);
    yield [calendar.midnight(date), calendar.midnight(next < end ? next : end)];
  }
}

/** Only the newest bar may still be forming. */
function closedBy(now: EpochMs, bars: CandleColumns, timeframe: Timeframe, calendar: Calendar): CandleColumns {
  const last = bars.openTime.at(-1);
  if (last === undefined || barCloseTime(last as EpochMs, timeframe, calendar) <= now) return bars;
  return sliceColumns(bars, 0, bars.openTime.length - 1);
}

function provenances({ openTime }: CandleColumns, stored: readonly StoredCandle[]): readonly SheetProvenance[] {
  const known = new Map<number, SheetProvenance>();
  for (const { candle, provenance } of stored) known.set(candle.openTime, provenance);
  return Array.from(openTime, (time) => known.get(time) ?? 'made');
}

import { firstAtOrAfter } from './bar-series.ts';

/** What a person looks at, in time, so that it outlives a change of timeframe. Epoch ms. */
export interface VisibleSpan {
  readonly from: number;
  readonly to: number;
  /** The newest bar is in view: the chart then stays with the newest. */
  readonly atLatest: boolean;
  /** Empty room right of the newest bar, in bars. */
  readonly room: number;
}

/** Rows of a series, in the library's logical units: fractions and rows beyond the ends are allowed. */
export interface VisibleRows {
  readonly from: number;
  readonly to: number;
}

export interface RowLimits {
  /** Fewer rows than this tell nothing. */
  readonly fewest: number;
  /** More than this cannot be told apart on the width there is. */
  readonly most: number;
}

/** Room kept right of the newest bar. */
export const ROOM = 6;
/** What a chart shows when nobody has chosen otherwise. */
export const USUAL_ROWS = 120;

type Timed = readonly { readonly openTime: number }[];

/** The span of time that `rows` cover. Undefined when they lie beside all bars. */
export function spanOf(bars: Timed, rows: VisibleRows): VisibleSpan | undefined {
  const last = bars.length - 1;
  const from = bars[Math.min(last, Math.max(0, Math.ceil(rows.from)))];
  const to = bars[Math.max(0, Math.min(last, Math.floor(rows.to)))];
  if (from === undefined || to === undefined || rows.from > last || rows.to < 0) return undefined;
  const atLatest = rows.to >= last - 0.5;
  return { from: from.openTime, to: to.openTime, atLatest, room: atLatest ? Math.max(0, rows.to - last) : 0 };
}

/**
 * The rows that show the same span of time on other bars: as many as it covers, but never fewer or more than
 * a chart can show. What is at the latest bar stays there; anything else keeps its right edge.
 */
export function rowsFor(bars: Timed, span: VisibleSpan | undefined, { fewest, most }: RowLimits): VisibleRows {
  const last = bars.length - 1;
  // A span older than all bars cannot be shown; the newest are the better guess.
  if (span === undefined || span.to < (bars[0]?.openTime ?? 0))
    return { from: last + ROOM - Math.min(USUAL_ROWS, most), to: last + ROOM };
  const to = span.atLatest ? last : Math.max(0, lastAtOrBefore(bars, span.to));
  const covered = to - Math.min(to, firstAtOrAfter(bars, span.from));
  const count = Math.min(most, Math.max(fewest, covered));
  const room = span.atLatest ? Math.min(span.room, count / 2) : 0;
  return { from: to - count + room, to: to + room };
}

/** What is in view once bars have come at the end: where that was the newest, it still is. */
export function afterAppend(rows: VisibleRows, before: number, length: number): VisibleRows {
  if (rows.to < before - 1.5) return rows;
  return { from: rows.from + length - before, to: rows.to + length - before };
}

/**
 * How many bars to load to reach back to `since` at a timeframe of `lengthMs`, counted generously: nights and
 * weekends have no bars.
 */
export function barsToLoad(
  since: number | undefined,
  now: number | undefined,
  lengthMs: number,
  usual: number,
  most: number,
): number {
  if (since === undefined || now === undefined) return usual;
  const back = Math.ceil((now - since) / lengthMs) + 50;
  return Math.min(most, Math.max(usual, back));
}

function lastAtOrBefore(bars: Timed, time: number): number {
  const index = firstAtOrAfter(bars, time);
  return bars[index]?.openTime === time ? index : index - 1;
}

import type { CandleTable } from '../../../../contract/commands.ts';
import type { EpochMs } from '../../../../core/brand.ts';
import type { Candle } from '../../../../core/candle.ts';
import type { ChartBar } from './chart-bar.ts';
import type { OverlayLine } from './overlay-line.ts';
import { tableRows, toBar } from './table-rows.ts';

/** What a candle changed: nothing, the bars from `from` to the end, or history under the chart. */
export type SeriesChange =
  | { readonly kind: 'none' }
  | { readonly kind: 'tail'; readonly from: number }
  | { readonly kind: 'history' };

const NONE: SeriesChange = { kind: 'none' };
const HISTORY: SeriesChange = { kind: 'history' };

/** The bars of one chart, oldest first and with auctions among them, and the lines drawn over them. */
export interface BarSeries {
  readonly bars: readonly ChartBar[];
  /** The last row is a bar that has not closed. */
  readonly forming: boolean;
  /** Older bars may exist beyond the first. */
  readonly more: boolean;
  /** Replaces everything. */
  load(table: CandleTable): void;
  /** Puts a page of older bars in front and says how many. */
  prepend(page: CandleTable): number;
  /** Takes one bar as it comes from the engine, in whatever order it comes. */
  apply(candle: Candle, closed: boolean): SeriesChange;
  /** Index of the bar that opens at this time, or -1. */
  indexOf(openTime: EpochMs): number;
}

/** Keeps `lines` in step with the bars: closed bars move them on, the forming bar is only previewed. */
export function createBarSeries(lines: readonly OverlayLine[]): BarSeries {
  let bars: ChartBar[] = [];
  /** Auctions that begin after the forming bar: they wait for its end, so that it stays the last row. */
  let waiting: readonly ChartBar[] = [];
  let forming = false;
  let more = false;

  const retrace = (): void => {
    for (const line of lines) {
      line.clear();
      bars.forEach(({ close, auction }, index) => {
        if (auction !== undefined) line.skip();
        else if (forming && index === bars.length - 1) line.preview(close);
        else line.close(close);
      });
    }
  };
  /** Gives the auctions that begin before `time` their rows, behind bars that have closed. */
  const release = (time: number): void => {
    for (const auction of waiting) {
      if (auction.openTime >= time) continue;
      bars.push(auction);
      for (const line of lines) line.skip();
    }
    waiting = waiting.filter(({ openTime }) => openTime > time);
  };
  const indexOf = (openTime: EpochMs): number => {
    const index = firstAtOrAfter(bars, openTime);
    return bars[index]?.openTime === openTime ? index : -1;
  };

  /** The newest bar, or one after it. */
  const extend = (candle: ChartBar, closed: boolean): SeriesChange => {
    const last = bars.length - 1;
    const previous = bars[last];
    const same = previous?.openTime === candle.openTime;
    // A new bar tells that the one before has closed, even when nobody said so.
    if (!same && forming && previous !== undefined) for (const line of lines) line.close(previous.close);
    if (!same) release(candle.openTime);
    const at = same ? last : bars.length;
    bars[at] = candle;
    forming = !closed;
    for (const line of lines) {
      if (closed) line.close(candle.close);
      else line.preview(candle.close);
    }
    if (closed) release(Number.POSITIVE_INFINITY);
    return { kind: 'tail', from: same ? at : Math.max(0, last) };
  };
  /** A closed bar told again, or told late: the past is corrected and the lines are drawn anew. */
  const correct = (candle: ChartBar): SeriesChange => {
    const at = firstAtOrAfter(bars, candle.openTime);
    const known = bars[at];
    if (known?.openTime === candle.openTime) {
      if (known.auction === undefined && sameBar(known, candle)) return NONE;
      bars[at] = candle;
    } else if (at === 0) {
      // Older than what is loaded: it will come with its page.
      return NONE;
    } else {
      bars.splice(at, 0, candle);
    }
    retrace();
    return HISTORY;
  };

  return {
    get bars() {
      return bars;
    },
    get forming() {
      return forming;
    },
    get more() {
      return more;
    },
    load(table) {
      const rows = tableRows(table);
      const newest = table.forming;
      forming = newest !== null && newest.openTime > (table.openTime.at(-1) ?? Number.NEGATIVE_INFINITY);
      bars = rows;
      waiting = [];
      if (newest !== null && forming) {
        waiting = rows.filter(({ openTime }) => openTime > newest.openTime);
        bars = [...rows.filter(({ openTime }) => openTime < newest.openTime), toBar(newest)];
      }
      more = table.more;
      retrace();
    },
    prepend(page) {
      const first = bars[0];
      const older = tableRows(page).filter(({ openTime }) => first === undefined || openTime < first.openTime);
      // A page that brings nothing new would be asked for again and again.
      more = page.more && older.length > 0;
      if (older.length === 0) return 0;
      bars = [...older, ...bars];
      retrace();
      return older.length;
    },
    apply(candle, closed) {
      const last = bars.at(-1);
      const bar = toBar(candle);
      if (last === undefined || bar.openTime > last.openTime) return extend(bar, closed);
      if (bar.openTime === last.openTime && forming) return extend(bar, closed);
      // A forming bar older than what has closed is an echo.
      return closed ? correct(bar) : NONE;
    },
    indexOf,
  };
}

/** Index of the first bar that opens at or after `time`; the length when none does. */
export function firstAtOrAfter(bars: readonly { readonly openTime: number }[], time: number): number {
  let low = 0;
  let high = bars.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bars[middle]?.openTime ?? Number.POSITIVE_INFINITY) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sameBar(a: ChartBar, b: ChartBar): boolean {
  return a.open === b.open && a.high === b.high && a.low === b.low && a.close === b.close && a.volume === b.volume;
}

import { onGrid } from '../bar-time.ts';
import type { EpochMs } from '../brand.ts';
import type { Session } from '../calendar.ts';
import { type CandleColumns, sliceColumns } from '../candle-columns.ts';
import { INTRADAY_MS, type IntradayTimeframe, isIntraday, type Timeframe } from '../timeframe.ts';

/** The highest and lowest price of a stretch. */
export interface Extremes {
  readonly high: number;
  readonly low: number;
}

/**
 * The bars by which signals of a timeframe are graded: the longest whose closes fall on the signal's own and on each
 * of the minutes after it. Undefined for days and longer, which are graded by the next day.
 */
export function gradingFrame(timeframe: Timeframe): IntradayTimeframe | undefined {
  if (!isIntraday(timeframe)) return undefined;
  if (timeframe === '45s') return '15s';
  if (timeframe === '3m') return '1m';
  return INTRADAY_MS[timeframe] > INTRADAY_MS['5m'] ? '5m' : timeframe;
}

/** The rows that open in `[from, to)`. */
export function rowsBetween(columns: CandleColumns, from: number, to: number): CandleColumns {
  return sliceColumns(columns, firstAtOrAfter(columns.openTime, from), firstAtOrAfter(columns.openTime, to));
}

/** The bars of one session, looked up by the clock. */
export class SessionBars {
  readonly session: Session;
  readonly frame: IntradayTimeframe;
  readonly #columns: CandleColumns;

  /** `columns` are bars of `frame`, oldest first; of other sessions too. Bars that had not closed by `now` are left out. */
  constructor(session: Session, frame: IntradayTimeframe, columns: CandleColumns, now: EpochMs) {
    this.session = session;
    this.frame = frame;
    // The last bar of a session may be short: it is over with the session.
    const end = now >= session.close ? session.close : now - INTRADAY_MS[frame] + 1;
    this.#columns = rowsBetween(columns, session.open, end);
  }

  get length(): number {
    return this.#columns.openTime.length;
  }

  /** When each bar closed, and at what price. */
  closes(): readonly { readonly closedAt: EpochMs; readonly price: number }[] {
    const { openTime, close } = this.#columns;
    return Array.from(openTime, (time, row) => ({ closedAt: this.#endOf(time), price: close[row] as number }));
  }

  /** The close of the bar that ends at `time`; undefined where no bar ends then, or that one is not there. */
  priceAt(time: EpochMs): number | undefined {
    const { open, close } = this.session;
    if (time <= open || time > close) return undefined;
    const start = onGrid((time - 1) as EpochMs, open, INTRADAY_MS[this.frame]);
    if (this.#endOf(start) !== time) return undefined;
    const row = firstAtOrAfter(this.#columns.openTime, start);
    return this.#columns.openTime[row] === start ? this.#columns.close[row] : undefined;
  }

  /** Of the bars that open at `time` or later; undefined where there is none. */
  extremesFrom(time: EpochMs): Extremes | undefined {
    const { openTime, high, low } = this.#columns;
    let [top, bottom] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let row = firstAtOrAfter(openTime, time); row < openTime.length; row += 1) {
      top = Math.max(top, high[row] as number);
      bottom = Math.min(bottom, low[row] as number);
    }
    return top === Number.NEGATIVE_INFINITY ? undefined : { high: top, low: bottom };
  }

  #endOf(openTime: number): EpochMs {
    return Math.min(openTime + INTRADAY_MS[this.frame], this.session.close) as EpochMs;
  }
}

/** Index of the first time that is not before `time`; the length where all are. */
function firstAtOrAfter(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

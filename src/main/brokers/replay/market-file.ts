import { basename } from 'node:path';
import type { CandleColumns } from '../../../core/candle-columns.ts';

/** Recorded bars, ordered by time, each time once. Bars of a file without a volume column have a volume of NaN. */
export interface BarsFile {
  readonly kind: 'bars';
  readonly columns: CandleColumns;
  /** Smallest step between two rows, in ms; undefined when the file has one row. */
  readonly barMs: number | undefined;
}

/** One price at an instant, ordered by time, each time once. */
export interface SecondsFile {
  readonly kind: 'seconds';
  /** Epoch ms. */
  readonly time: Float64Array;
  readonly price: Float64Array;
}

/** Updates as they were recorded, in recorded order: times and volumes may repeat or run backwards. */
export interface TicksFile {
  readonly kind: 'ticks';
  /** Epoch ms. */
  readonly time: Float64Array;
  readonly price: Float64Array;
  /** Cumulative quantity of the day; NaN where the file does not say. */
  readonly dayVolume: Float64Array;
}

export type MarketFile = BarsFile | SecondsFile | TicksFile;

/** `RELIANCE` of `data/RELIANCE_2016-08-16.csv`: the file's name up to the first `_` or `.`. */
export function symbolOfFile(path: string): string {
  return basename(path).split(/[_.]/, 1)[0] ?? '';
}

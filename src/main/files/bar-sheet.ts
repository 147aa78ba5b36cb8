import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import { IST_OFFSET_MS } from '../../core/calendar-date.ts';
import type { Provenance } from '../../core/candle.ts';
import type { CandleColumns } from '../../core/candle-columns.ts';
import type { Timeframe } from '../../core/timeframe.ts';

export const FILE_FORMATS = ['csv', 'parquet'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** Where a written bar comes from; `made` of shorter bars when it was asked for. */
export type SheetProvenance = Provenance | 'made';

/** Bars of one instrument on their way to a file, oldest first. */
export interface BarSheet {
  readonly instrument: InstrumentKey;
  readonly timeframe: Timeframe;
  readonly columns: CandleColumns;
  /** One a row; undefined where nobody knows. */
  readonly provenance: readonly SheetProvenance[] | undefined;
}

/** Takes sheets one after the other, so that a long history never waits in memory. */
export interface SheetWriter {
  add(sheet: BarSheet): Promise<void>;
  /** Writes what is still held back, and the file's end. */
  finish(): Promise<void>;
}

/** The instant as a wall clock in India shows it, with its offset: `2026-08-03T09:15:00+05:30`. */
export function istText(time: EpochMs): string {
  return `${new Date(time + IST_OFFSET_MS).toISOString().slice(0, 19)}+05:30`;
}

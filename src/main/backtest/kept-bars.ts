import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { CandleColumns } from '../../core/candle-columns.ts';
import { rowsBetween } from '../../core/outcome/session-bars.ts';
import type { Timeframe } from '../../core/timeframe.ts';
import type { BarSource } from '../engine/archive.ts';

interface Kept {
  readonly from: EpochMs;
  readonly columns: CandleColumns;
}

/**
 * The stored bars of one instrument up to a time, read once for each timeframe however often they are asked for: days and
 * longer bars are made of the very bars that a rule looks at.
 */
export class KeptBars implements BarSource {
  readonly #source: BarSource;
  readonly #until: EpochMs;
  readonly #kept = new Map<Timeframe, Kept>();

  constructor(source: BarSource, until: EpochMs) {
    this.#source = source;
    this.#until = until;
  }

  loadCandles(instrument: InstrumentKey, timeframe: Timeframe, from: EpochMs, to: EpochMs): CandleColumns {
    if (to > this.#until) return this.#source.loadCandles(instrument, timeframe, from, to);
    const kept = this.#kept.get(timeframe);
    if (kept !== undefined && kept.from <= from) return rowsBetween(kept.columns, from, to);
    const columns = this.#source.loadCandles(instrument, timeframe, from, this.#until);
    this.#kept.set(timeframe, { from, columns });
    return rowsBetween(columns, from, to);
  }

  loadCandlesBefore(instrument: InstrumentKey, timeframe: Timeframe, before: EpochMs, limit: number): CandleColumns {
    return this.#source.loadCandlesBefore(instrument, timeframe, before, limit);
  }

  loadAuctions(instrument: InstrumentKey, from: EpochMs, to: EpochMs): ReturnType<BarSource['loadAuctions']> {
    return this.#source.loadAuctions(instrument, from, to);
  }
}

import type { Candle } from '../../core/candle.ts';
import type { BarValues } from '../../core/revision.ts';
import type { CandleBatch } from '../engine/store-port.ts';
import { bitsOf } from './bar-marks.ts';
import type { WholeRow } from './candle-repository.ts';
import { rankOf } from './provenance-rank.ts';

/** Bars compared at once: enough to make the look-up cheap, and few enough to hold. */
const RUN_BARS = 5_000;

/** Bars of one instrument and timeframe, oldest first, none twice. */
export type Run = readonly [Candle, ...Candle[]];

/** A stored bar and the one that takes its place with other values. */
export interface BarChange {
  readonly candle: Candle;
  readonly before: BarValues;
}

export interface Comparison {
  /** Those that are not stored just so already. */
  readonly news: readonly Candle[];
  readonly changes: readonly BarChange[];
}

/** The bars cut into runs, as they come: what is stored of a run can be asked for in one go. */
export function* runsOf(candles: readonly Candle[]): Iterable<Run> {
  let run: [Candle, ...Candle[]] | undefined;
  let last: Candle | undefined;
  for (const candle of candles) {
    if (run !== undefined && last !== undefined && run.length < RUN_BARS && follows(candle, last)) run.push(candle);
    else {
      if (run !== undefined) yield run;
      run = [candle];
    }
    last = candle;
  }
  if (run !== undefined) yield run;
}

/** Holds a run of a batch against `rows`, which are what is stored between its first and last bar, oldest first. */
export function compare(run: Run, { provenance, marks }: CandleBatch, rows: readonly WholeRow[]): Comparison {
  if (rows.length === 0) return { news: run, changes: [] };
  const [rank, bits] = [rankOf(provenance), bitsOf(marks)];
  const news: Candle[] = [];
  const changes: BarChange[] = [];
  let at = 0;
  for (const candle of run) {
    while ((rows[at]?.[0] ?? Number.POSITIVE_INFINITY) < candle.openTime) at += 1;
    const row = rows[at];
    if (row?.[0] !== candle.openTime) {
      news.push(candle);
      continue;
    }
    const [, open, high, low, close, volume, standingRank, standingBits] = row;
    if (standingRank > rank) continue;
    const before: BarValues = { open, high, low, close, volume: volume ?? undefined };
    const isChanged = !isSame(before, candle);
    if (isChanged) changes.push({ candle, before });
    if (isChanged || standingRank !== rank || standingBits !== bits) news.push(candle);
  }
  return { news, changes };
}

function follows({ instrument, timeframe, openTime }: Candle, last: Candle): boolean {
  return openTime > last.openTime && instrument === last.instrument && timeframe === last.timeframe;
}

function isSame(a: BarValues, b: BarValues): boolean {
  return a.open === b.open && a.high === b.high && a.low === b.low && a.close === b.close && a.volume === b.volume;
}

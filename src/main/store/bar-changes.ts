import type { Candle } from '../../core/candle.ts';
import type { BarValues } from '../../core/revision.ts';
import type { WholeRow } from './candle-repository.ts';

/** Bars compared at once: enough to make the look-up cheap, and few enough to hold. */
const RUN_BARS = 5_000;

/** A stored bar and the one that takes its place with other values. */
export interface BarChange {
  readonly candle: Candle;
  readonly before: BarValues;
}

/**
 * The bars cut into runs of one instrument and timeframe whose times rise: what is stored of a run can be asked for
 * in one go, and no run holds a bar twice.
 */
export function* runsOf(candles: readonly Candle[]): Iterable<readonly [Candle, ...Candle[]]> {
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

/** What a run told with `rank` changes of the rows stored at its places, both oldest first. */
export function changesOf(run: readonly Candle[], rank: number, rows: readonly WholeRow[]): readonly BarChange[] {
  const changes: BarChange[] = [];
  let at = 0;
  for (const candle of run) {
    while ((rows[at]?.[0] ?? Number.POSITIVE_INFINITY) < candle.openTime) at += 1;
    const row = rows[at];
    if (row === undefined) break;
    const [openTime, open, high, low, close, volume, standing] = row;
    if (openTime !== candle.openTime || standing > rank) continue;
    const before: BarValues = { open, high, low, close, volume: volume ?? undefined };
    if (!isSame(before, candle)) changes.push({ candle, before });
  }
  return changes;
}

function follows({ instrument, timeframe, openTime }: Candle, last: Candle): boolean {
  return openTime > last.openTime && instrument === last.instrument && timeframe === last.timeframe;
}

function isSame(a: BarValues, b: BarValues): boolean {
  return a.open === b.open && a.high === b.high && a.low === b.low && a.close === b.close && a.volume === b.volume;
}

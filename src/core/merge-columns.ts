import { type CandleColumns, createColumns, sliceColumns } from './candle-columns.ts';

const FIELDS = ['openTime', 'open', 'high', 'low', 'close', 'volume'] as const;

/** All bars of both, oldest first; where both have one of the same open time, `strong`'s stands. */
export function mergeColumns(strong: CandleColumns, weak: CandleColumns): CandleColumns {
  if (weak.openTime.length === 0) return strong;
  if (strong.openTime.length === 0) return weak;
  const out = createColumns(strong.openTime.length + weak.openTime.length);
  let s = 0;
  let w = 0;
  let count = 0;
  while (s < strong.openTime.length || w < weak.openTime.length) {
    const strongTime = strong.openTime[s] ?? Number.POSITIVE_INFINITY;
    const weakTime = weak.openTime[w] ?? Number.POSITIVE_INFINITY;
    const from = strongTime <= weakTime ? strong : weak;
    const row = from === strong ? s : w;
    // Row is below the length of the side it was taken from.
    for (const field of FIELDS) out[field][count] = from[field][row] as number;
    count += 1;
    if (strongTime <= weakTime) s += 1;
    if (weakTime <= strongTime) w += 1;
  }
  return sliceColumns(out, 0, count);
}

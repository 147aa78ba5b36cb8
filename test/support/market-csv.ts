import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CandleColumns } from '../../src/core/candle-columns.ts';

/** Writes bars as the market files have them. Returns the path. */
export function writeBars(folder: string, name: string, bars: CandleColumns): string {
  const rows = Array.from(bars.openTime, (time, row) =>
    [time / 1_000, bars.open[row], bars.high[row], bars.low[row], bars.close[row], bars.volume[row]].join(','),
  );
  const path = join(folder, name);
  writeFileSync(path, `time,open,high,low,close,volume\n${rows.join('\n')}\n`);
  return path;
}

/** Writes prints as the files of ticks have them, in the order given. Returns the path. */
export function writeTicks(
  folder: string,
  name: string,
  ticks: readonly { readonly time: number; readonly price: number; readonly total: number }[],
): string {
  const rows = ticks.map(({ time, price, total }) => [time, price, 1, total].join(','));
  const path = join(folder, name);
  writeFileSync(path, `time_ms,price,last_qty,cum_volume\n${rows.join('\n')}\n`);
  return path;
}

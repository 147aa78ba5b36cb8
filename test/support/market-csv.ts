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

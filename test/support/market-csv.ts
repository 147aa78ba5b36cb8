import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CandleColumns } from '../../src/core/candle-columns.ts';

/** A folder of the test's own; `remove` it afterwards. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'tickscope-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Writes bars as the market files have them. Returns the path. */
export function writeBars(folder: string, name: string, bars: CandleColumns): string {
  const rows = Array.from(bars.openTime, (time, row) =>
    [time / 1_000, bars.open[row], bars.high[row], bars.low[row], bars.close[row], bars.volume[row]].join(','),
  );
  const path = join(folder, name);
  writeFileSync(path, `time,open,high,low,close,volume\n${rows.join('\n')}\n`);
  return path;
}

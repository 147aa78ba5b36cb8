import type { CheckedText } from '../../contract/rules.ts';
import type { EpochMs } from '../../core/brand.ts';
import type { Instrument } from '../../core/instrument.ts';
import { formatScan } from '../../core/scanner/format.ts';
import { parseScan } from '../../core/scanner/parse.ts';
import type { Arithmetic } from '../../core/scanner/scan-function.ts';
import type { Timeframe } from '../../core/timeframe.ts';

/** Looks at a sentence as it is being written. */
export function checkText(
  text: string,
  _timeframe: Timeframe,
  _arithmetic: Arithmetic,
  _market: { readonly instruments: readonly Instrument[]; readonly time: EpochMs },
): CheckedText {
  const parsed = parseScan(text);
  if (!parsed.ok) return { problem: parsed.problem, canonical: null, warnings: [], needs: [] };
  return { problem: null, canonical: formatScan(parsed.condition), warnings: [], needs: [] };
}

import { isRecord } from '../../../core/is-record.ts';
import { type FcsBar, numberIn, priceIn, readBar, textIn } from './read-fields.ts';
import { readSymbol } from './symbols.ts';

/** Where one symbol stands: the running candle of the period asked for, and what goes with it. */
export interface LatestRow {
  readonly symbol: string;
  readonly bar: FcsBar;
  /** Since the candle before; undefined where it is not told. */
  readonly change: number | undefined;
  readonly bid: number | undefined;
  readonly ask: number | undefined;
}

/** Reads what `latest` answers: `[{ticker, active: {o, h, l, c, v, t, ch, chp, a, b}}]`. Undefined when it is no list. */
export function readLatestRows(
  response: unknown,
): { readonly rows: readonly LatestRow[]; readonly unreadable: number } | undefined {
  if (!Array.isArray(response)) return undefined;
  const read = response.map(readRow);
  const rows = read.filter((row) => row !== undefined);
  return { rows, unreadable: read.length - rows.length };
}

function readRow(row: unknown): LatestRow | undefined {
  if (!isRecord(row) || !isRecord(row['active'])) return undefined;
  const { active } = row;
  const symbol = readSymbol(textIn(row['ticker']) ?? '');
  const bar = readBar(active);
  if (symbol === undefined || typeof bar === 'string') return undefined;
  return { symbol, bar, change: numberIn(active['ch']), bid: priceIn(active['b']), ask: priceIn(active['a']) };
}

import { isRecord } from '../../../core/is-record.ts';
import { type FcsBar, readBar } from './read-fields.ts';

export interface HistoryRows {
  /** Oldest first, each start once. */
  readonly bars: readonly FcsBar[];
  /** Rows that are no candle. */
  readonly unreadable: number;
}

/**
 * Reads what `history` answers, in each of its shapes: an object of rows by their Unix seconds, a list of rows, or a
 * list of `[t, o, h, l, c, v]`, in whatever order. Of two rows with one start the later in the answer counts.
 * Undefined when it is none of these; nothing at all is a page without rows.
 */
export function readHistoryRows(response: unknown): HistoryRows | undefined {
  if (response === null || response === undefined) return { bars: [], unreadable: 0 };
  const rows = rowsOf(response);
  if (rows === undefined) return undefined;
  const bars = new Map<number, FcsBar>();
  let unreadable = 0;
  for (const row of rows) {
    const bar = isRecord(row) ? readBar(row) : 'bad-time';
    if (typeof bar === 'string') unreadable += 1;
    else bars.set(bar.openTime, bar);
  }
  return { bars: [...bars.values()].sort((a, b) => a.openTime - b.openTime), unreadable };
}

function rowsOf(response: unknown): readonly unknown[] | undefined {
  if (Array.isArray(response)) return response.map(rowOf);
  if (!isRecord(response)) return undefined;
  return Object.entries(response).map(([seconds, row]) => (isRecord(row) ? { t: seconds, ...row } : rowOf(row)));
}

function rowOf(row: unknown): unknown {
  if (!Array.isArray(row)) return row;
  const [t, o, h, l, c, v]: unknown[] = row;
  return { t, o, h, l, c, v };
}

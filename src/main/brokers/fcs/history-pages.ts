import type { EpochMs } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import { unexpectedData } from './errors.ts';
import { type HistoryRows, readHistoryRows } from './history-rows.ts';
import type { FcsBar } from './read-fields.ts';
import { HISTORY_ROWS } from './wire.ts';

export interface Wanted {
  readonly from: EpochMs;
  /** How many rows there can be. */
  readonly rows: number;
}

/** A plan without an own quota gives so many rows a page, whatever was asked. */
const SMALLEST_PAGE = 300;
/** A venue that always has one more page must come to an end. */
const MOST_PAGES = 40;

/**
 * Asks page by page, the newest first, until the rows reach back to `from` or there are no more. Throws AppError
 * `not-supported` when a full page is followed by nothing older: the plan then gives only its newest rows, and the rest
 * must not pass for a time without trades.
 */
export async function readPages(
  ask: (page: number, length: number) => Promise<unknown>,
  { from, rows }: Wanted,
): Promise<HistoryRows> {
  const length = Math.min(rows, HISTORY_ROWS.most);
  const bars = new Map<EpochMs, FcsBar>();
  let unreadable = 0;
  let oldest = Number.POSITIVE_INFINITY;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const read = readHistoryRows(await ask(page, length));
    if (read === undefined) throw unexpectedData('candles');
    unreadable += read.unreadable;
    const [first] = read.bars;
    if (page > 1 && first !== undefined && first.openTime >= oldest) throw tooFew();
    for (const bar of read.bars) bars.set(bar.openTime, bar);
    oldest = first?.openTime ?? oldest;
    const isFull = read.bars.length + read.unreadable >= Math.min(length, SMALLEST_PAGE);
    if (!isFull || oldest <= from) return { bars: sorted(bars), unreadable };
  }
  throw tooFew();
}

function sorted(bars: ReadonlyMap<EpochMs, FcsBar>): readonly FcsBar[] {
  return [...bars.values()].sort((a, b) => a.openTime - b.openTime);
}

function tooFew(): AppError {
  return new AppError(
    'not-supported',
    'FCS gives only the newest candles of those asked for: the plan has no more. Look at a shorter stretch, or at your plan at fcsapi.com.',
  );
}

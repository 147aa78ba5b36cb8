import type { Database } from 'better-sqlite3';
import { DAY_MS, type EpochMs } from '../../core/brand.ts';
import { INTRADAY_MS, type Timeframe } from '../../core/timeframe.ts';
import type { Retention } from '../engine/store-port.ts';
import { type Deletion, TrimStatements } from './trim-statements.ts';

/** The finest first: that is the order in which they go when the file is too large. Days and longer stay for ever. */
const KINDS = ['ticks', 'books', 'seconds', 'base', 'intraday'] as const satisfies readonly (keyof Retention)[];
type Kind = (typeof KINDS)[number];

const FRAMES = Object.keys(INTRADAY_MS) as (keyof typeof INTRADAY_MS)[];

/** Where the rows of a kind lie. */
const PLACES: Readonly<
  Record<Kind, { readonly table: 'tick' | 'order_book' } | { readonly frames: readonly Timeframe[] }>
> = {
  ticks: { table: 'tick' },
  books: { table: 'order_book' },
  seconds: { frames: ['1s'] },
  base: { frames: ['5s'] },
  intraday: { frames: FRAMES.filter((each) => each !== '1s' && each !== '5s') },
};

/** Changes and differences of bars are kept a year at least, though the bars be gone. */
const REVISION_DAYS = 365;
/** What the budget never takes: today, and the day before. */
const NEWEST_DAYS = 2;

/**
 * All that is too old, and then, while the rows take more than the budget, the oldest day of the finest kind.
 * Days are counted from UTC midnight, which is 05:30 in India: no session is cut in two.
 */
export function* deletions(db: Database, retention: Retention, now: EpochMs): Generator<Deletion> {
  const statements = new TrimStatements(db);
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  yield statements.differences(today - REVISION_DAYS * DAY_MS);
  for (const kind of KINDS) {
    const days = retention[kind];
    if (days === undefined) continue;
    yield* olderThan(statements, kind, today - days * DAY_MS);
    const place = PLACES[kind];
    if ('frames' in place) yield statements.revisions(place.frames, today - Math.max(days, REVISION_DAYS) * DAY_MS);
  }
  const { budgetBytes } = retention;
  if (budgetBytes === undefined) return;
  const newest = today - (NEWEST_DAYS - 1) * DAY_MS;
  for (const kind of KINDS) {
    while (usedBytes(db) > budgetBytes) {
      const day = oldestDay(statements, kind);
      if (day === undefined || day >= newest) break;
      yield* olderThan(statements, kind, day + DAY_MS);
    }
  }
}

/** What the rows take, without the pages that are free to be used again. */
export function usedBytes(db: Database): number {
  const read = (name: string): number => Number(db.pragma(name, { simple: true }));
  return (read('page_count') - read('freelist_count')) * read('page_size');
}

function* olderThan(statements: TrimStatements, kind: Kind, time: number): Generator<Deletion> {
  const place = PLACES[kind];
  if ('table' in place) yield statements.recorded(kind, place.table, time);
  else
    for (const instrument of statements.instruments()) {
      for (const frame of place.frames) yield statements.bars(kind, instrument, frame, time);
    }
}

/** UTC midnight before the oldest row of that kind. */
function oldestDay(statements: TrimStatements, kind: Kind): number | undefined {
  const place = PLACES[kind];
  let oldest = Number.POSITIVE_INFINITY;
  if ('table' in place) oldest = statements.firstRecorded(place.table) ?? oldest;
  else
    for (const instrument of statements.instruments()) {
      for (const frame of place.frames) oldest = Math.min(oldest, statements.firstBar(instrument, frame) ?? oldest);
    }
  return oldest === Number.POSITIVE_INFINITY ? undefined : Math.floor(oldest / DAY_MS) * DAY_MS;
}

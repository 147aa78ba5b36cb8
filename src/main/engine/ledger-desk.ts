import type { Ledger, LedgerRow } from '../../contract/coverage.ts';
import { DAY_MS, type EpochMs, type InstrumentKey, type TradingDate } from '../../core/brand.ts';
import { sessionAtOrBefore } from '../../core/calendar.ts';
import { countLedger } from '../../core/count-ledger.ts';
import type { CoveredSpan } from '../../core/day-coverage.ts';
import type { Revision } from '../../core/revision.ts';
import { BASE_TIMEFRAME } from '../../core/timeframe.ts';
import type { Clock } from './ports.ts';
import type { LedgerStore } from './store-port.ts';
import type { Track } from './track.ts';

export interface LedgerDeskParts {
  /** The exchange's clock. */
  readonly clock: Clock;
  readonly store: LedgerStore;
  tracks(): Iterable<Track>;
  /** Brings what waits in memory to the store. */
  flush(): void;
  /** False where nobody can tell what the feed did not. */
  readonly hasHistory: boolean;
  /** Whether history is being asked for what is missing of the newest session. */
  isRepairing(): boolean;
}

/** Answers what is known of a day, and what is missing. */
export class LedgerDesk {
  readonly #parts: LedgerDeskParts;

  constructor(parts: LedgerDeskParts) {
    this.#parts = parts;
  }

  /** The ledger of a date, or of the newest session. Without rows where the date has no session. */
  load(date: TradingDate | null): Ledger {
    const { clock, flush } = this.#parts;
    flush();
    const now = clock.now();
    const tracks = [...this.#parts.tracks()];
    const [first] = tracks;
    const newest = first && sessionAtOrBefore(first.calendar, now);
    const day = date ?? newest?.date ?? first?.calendar.dateOf(now);
    if (first === undefined || day === undefined) return { date: '' as TradingDate, countedAt: now, rows: [] };
    const revisions = this.#revisionsOf(first, day);
    const rows = tracks.flatMap((track) => this.#row(track, day, now, revisions.get(track.instrument.key) ?? []) ?? []);
    return { date: day, countedAt: now, rows };
  }

  /** All changes of the date's bars, read once for all instruments. */
  #revisionsOf({ calendar }: Track, date: TradingDate): ReadonlyMap<InstrumentKey, readonly Revision[]> {
    const from = calendar.midnight(date);
    return Map.groupBy(this.#parts.store.revisions(from, (from + DAY_MS) as EpochMs), ({ instrument }) => instrument);
  }

  #row(track: Track, date: TradingDate, now: EpochMs, revisions: readonly Revision[]): LedgerRow | undefined {
    const { store, hasHistory, isRepairing } = this.#parts;
    const { calendar, coverage } = track;
    const instrument = track.instrument.key;
    const session = calendar.session(date);
    if (session === undefined || session.open > now) return undefined;
    const covered: CoveredSpan[] = [...store.covered(instrument, session.open, session.close)];
    for (const { open, close } of coverage.live)
      covered.push({ instrument, timeframe: BASE_TIMEFRAME, provenance: 'live', open, close });
    // What is missing of older sessions is asked for by nobody.
    const isRepairable = isRepairing() && date === sessionAtOrBefore(calendar, now)?.date;
    return countLedger({ session, instrument, covered, revisions, now, isRepairable, isFinal: !hasHistory });
  }
}

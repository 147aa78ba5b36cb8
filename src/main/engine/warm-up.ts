import { type EpochMs, MINUTE_MS } from '../../core/brand.ts';
import { sessionAtOrBefore } from '../../core/calendar.ts';
import type { AppError } from '../../core/errors.ts';
import type { Timeframe } from '../../core/timeframe.ts';
import type { Archive } from './archive.ts';
import type { Hearing } from './hearing.ts';
import type { HistoryDesk, HistoryPart } from './history-desk.ts';
import type { Clock } from './ports.ts';
import type { RepairDesk } from './repair-desk.ts';
import type { ScanDesk } from './scan-desk.ts';
import { Slices } from './slices.ts';
import type { Track } from './track.ts';

/** A past that cannot be had is asked for again after 1, 2, 4, … minutes, and at the longest after so many. */
const MOST_MINUTES = 16;

export interface WarmUpParts {
  /** The market's clock, and the one on the wall. */
  readonly clock: Clock;
  readonly wall: Clock;
  readonly archive: Archive;
  readonly history: HistoryDesk | undefined;
  readonly repair: RepairDesk | undefined;
  /** Until it tells, what is missing is asked for by whoever begins. */
  readonly hearing: Hearing;
  readonly stop: AbortSignal;
  /** True where history answers at once: the feed then waits for it. */
  readonly isImmediate: boolean;
  /** What must still be asked so that bars of `timeframe` are known from `from` on. */
  plan(track: Track, timeframe: Timeframe, from: EpochMs): readonly HistoryPart[];
  /** The rules in force; later ones make this warm-up pointless. */
  rules(): ScanDesk;
}

/** Brings tracks to where they would be had the program run all along: from the store, then from history. */
export class WarmUp {
  readonly #parts: WarmUpParts;
  /** Tracks whose past was not told. */
  readonly #unsettled = new Set<Track>();
  #vain = 0;
  readonly #slices: Slices;

  constructor(parts: WarmUpParts) {
    this.#parts = parts;
    this.#slices = new Slices(parts.wall, parts.stop);
  }

  /** Resolves once the feed may start; history of a real venue may still be on its way then. */
  async run(tracks: readonly Track[]): Promise<void> {
    const { history, repair, isImmediate } = this.#parts;
    const rules = this.#parts.rules();
    const warm = (track: Track): Promise<void> =>
      this.#slices.run(() => {
        if (rules !== this.#parts.rules()) return;
        rules.warm(track);
        this.#recall(track);
      });
    if (history === undefined) {
      await Promise.all(tracks.map(warm));
      return;
    }
    for (const track of tracks) this.#recall(track);
    const filling = history.fillAll(
      tracks,
      (track) => this.#planned(track),
      async (track, trouble) => {
        await warm(track);
        if (this.#parts.stop.aborted) return;
        if (trouble !== undefined) this.#askAgain(track, trouble);
        if (trouble !== undefined || (this.#parts.hearing.isTelling && this.#isOpen(track))) repair?.ask(track);
      },
    );
    // A market of our own making waits for its past; a real one goes on meanwhile, and its prices are shown.
    if (isImmediate) await filling;
  }

  /** The past is missing that the rule looks back on: it is asked for less and less often, until it is told. */
  #askAgain(track: Track, { code }: AppError): void {
    this.#parts.rules().unsettle(track);
    if (code === 'forbidden' || code === 'not-supported') return;
    this.#unsettled.add(track);
    if (this.#unsettled.size > 1) return;
    const { clock, stop } = this.#parts;
    const minutes = Math.min(2 ** this.#vain, MOST_MINUTES);
    const cancel = clock.after(minutes * MINUTE_MS, () => {
      stop.removeEventListener('abort', cancel);
      void this.#fillAgain();
    });
    stop.addEventListener('abort', cancel, { once: true });
  }

  async #fillAgain(): Promise<void> {
    const { history, stop } = this.#parts;
    const tracks = [...this.#unsettled];
    this.#unsettled.clear();
    this.#vain += 1;
    if (stop.aborted) return;
    await history?.fillAll(
      tracks,
      (track) => this.#planned(track),
      (track, trouble) => {
        if (trouble !== undefined) return this.#askAgain(track, trouble);
        this.#vain = 0;
        this.#parts.rules().settle(track);
        this.#recall(track);
      },
    );
  }

  /** What several timeframes are made of is asked for once, from the earliest on. */
  #planned(track: Track): readonly HistoryPart[] {
    const { clock, rules, plan } = this.#parts;
    const asked = new Map<Timeframe, readonly HistoryPart[]>();
    for (const { timeframe, from } of rules().needs(track.calendar, clock.now())) {
      for (const [frame, parts] of Map.groupBy(plan(track, timeframe, from), (part) => part.timeframe)) {
        // All end now, so those that begin the earliest hold the others.
        const before = asked.get(frame)?.[0]?.open ?? Number.POSITIVE_INFINITY;
        if ((parts[0]?.open ?? Number.POSITIVE_INFINITY) < before) asked.set(frame, parts);
      }
    }
    return [...asked.values()].flat();
  }

  /** Whether anything of the newest session is missing, the minute in progress included. */
  #isOpen({ calendar, coverage }: Track): boolean {
    const now = this.#parts.clock.now();
    const session = sessionAtOrBefore(calendar, now);
    return session !== undefined && !coverage.isWhole(session.open, Math.min(now, session.close) as EpochMs);
  }

  /** What the store remembers of the day: yesterday's close and the line so far. */
  #recall({ calendar, instrument, board }: Track): void {
    const { archive, clock } = this.#parts;
    const now = clock.now();
    const open = sessionAtOrBefore(calendar, now)?.open ?? now;
    const previous = archive.newest(instrument.key, '1d', calendar, open, 1).close.at(-1);
    if (previous !== undefined) board.assumePreviousClose(previous);
    const today = archive.load(instrument.key, '5m', calendar, open, now);
    today.openTime.forEach((time, index) => {
      board.remember(time as EpochMs, today.close[index] ?? Number.NaN);
    });
  }
}

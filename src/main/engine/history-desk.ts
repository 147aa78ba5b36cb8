import { asTraded } from '../../core/as-traded.ts';
import type { EpochMs, InstrumentKey, TradingDate } from '../../core/brand.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../core/brand.ts';
import type { Span } from '../../core/calendar.ts';
import type { Candle, Provenance } from '../../core/candle.ts';
import type { CorporateAction } from '../../core/corporate-action.ts';
import { AppError } from '../../core/errors.ts';
import { type Timeframe, tellsMinutes } from '../../core/timeframe.ts';
import { checkAnswer } from './check-answer.ts';
import type { Journal } from './journal.ts';
import type { Clock, HistorySource } from './ports.ts';
import type { Publisher } from './publisher.ts';
import type { RevisionDesk } from './revision-desk.ts';
import type { StatsDesk } from './stats-desk.ts';
import type { Track } from './track.ts';

export interface HistoryDeskParts {
  readonly source: HistorySource;
  /** The market's clock. */
  readonly clock: Clock;
  readonly journal: Journal;
  readonly publisher: Publisher;
  readonly revisions: RevisionDesk;
  readonly stats: StatsDesk;
  readonly stop: AbortSignal;
  /** Splits and bonuses of an instrument that were in force at a date of the market's. */
  actionsAt(instrument: InstrumentKey, date: TradingDate): readonly CorporateAction[];
  onTrouble(error: AppError): void;
}

/** What is asked of one instrument's history. */
export interface HistoryPart extends Span {
  readonly timeframe: Timeframe;
}

/** A minute that ended may take a moment to appear in the venue's history. */
const SETTLE_MS = 5 * SECOND_MS;

/** On the morning of an ex-date venues have counted it in by this time of the day (docs/wire-formats/kite.md). */
const ADJUSTED_BY_MS = 8 * HOUR_MS;

/** Asks the venue's history, checks and stores what it says. The venue's rate is the source's business. */
export class HistoryDesk {
  readonly #parts: HistoryDeskParts;

  constructor(parts: HistoryDeskParts) {
    this.#parts = parts;
  }

  get source(): HistorySource {
    return this.#parts.source;
  }

  /** The newest minute that history can be asked for now. */
  get settled(): EpochMs {
    const { clock, source } = this.#parts;
    const now = clock.now();
    const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
    return (source.isImmediate === true || now - minute >= SETTLE_MS ? minute : minute - MINUTE_MS) as EpochMs;
  }

  /** True when all parts were answered. */
  async fill(track: Track, parts: readonly HistoryPart[]): Promise<boolean> {
    const trouble = await this.#ask(track, parts);
    if (trouble !== undefined) this.#parts.onTrouble(trouble);
    return trouble === undefined && !this.#parts.stop.aborted;
  }

  /** Fills many, telling how far it has come. `done` is called for each as its answer arrives. Never rejects. */
  async fillAll(
    tracks: readonly Track[],
    partsOf: (track: Track) => readonly HistoryPart[],
    done: (track: Track, trouble: AppError | undefined) => void | Promise<void>,
    task: 'warm-up' | 'history' = 'warm-up',
  ): Promise<void> {
    const { publisher, stop, onTrouble } = this.#parts;
    const total = tracks.length;
    const troubles: AppError[] = [];
    let count = 0;
    const tell = (): void => publisher.publish({ type: 'progress', progress: { task, done: count, total } });
    tell();
    await Promise.all(
      tracks.map(async (track) => {
        const trouble = await this.#ask(track, partsOf(track));
        if (stop.aborted) return;
        if (trouble !== undefined) troubles.push(trouble);
        count += 1;
        tell();
        try {
          await done(track, trouble);
        } catch (thrown) {
          onTrouble(AppError.from(thrown));
        }
      }),
    );
    const [first] = troubles;
    if (first === undefined) return;
    // One sentence, however many instruments share the trouble.
    const message = `History of ${troubles.length} of ${total} instruments is missing and will be asked again. ${first.message}`;
    onTrouble(new AppError(first.code, message, { cause: first }));
  }

  /**
   * What a venue told by itself: minutes of a stretch, as polling brings them. Throws an AppError when the disk
   * refuses them: nothing of the stretch counts as known then.
   */
  take(track: Track, bars: readonly Candle[], part: HistoryPart): void {
    const { journal, revisions, publisher, stats, clock } = this.#parts;
    const { good, auctions, known, faults } = checkAnswer(bars, part, track.calendar, clock.now());
    for (const fault of faults) stats.badBar(fault);
    for (const auction of auctions) journal.auction(auction);
    const provenance = this.#word(track, part.open);
    const isMinutes = part.timeframe === '1m';
    const stored =
      isMinutes && revisions.compare(track, good, part, provenance === 'official' ? 'official' : 'history');
    for (const bar of good) journal.candle(bar, this.#word(track, bar.openTime));
    const told = known.map((span) => ({ ...span, timeframe: part.timeframe }));
    for (const each of told) for (const span of this.#byDay(track, each)) journal.covered(span);
    if (!journal.flush())
      throw new AppError('storage', 'What history answered could not be stored. It is asked again.');
    for (const each of told) track.coverage.known(each, part.timeframe);
    if (stored !== false) stored();
    publisher.publish({ type: 'coverage-changed' });
  }

  /** Asks and stores. The error where the venue did not answer; what it answered before stays. */
  async #ask(track: Track, parts: readonly HistoryPart[]): Promise<AppError | undefined> {
    const { stop, source } = this.#parts;
    const instrument = track.instrument.key;
    try {
      for (const { timeframe, open, close } of parts) {
        const bars = await source.candles({ instrument, timeframe, from: open, to: close }, stop);
        if (stop.aborted) return undefined;
        // Of a minute that is not in the answer yet nothing is known.
        const known = tellsMinutes(timeframe) ? (Math.min(close, this.settled) as EpochMs) : close;
        this.take(track, this.#asTraded(track, bars), { timeframe, open, close: known });
      }
      return undefined;
    } catch (thrown) {
      return stop.aborted ? undefined : AppError.from(thrown);
    }
  }

  /** What a venue adjusted to the shares of today, turned back into what was traded: that is what is kept. */
  #asTraded({ instrument: { key }, calendar }: Track, bars: readonly Candle[]): readonly Candle[] {
    const { source, clock, actionsAt } = this.#parts;
    if (source.isAdjusted !== true) return bars;
    const date = calendar.dateOf((clock.now() - ADJUSTED_BY_MS) as EpochMs);
    return asTraded(bars, actionsAt(key, date), calendar);
  }

  /** What is told of a day that is over stands; of today's it may still be corrected. */
  #word({ calendar }: Track, time: EpochMs): Provenance {
    return calendar.dateOf(time) < calendar.dateOf(this.#parts.clock.now()) ? 'official' : 'history';
  }

  /** The stretch as past days, which stand, and today. */
  #byDay(track: Track, { timeframe, open, close }: HistoryPart) {
    const instrument = track.instrument.key;
    const today = track.calendar.midnight(track.calendar.dateOf(this.#parts.clock.now()));
    const past = {
      instrument,
      timeframe,
      provenance: 'official',
      open,
      close: Math.min(close, today) as EpochMs,
    } as const;
    const rest = {
      instrument,
      timeframe,
      provenance: 'history',
      open: Math.max(open, today) as EpochMs,
      close,
    } as const;
    return [past, rest].filter((span) => span.open < span.close);
  }
}

import type { EpochMs } from '../../core/brand.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/brand.ts';
import { type Calendar, sessionAtOrBefore } from '../../core/calendar.ts';
import { AppError } from '../../core/errors.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../core/timeframe.ts';
import type { Journal } from './journal.ts';
import type { Clock, HistorySource } from './ports.ts';
import type { Publisher } from './publisher.ts';
import type { Track } from './track.ts';

export interface HistoryDeskParts {
  readonly source: HistorySource;
  /** The market's clock. */
  readonly clock: Clock;
  readonly journal: Journal;
  readonly publisher: Publisher;
  readonly stop: AbortSignal;
  onTrouble(error: AppError): void;
}

/** A minute that ended may take a moment to appear in the venue's history. */
const SETTLE_MS = 5 * SECOND_MS;
/** Frames of half an hour and more are asked as such for past sessions: minutes would be too many. */
const COARSE_MS = 30 * MINUTE_MS;

/** Asks the venue's history and stores what it says. The venue's rate is the source's business. */
export class HistoryDesk {
  readonly #parts: HistoryDeskParts;

  constructor(parts: HistoryDeskParts) {
    this.#parts = parts;
  }

  /** True when everything up to the last whole minute is known now. */
  async fill(track: Track, timeframe: Timeframe, from: EpochMs): Promise<boolean> {
    const trouble = await this.#ask(track, timeframe, from);
    if (trouble !== undefined) this.#parts.onTrouble(trouble);
    return trouble === undefined && !this.#parts.stop.aborted;
  }

  /** Fills many, telling how far it has come. `done` is called for each as its answer arrives. Never rejects. */
  async fillAll(
    tracks: readonly Track[],
    timeframe: Timeframe,
    from: (track: Track) => EpochMs,
    done: (track: Track, ok: boolean) => void,
  ): Promise<void> {
    const { publisher, stop, onTrouble } = this.#parts;
    const total = tracks.length;
    const troubles: AppError[] = [];
    let count = 0;
    const tell = (): void => publisher.publish({ type: 'progress', progress: { task: 'warm-up', done: count, total } });
    tell();
    await Promise.all(
      tracks.map(async (track) => {
        const trouble = await this.#ask(track, timeframe, from(track));
        if (stop.aborted) return;
        if (trouble !== undefined) troubles.push(trouble);
        count += 1;
        tell();
        try {
          done(track, trouble === undefined);
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

  /** Asks and stores. The error where the venue did not answer. */
  async #ask(track: Track, timeframe: Timeframe, from: EpochMs): Promise<AppError | undefined> {
    const { clock, journal, stop, source } = this.#parts;
    const now = clock.now();
    const minute = (Math.floor(now / MINUTE_MS) * MINUTE_MS) as EpochMs;
    try {
      for (const part of this.#plan(track.calendar, timeframe, from, minute)) {
        for (const bar of await source.candles({ instrument: track.instrument.key, ...part }, stop))
          journal.candle(bar, 'history');
        if (stop.aborted) return undefined;
      }
    } catch (thrown) {
      return stop.aborted ? undefined : AppError.from(thrown);
    }
    journal.flush();
    // A minute just over may not be in the answer yet.
    const isSettled = source.isImmediate === true || now - minute >= SETTLE_MS;
    track.coverage.known((isSettled ? minute : minute - MINUTE_MS) as EpochMs);
    return undefined;
  }

  /** Past sessions in the longest frame that serves, today in minutes, from which every frame can be made. */
  #plan(calendar: Calendar, timeframe: Timeframe, from: EpochMs, to: EpochMs): readonly Part[] {
    const today = Math.max(from, sessionAtOrBefore(calendar, to)?.open ?? from) as EpochMs;
    const minutes: Part = { timeframe: '1m', from: today, to };
    const coarse = this.#frameFor(timeframe);
    if (coarse === '1m') return [{ ...minutes, from }];
    return [{ timeframe: coarse, from, to: today }, minutes].filter((part) => part.from < part.to);
  }

  #frameFor(timeframe: Timeframe): Timeframe {
    const { timeframes } = this.#parts.source;
    if (!isIntraday(timeframe)) return timeframes.includes('1d') ? '1d' : '1m';
    const length = INTRADAY_MS[timeframe];
    if (length < COARSE_MS) return '1m';
    const dividing = timeframes.filter(isIntraday).filter((each) => length % INTRADAY_MS[each] === 0);
    return dividing.sort((a, b) => INTRADAY_MS[b] - INTRADAY_MS[a])[0] ?? '1m';
  }
}

interface Part {
  readonly timeframe: Timeframe;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

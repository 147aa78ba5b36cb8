import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import { MINUTE_MS, SECOND_MS } from '../../core/brand.ts';
import { type Calendar, sessionAtOrBefore } from '../../core/calendar.ts';
import { AppError } from '../../core/errors.ts';
import { pause } from './pause.ts';
import type { Clock, Feed, FeedSink, HistorySource, QuoteSource } from './ports.ts';

export interface PollingParts {
  readonly quotes: QuoteSource;
  readonly history: HistorySource;
  /** The market's clock: the pause between scans is market time. */
  readonly clock: Clock;
  readonly pauseSeconds: number;
  /** Length of the shortest bars that rules look at, as they are now: history is asked once for each, not on every scan. */
  barMs(): number;
  calendarOf(instrument: InstrumentKey): Calendar;
  /** Everything of the session that opened then is known up to here. */
  knownThrough(instrument: InstrumentKey, sessionOpen: EpochMs): EpochMs;
  /** False until history was asked for the first time, which is the warm-up's business. */
  isWarm(instrument: InstrumentKey): boolean;
}

/** A venue's newest minute may appear in its history a little after it ended. */
const SETTLE_MS = 5 * SECOND_MS;

/**
 * A feed made of a venue's quotes and history, for any venue that has both. A scan asks the quotes of all
 * instruments, in as few requests as the venue allows, and the closed minutes of those whose bar has ended
 * since; the next scan begins a fixed pause after.
 */
export class PollingFeed implements Feed {
  readonly #parts: PollingParts;
  #wanted: ReadonlySet<InstrumentKey> = new Set();

  constructor(parts: PollingParts) {
    this.#parts = parts;
  }

  watch(instruments: ReadonlySet<InstrumentKey>): void {
    this.#wanted = instruments;
  }

  async run(sink: FeedSink, stop: AbortSignal): Promise<void> {
    const { clock, pauseSeconds } = this.#parts;
    sink.status({ state: 'connecting', attempt: 1 });
    for (let failures = 0; !stop.aborted; ) {
      try {
        await this.#scan(sink, stop);
        failures = 0;
        await pause(clock, pauseSeconds * SECOND_MS, stop);
      } catch (thrown) {
        if (stop.aborted) break;
        const error = AppError.from(thrown);
        if (error.code === 'auth-expired') {
          sink.status({ state: 'stopped', reason: 'auth-expired', message: error.message });
          return;
        }
        failures += 1;
        const delayMs = Math.min(pauseSeconds * SECOND_MS, 2 ** failures * SECOND_MS);
        sink.status({ state: 'waiting', retryAt: (clock.now() + delayMs) as EpochMs, reason: error.message });
        await pause(clock, delayMs, stop);
      }
    }
    sink.status({ state: 'stopped', reason: 'by-user' });
  }

  async #scan(sink: FeedSink, stop: AbortSignal): Promise<void> {
    const { quotes, clock } = this.#parts;
    const wanted = [...this.#wanted];
    const seen = await quotes.quotes(wanted, stop);
    if (stop.aborted) return;
    sink.heard(0);
    sink.quotes(seen);
    sink.status({ state: 'live', since: clock.now() });

    const due = wanted.filter((instrument) => this.#isDue(instrument));
    let done = 0;
    if (due.length > 0) sink.progress(0, due.length);
    // Asked all at once: the source keeps the venue's rate.
    await Promise.all(
      due.map(async (instrument) => {
        await this.#refresh(instrument, sink, stop);
        done += 1;
        if (!stop.aborted) sink.progress(done, due.length);
      }),
    );
  }

  /** Whether a bar of the rule has ended since history was last asked. The first asking is the warm-up's. */
  #isDue(instrument: InstrumentKey): boolean {
    const { clock, calendarOf, knownThrough, isWarm, barMs } = this.#parts;
    if (!isWarm(instrument)) return false;
    const now = clock.now() - SETTLE_MS;
    const session = sessionAtOrBefore(calendarOf(instrument), now as EpochMs);
    if (session === undefined) return false;
    const length = barMs();
    const ended = Math.min(session.open + Math.floor((now - session.open) / length) * length, session.close);
    return ended > knownThrough(instrument, session.open);
  }

  async #refresh(instrument: InstrumentKey, sink: FeedSink, stop: AbortSignal): Promise<void> {
    const { clock, history, calendarOf, knownThrough } = this.#parts;
    const to = (Math.floor((clock.now() - SETTLE_MS) / MINUTE_MS) * MINUTE_MS) as EpochMs;
    const session = sessionAtOrBefore(calendarOf(instrument), to);
    if (session === undefined) return;
    const from = knownThrough(instrument, session.open);
    if (from >= to) return;
    const bars = await history.candles({ instrument, timeframe: '1m', from, to }, stop);
    if (!stop.aborted) sink.bars(bars, 'history', { instrument, open: from, close: to });
  }
}

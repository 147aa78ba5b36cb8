import { type EpochMs, HOUR_MS, type InstrumentKey } from '../../core/brand.ts';
import { sessionAtOrBefore } from '../../core/calendar.ts';
import type { Candle } from '../../core/candle.ts';
import { AppError } from '../../core/errors.ts';
import { BASE_TIMEFRAME, INTRADAY_MS } from '../../core/timeframe.ts';
import type { Journal } from './journal.ts';
import type { Clock, PastTrades, TradeSource } from './ports.ts';
import type { Publisher } from './publisher.ts';
import type { Track } from './track.ts';

/** What a venue surely still has; more is asked of history. */
const LOOK_BACK_MS = HOUR_MS;

export interface PastTradesParts {
  readonly source: TradeSource;
  /** The exchange's clock. */
  readonly clock: Clock;
  readonly journal: Journal;
  readonly publisher: Publisher;
  readonly stop: AbortSignal;
  wantsSeconds(): boolean;
  onTrouble(error: AppError): void;
}

/**
 * Makes the short bars of the time before the feed began, of single trades where the venue still has them: history
 * answers in minutes, of which no shorter bar can be made. Nothing is said of what the venue does not tell whole.
 */
export class PastTradesDesk {
  readonly #parts: PastTradesParts;

  constructor(parts: PastTradesParts) {
    this.#parts = parts;
  }

  /** One instrument after another: the source keeps the venue's rate. Never rejects. */
  async run(tracks: Iterable<Track>): Promise<void> {
    const { source, clock, stop, onTrouble } = this.#parts;
    for (const track of tracks) {
      const to = clock.now();
      const session = sessionAtOrBefore(track.calendar, to);
      if (stop.aborted || session === undefined) return;
      const from = Math.max(session.open, to - LOOK_BACK_MS) as EpochMs;
      if (from >= session.close) continue;
      try {
        this.#take(track, await source.trades({ instrument: track.instrument.key, from, to }, stop));
      } catch (thrown) {
        if (stop.aborted) return;
        const error = AppError.from(thrown);
        onTrouble(error);
        // A login that is refused for one is refused for all.
        if (!error.retryable) return;
      }
    }
  }

  #take(track: Track, { trades, wholeFrom, to }: PastTrades): void {
    const { journal, publisher, wantsSeconds } = this.#parts;
    const { key } = track.instrument;
    const frames = wantsSeconds() ? ([BASE_TIMEFRAME, '1s'] as const) : ([BASE_TIMEFRAME] as const);
    for (const timeframe of frames) {
      const lengthMs = INTRADAY_MS[timeframe];
      const open = (Math.ceil(wholeFrom / lengthMs) * lengthMs) as EpochMs;
      const close = (Math.floor(to / lengthMs) * lengthMs) as EpochMs;
      if (open >= close) continue;
      for (const bar of barsOf(track, trades, timeframe))
        if (bar.openTime >= open && bar.openTime < close) journal.candle(bar, 'history');
      if (timeframe === BASE_TIMEFRAME) this.#cover(track, key, open, close);
    }
    publisher.publish({ type: 'candles-revised', instrument: key });
  }

  /** Whole minutes of base bars are known as if history had told them. */
  #cover({ coverage }: Track, instrument: InstrumentKey, open: EpochMs, close: EpochMs): void {
    this.#parts.journal.covered({ instrument, timeframe: BASE_TIMEFRAME, provenance: 'history', open, close });
    coverage.known({ open, close }, BASE_TIMEFRAME, false);
  }
}

function barsOf(track: Track, trades: PastTrades['trades'], timeframe: '5s' | '1s'): readonly Candle[] {
  const maker = track.makerOf(timeframe);
  const bars: Candle[] = [];
  for (const { time, ltp, quantity } of trades) {
    const outcome = maker.push({ time, open: ltp, high: ltp, low: ltp, close: ltp, volume: quantity });
    if (outcome === 'rolled' && maker.closed !== undefined) bars.push(maker.closed);
  }
  if (maker.forming !== undefined) bars.push(maker.forming.candle);
  return bars;
}

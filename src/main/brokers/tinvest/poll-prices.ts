import { type EpochMs, type InstrumentKey, MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import { pause } from '../../engine/pause.ts';
import type { Clock, FeedSink, HistorySource, QuoteSource } from '../../engine/ports.ts';
import type { Meter } from '../transport/meter.ts';
import { createRateBudget } from '../transport/rate-budget.ts';

export interface PollParts {
  readonly quotes: QuoteSource;
  readonly history: HistorySource;
  readonly clock: Clock;
  readonly sink: FeedSink;
  readonly meter: Meter;
  watched(): readonly InstrumentKey[];
}

const EVERY_MS = 2 * SECOND_MS;
/** After the end of a minute its candle is there. */
const SETTLE_MS = 2 * SECOND_MS;
/** With a call for prices every two seconds that stays below 300 a minute. */
const CANDLE_CALLS_A_MINUTE = 250;

/**
 * What stands in for a stream where there is none: prices of all instruments in one call every two seconds, and the closed
 * minutes of each as they end. Runs until `stop` aborts; never rejects.
 */
export async function pollPrices(parts: PollParts, stop: AbortSignal): Promise<void> {
  const { clock, sink, meter } = parts;
  const calls = createRateBudget(clock, [{ count: CANDLE_CALLS_A_MINUTE, perMs: MINUTE_MS }]);
  const known = new Map<InstrumentKey, EpochMs>();
  let candles: Promise<void> | undefined;
  let failures = 0;
  while (!stop.aborted) {
    const watched = parts.watched();
    meter.subscriptions = watched.length;
    let waitMs = EVERY_MS;
    try {
      const seen = await parts.quotes.quotes(watched, stop);
      if (stop.aborted) break;
      failures = 0;
      meter.heard(0);
      sink.heard(0);
      if (seen.length > 0) {
        meter.data();
        sink.quotes(seen);
      }
      const status = { state: 'live', since: clock.now() } as const;
      meter.status('live');
      sink.status(status);
      candles ??= closedMinutes(parts, calls, known, stop).finally(() => {
        candles = undefined;
      });
    } catch (thrown) {
      if (stop.aborted) break;
      failures += 1;
      meter.lost();
      meter.status('waiting');
      waitMs = Math.min(MINUTE_MS, EVERY_MS * 2 ** Math.min(failures, 5));
      const reason = AppError.from(thrown).message;
      sink.status({ state: 'waiting', retryAt: (clock.now() + waitMs) as EpochMs, reason });
    }
    await pause(clock, waitMs, stop);
  }
  await candles;
}

/** The minutes that have ended since the last look; at the first, the newest two. */
async function closedMinutes(
  { history, clock, sink, watched }: PollParts,
  calls: { take(stop: AbortSignal): Promise<void> },
  known: Map<InstrumentKey, EpochMs>,
  stop: AbortSignal,
): Promise<void> {
  for (const instrument of watched()) {
    const to = (Math.floor((clock.now() - SETTLE_MS) / MINUTE_MS) * MINUTE_MS) as EpochMs;
    const from = known.get(instrument) ?? ((to - 2 * MINUTE_MS) as EpochMs);
    if (from >= to) continue;
    try {
      await calls.take(stop);
      const bars = await history.candles({ instrument, timeframe: '1m', from, to }, stop);
      if (stop.aborted) return;
      known.set(instrument, to);
      sink.bars(bars, 'history', { instrument, open: from, close: to });
    } catch {
      // Asked again at the next look; the status is told by the prices.
      if (stop.aborted) return;
    }
  }
}

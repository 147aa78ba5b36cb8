import type { EpochMs } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import type { Instrument } from '../../core/instrument.ts';
import { pause } from './pause.ts';
import type { BrokerSession, Clock, Feed } from './ports.ts';

/** How a broker that could not be reached is tried again. */
export interface SecondTry {
  readonly clock: Clock;
  /** How long to wait after the `failures`th failure in a row, counted from 1. */
  waitMs(failures: number): number;
  /** Rejects as long as the broker cannot be opened. What it opens is thrown away. */
  open(): Promise<unknown>;
  /** It can be opened now: whoever owns this session should do so. */
  onReachable(): void;
}

/**
 * A broker that could not be opened: what is stored can still be looked at, and the status says why there is no
 * more. Where trying again may help, its feed does so for as long as it runs.
 */
export function offlineSession(
  instruments: readonly Instrument[],
  error: AppError,
  secondTry?: SecondTry,
): BrokerSession {
  const feed: Feed =
    secondTry !== undefined && error.retryable
      ? knockingFeed(error, secondTry)
      : { watch: () => undefined, run: async (sink) => sink.status(stoppedBy(error)) };
  return { instruments, feed, quotes: undefined, history: undefined, playback: undefined };
}

/** Says when it will try next; a second run means that a person asked, and does not wait. */
function knockingFeed(error: AppError, { clock, waitMs, open, onReachable }: SecondTry): Feed {
  let hasRun = false;
  return {
    watch: () => undefined,
    async run(sink, stop) {
      let trouble = error;
      let failures = 1;
      let isPatient = !hasRun;
      hasRun = true;
      while (trouble.retryable) {
        if (isPatient) {
          const delayMs = waitMs(failures);
          const retryAt = (clock.now() + delayMs) as EpochMs;
          sink.status({ state: 'waiting', retryAt, reason: trouble.message });
          await pause(clock, delayMs, stop);
        }
        isPatient = true;
        if (!stop.aborted) sink.status({ state: 'connecting', attempt: failures + 1 });
        const outcome = stop.aborted ? 'stopped' : await Promise.race([outcomeOf(open), aborted(stop)]);
        if (outcome === 'stopped') return sink.status({ state: 'stopped', reason: 'by-user' });
        if (outcome === 'opened') {
          sink.status(stoppedBy(trouble));
          return onReachable();
        }
        trouble = outcome;
        failures += 1;
      }
      sink.status(stoppedBy(trouble));
    },
  };
}

async function outcomeOf(open: () => Promise<unknown>): Promise<'opened' | AppError> {
  try {
    await open();
    return 'opened';
  } catch (thrown) {
    return AppError.from(thrown);
  }
}

function aborted(stop: AbortSignal): Promise<'stopped'> {
  return new Promise((resolve) => stop.addEventListener('abort', () => resolve('stopped'), { once: true }));
}

function stoppedBy({ code, message }: AppError): FeedStatus {
  return { state: 'stopped', reason: code === 'auth-expired' ? 'auth-expired' : 'failed', message };
}

import { AppError } from '../../../core/errors.ts';
import { pause } from '../../engine/pause.ts';
import type { Clock } from '../../engine/ports.ts';
import { backOffMs, type Jitter } from './back-off.ts';

export interface RetryOptions {
  readonly clock: Clock;
  readonly jitter: Jitter;
  /** All attempts, the first included. */
  readonly attempts?: number | undefined;
}

const ATTEMPTS = 4;

/**
 * Runs `attempt` again, after 1, 2 and 4 seconds, while it fails with an AppError that is worth another try
 * (`retryable`). For requests that change nothing. Throws the last error; rejects with `stop`'s reason when
 * that aborts.
 */
export async function withRetries<Value>(
  attempt: () => Promise<Value>,
  { clock, jitter, attempts = ATTEMPTS }: RetryOptions,
  stop: AbortSignal,
): Promise<Value> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await attempt();
    } catch (thrown) {
      stop.throwIfAborted();
      if (!(thrown instanceof AppError) || !thrown.retryable || failures >= attempts) throw thrown;
      await pause(clock, backOffMs(failures, jitter), stop);
      stop.throwIfAborted();
    }
  }
}

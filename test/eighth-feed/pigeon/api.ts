import { MINUTE_MS } from '../../../src/core/brand.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { Jitter } from '../../../src/main/brokers/transport/back-off.ts';
import type { SendHttp } from '../../../src/main/brokers/transport/http.ts';
import { createRateBudget } from '../../../src/main/brokers/transport/rate-budget.ts';
import { withRetries } from '../../../src/main/brokers/transport/retry.ts';
import type { Clock } from '../../../src/main/engine/ports.ts';
import { openAnswer } from './errors.ts';
import { SLOW_DOWN_MS } from './wire.ts';

export interface PigeonApi {
  /** The `data` of an answer. Throws AppError, or rejects with `stop`'s reason. */
  get(path: string, query: Readonly<Record<string, string>>, stop: AbortSignal, attempts?: number): Promise<unknown>;
}

export interface PigeonApiParts {
  readonly apiUrl: string;
  /** Asked with every request. */
  token(): string;
  readonly requestsPerMinute: number;
  readonly send: SendHttp;
  readonly clock: Clock;
  readonly jitter: Jitter;
}

const ATTEMPTS = 3;

/** One budget for everything: the exchange counts all requests together. */
export function createPigeonApi({ apiUrl, token, requestsPerMinute, send, clock, jitter }: PigeonApiParts): PigeonApi {
  const budget = createRateBudget(clock, [{ count: requestsPerMinute, perMs: MINUTE_MS }]);
  return {
    get(path, query, stop, attempts = ATTEMPTS) {
      const once = async (): Promise<unknown> => {
        await budget.take(stop);
        const headers = { authorization: `Bearer ${token()}` };
        try {
          return openAnswer(
            await send({ method: 'GET', url: `${apiUrl}/${path}?${new URLSearchParams(query)}`, headers }, stop),
          );
        } catch (thrown) {
          if (thrown instanceof AppError && thrown.code === 'rate-limited') budget.hold(SLOW_DOWN_MS);
          throw thrown;
        }
      };
      return withRetries(once, { clock, jitter, attempts }, stop);
    },
  };
}

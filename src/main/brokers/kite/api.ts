import { SECOND_MS } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import type { Clock } from '../../engine/ports.ts';
import type { Jitter } from '../transport/back-off.ts';
import type { HttpAnswer, SendHttp } from '../transport/http.ts';
import { createRateLimit, type RateLimit } from '../transport/rate-limit.ts';
import { withRetries } from '../transport/retry.ts';
import { openCsv, openEnvelope } from './envelope.ts';
import type { Login } from './login.ts';
import { KITE_VERSION } from './wire.ts';

/** Endpoints that share a limit. */
export type KiteEndpoint = 'quote' | 'history' | 'other';

/** Reads from Kite's REST API within its limits. Every method throws AppError, or rejects with `stop`'s reason. */
export interface KiteApi {
  /** The `data` of a JSON answer. */
  get(endpoint: KiteEndpoint, path: string, stop: AbortSignal, attempts?: number): Promise<unknown>;
  /** The text of a CSV answer. */
  csv(path: string, stop: AbortSignal, attempts?: number): Promise<string>;
}

export interface KiteApiParts {
  readonly apiUrl: string;
  readonly login: Login;
  readonly send: SendHttp;
  readonly clock: Clock;
  readonly jitter: Jitter;
}

/**
 * 1, 3 and 10 requests a second, with a margin for requests that catch up with each other on the way.
 * Source: https://kite.trade/docs/connect/v3/exceptions/#api-rate-limit
 */
const LIMITS = {
  quote: { burst: 1, everyMs: 1_050 },
  history: { burst: 1, everyMs: 350 },
  other: { burst: 3, everyMs: 150 },
} as const satisfies Record<KiteEndpoint, { burst: number; everyMs: number }>;

/** Kite counts by the second; a second after "too many" it counts anew. */
const HOLD_MS = 2 * SECOND_MS;
/** The list of all exchanges is about 10 MB. */
const LARGEST_CSV_BYTES = 64 * 1024 * 1024;

/**
 * Failures worth another try are tried up to four times, unless `attempts` says otherwise. "Too many requests" holds back all requests of that
 * endpoint. A refused token ends the login, so that nothing that uses it asks again.
 */
export function createKiteApi({ apiUrl, login, send, clock, jitter }: KiteApiParts): KiteApi {
  const limits: Record<KiteEndpoint, RateLimit> = {
    quote: createRateLimit(clock, LIMITS.quote),
    history: createRateLimit(clock, LIMITS.history),
    other: createRateLimit(clock, LIMITS.other),
  };
  const ask = async <Value>(
    endpoint: KiteEndpoint,
    path: string,
    open: (answer: HttpAnswer, secrets: readonly string[]) => Value,
    stop: AbortSignal,
    attempts: number | undefined,
  ): Promise<Value> => {
    const either = AbortSignal.any([stop, login.ended]);
    const once = async (): Promise<Value> => {
      await limits[endpoint].take(either);
      const url = `${apiUrl}${path}`;
      // The token of this moment: it may be another by the time of the answer.
      const { apiKey, accessToken } = login;
      const headers = { ...KITE_VERSION, Authorization: `token ${apiKey}:${accessToken}` };
      try {
        const answer = await send({ method: 'GET', url, headers, largestBytes: LARGEST_CSV_BYTES }, either);
        return open(answer, [accessToken]);
      } catch (thrown) {
        if (thrown instanceof AppError && thrown.code === 'auth-expired') login.expire(accessToken, clock.now());
        if (thrown instanceof AppError && thrown.code === 'rate-limited') limits[endpoint].hold(HOLD_MS);
        throw thrown;
      }
    };
    return withRetries(once, { clock, jitter, attempts }, either);
  };
  return {
    get: (endpoint, path, stop, attempts) => ask(endpoint, path, openEnvelope, stop, attempts),
    csv: (path, stop, attempts) => ask('other', path, openCsv, stop, attempts),
  };
}

import { AppError } from '../../../core/errors.ts';
import type { Clock } from '../../engine/ports.ts';
import type { Jitter } from '../transport/back-off.ts';
import type { SendHttp } from '../transport/http.ts';
import { createRateBudget } from '../transport/rate-budget.ts';
import { withRetries } from '../transport/retry.ts';
import { openEnvelope } from './envelope.ts';
import { waitOf } from './errors.ts';
import { LIMITS } from './wire.ts';

/** What a request takes from the common budget. Source: docs/wire-formats/kucoin.md, "Limits". */
export const WEIGHT = {
  token: 10,
  candles: 3,
  symbols: 4,
  timestamp: 3,
  level1: 2,
  allTickers: 15,
  trades: 3,
} as const;

/** Asks KuCoin's public REST within its limits. Every method throws AppError, or rejects with `stop`'s reason. */
export interface KucoinApi {
  /** The `data` of the answer. Tried again, up to `attempts` times in all, when that may help. */
  get(path: string, weight: number, stop: AbortSignal, attempts?: number): Promise<unknown>;
  /** Asks once. */
  post(path: string, weight: number, stop: AbortSignal): Promise<unknown>;
}

export interface KucoinApiParts {
  readonly apiUrl: string;
  readonly send: SendHttp;
  readonly clock: Clock;
  readonly jitter: Jitter;
}

/** "Too many requests" holds back everything, for as long as the venue says: all public requests are counted together. */
export function createKucoinApi({ apiUrl, send, clock, jitter }: KucoinApiParts): KucoinApi {
  const budget = createRateBudget(clock, [LIMITS.weight]);

  const ask = async (method: 'GET' | 'POST', path: string, weight: number, stop: AbortSignal): Promise<unknown> => {
    for (let taken = 0; taken < weight; taken += 1) await budget.take(stop);
    try {
      return openEnvelope(await send({ method, url: `${apiUrl}${path}` }, stop));
    } catch (thrown) {
      const waitMs = thrown instanceof AppError ? waitOf(thrown) : undefined;
      if (waitMs !== undefined) budget.hold(waitMs);
      throw thrown;
    }
  };
  return {
    get: (path, weight, stop, attempts) =>
      withRetries(() => ask('GET', path, weight, stop), { clock, jitter, attempts }, stop),
    post: (path, weight, stop) => ask('POST', path, weight, stop),
  };
}

import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import type { Clock } from '../../engine/ports.ts';
import type { Jitter } from '../transport/back-off.ts';
import type { SendHttp } from '../transport/http.ts';
import { createRateBudget } from '../transport/rate-budget.ts';
import type { RateLimit } from '../transport/rate-limit.ts';
import { withRetries } from '../transport/retry.ts';
import type { FcsCredentials } from './credentials.ts';
import { openEnvelope } from './envelope.ts';
import type { FcsOptions } from './options.ts';
import type { FcsMarket } from './symbols.ts';
import { createSignature } from './token.ts';
import { TOO_MANY_MS } from './wire.ts';

/** The two endpoints that are needed. */
export type FcsEndpoint = 'history' | 'latest';

/** Reads from FCS's REST API within the limits of the plan. */
export interface FcsApi {
  /** The `response` of an answer. Throws AppError, or rejects with `stop`'s reason. */
  ask(
    market: FcsMarket,
    endpoint: FcsEndpoint,
    fields: Readonly<Record<string, string>>,
    stop: AbortSignal,
    attempts?: number,
  ): Promise<unknown>;
}

export interface FcsApiParts {
  readonly apiUrl: string;
  /** Asked with every request. */
  credentials(): FcsCredentials;
  readonly options: Pick<FcsOptions, 'requestsPerMinute' | 'requestsPerDay'>;
  readonly send: SendHttp;
  readonly clock: Clock;
  readonly jitter: Jitter;
}

/** Budgets by key: closing a session and opening the next does not set the vendor's count to zero. */
const budgets = new WeakMap<Clock, Map<string, RateLimit>>();

/** So many requests a minute and a day, with a margin for requests that catch up with each other on the way. */
function budgetOf({ clock, credentials, options }: FcsApiParts): RateLimit {
  const { requestsPerMinute, requestsPerDay } = options;
  const ofClock = budgets.get(clock) ?? new Map<string, RateLimit>();
  budgets.set(clock, ofClock);
  const plan = `${credentials().accessKey} ${requestsPerMinute} ${requestsPerDay}`;
  const windows = [
    { count: requestsPerMinute, perMs: MINUTE_MS + SECOND_MS },
    ...(requestsPerDay > 0 ? [{ count: requestsPerDay, perMs: DAY_MS }] : []),
  ];
  const budget = ofClock.get(plan) ?? createRateBudget(clock, windows);
  ofClock.set(plan, budget);
  return budget;
}

/** FCS's own failures are tried three times. */
const ATTEMPTS = 3;
/** 10,000 rows of history are about 1 MB. */
const LARGEST_BYTES = 8 * 1024 * 1024;

/**
 * Requests are POSTed forms, so that the key stands in no address. All endpoints share one budget, for the vendor counts
 * credits for all of them together; "too many" holds everything for a minute.
 */
export function createFcsApi(parts: FcsApiParts): FcsApi {
  const { apiUrl, credentials, send, clock, jitter } = parts;
  const budget = budgetOf(parts);
  let known: FcsCredentials | undefined;
  let sign = (): Readonly<Record<string, string>> => ({});
  const signed = (): Readonly<Record<string, string>> => {
    const current = credentials();
    if (current !== known) {
      known = current;
      sign = createSignature(current, clock);
    }
    return sign();
  };

  return {
    ask(market, endpoint, fields, stop, attempts = ATTEMPTS) {
      const once = async (): Promise<unknown> => {
        await budget.take(stop);
        const signature = signed();
        const url = `${apiUrl}/${market}/${endpoint}`;
        const headers = { Accept: 'application/json' };
        const form = { ...fields, ...signature };
        try {
          const answer = await send({ method: 'POST', url, headers, form, largestBytes: LARGEST_BYTES }, stop);
          return openEnvelope(answer, [...Object.values(signature), known?.accessKey ?? '']);
        } catch (thrown) {
          if (thrown instanceof AppError && thrown.code === 'rate-limited') budget.hold(TOO_MANY_MS);
          throw thrown;
        }
      };
      return withRetries(once, { clock, jitter, attempts }, stop);
    },
  };
}

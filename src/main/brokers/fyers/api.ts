import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import type { Clock } from '../../engine/ports.ts';
import type { Jitter } from '../transport/back-off.ts';
import type { HttpAnswer, SendHttp } from '../transport/http.ts';
import { createRateBudget } from '../transport/rate-budget.ts';
import type { RateLimit } from '../transport/rate-limit.ts';
import { withRetries } from '../transport/retry.ts';
import { type OpenedEnvelope, openCsv, openEnvelope } from './envelope.ts';
import type { LoginHolder } from './session-login.ts';

/** Reads from Fyers' REST API within its limits. Every method throws AppError, or rejects with `stop`'s reason. */
export interface FyersApi {
  get(path: string, stop: AbortSignal, attempts?: number): Promise<OpenedEnvelope>;
  /** The text of a list that needs no login and counts for no limit. */
  csv(url: string, stop: AbortSignal, attempts?: number): Promise<string>;
}

export interface FyersApiParts {
  readonly apiUrl: string;
  readonly login: LoginHolder;
  readonly send: SendHttp;
  /** For lists, which take longer. */
  readonly sendList: SendHttp;
  readonly budget: RateLimit;
  readonly clock: Clock;
  readonly jitter: Jitter;
}

/**
 * 10 requests a second, 200 a minute and 100,000 a day, over all endpoints, with a margin for requests that catch up
 * with each other on the way: who breaks the minute's limit often is shut out for the day. Source: the API reference.
 */
const LIMITS = [
  { count: 9, perMs: SECOND_MS + 50 },
  { count: 190, perMs: MINUTE_MS + SECOND_MS },
  { count: 99_000, perMs: DAY_MS },
] as const;

/** Fyers counts by the minute; after one without requests it counts anew. */
const HOLD_MS = MINUTE_MS;
/** The list of one exchange's derivatives is over 20 MB. */
const LARGEST_CSV_BYTES = 96 * 1024 * 1024;

/** Budgets by app: closing a session and opening the next does not set the venue's count to zero. */
const budgets = new WeakMap<Clock, Map<string, RateLimit>>();

export function budgetOf(clock: Clock, appId: string): RateLimit {
  const ofClock = budgets.get(clock) ?? new Map<string, RateLimit>();
  budgets.set(clock, ofClock);
  const budget = ofClock.get(appId) ?? createRateBudget(clock, LIMITS);
  ofClock.set(appId, budget);
  return budget;
}

/**
 * Failures worth another try are tried up to four times, unless `attempts` says otherwise. "Too many requests" holds
 * back everything. A refused token ends the login, so that nothing that uses it asks again.
 */
export function createFyersApi(parts: FyersApiParts): FyersApi {
  const { apiUrl, login: holder, send, sendList, budget, clock, jitter } = parts;
  const ask = async (path: string, stop: AbortSignal, attempts: number | undefined): Promise<OpenedEnvelope> => {
    const login = holder.current;
    const either = AbortSignal.any([stop, login.ended]);
    const headers = { Authorization: `${login.appId}:${login.accessToken}` };
    const once = async (): Promise<OpenedEnvelope> => {
      await budget.take(either);
      let answer: HttpAnswer | undefined;
      try {
        answer = await send({ method: 'GET', url: `${apiUrl}${path}`, headers }, either);
        return openEnvelope(answer, [login.accessToken]);
      } catch (thrown) {
        if (thrown instanceof AppError && thrown.code === 'auth-expired') login.expire();
        if (thrown instanceof AppError && thrown.code === 'rate-limited') budget.hold(holdMs(answer));
        throw thrown;
      }
    };
    return withRetries(once, { clock, jitter, attempts }, either);
  };
  return {
    get: ask,
    csv: (url, stop, attempts) =>
      withRetries(
        async () => openCsv(await sendList({ method: 'GET', url, largestBytes: LARGEST_CSV_BYTES }, stop)),
        { clock, jitter, attempts },
        stop,
      ),
  };
}

/** What the server says, where it says so, and never less than a second or more than an hour. */
function holdMs(answer: HttpAnswer | undefined): number {
  const ms = Number(answer?.header('x-retry-after-ms') ?? Number.NaN);
  const seconds = Number(answer?.header('retry-after') ?? Number.NaN);
  const told = Number.isFinite(ms) ? ms : seconds * SECOND_MS;
  return Number.isFinite(told) ? Math.min(Math.max(told, SECOND_MS), 60 * MINUTE_MS) : HOLD_MS;
}

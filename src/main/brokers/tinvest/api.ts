import { MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import type { Clock } from '../../engine/ports.ts';
import type { Jitter } from '../transport/back-off.ts';
import type { HttpAnswer, SendHttp } from '../transport/http.ts';
import { createRateBudget } from '../transport/rate-budget.ts';
import type { RateLimit } from '../transport/rate-limit.ts';
import { withRetries } from '../transport/retry.ts';
import type { Access } from './credentials.ts';
import { openEnvelope } from './envelope.ts';
import { certificateAdvice, certificateCode } from './errors.ts';
import { methodPath, type Service } from './wire.ts';

/** Single calls of the API within its limits. Throws AppError, or rejects with `stop`'s reason. */
export interface TinvestApi {
  call(
    service: Service,
    method: string,
    body: object,
    stop: AbortSignal,
    attempts?: number,
  ): Promise<Readonly<Record<string, unknown>>>;
}

export interface TinvestApiParts {
  readonly apiUrl: string;
  readonly access: Access;
  readonly send: SendHttp;
  readonly clock: Clock;
  readonly jitter: Jitter;
  /** Whether a CA file is set, for the advice when a certificate is not accepted. */
  readonly hasCaFile: boolean;
}

/** Calls a minute of each service; a few less than the venue grants. Source: docs/wire-formats/tinvest.md, "Limits". */
const A_MINUTE: Readonly<Record<Service, number>> = {
  MarketDataService: 550,
  InstrumentsService: 180,
  UsersService: 90,
};
/** The venue advises 50 a second for all of one address. */
const A_SECOND = 8;
/** Where the venue does not say when it counts anew: it counts by the minute. */
const LONGEST_HOLD_MS = MINUTE_MS;
/** The list of all shares is some 10 MB. */
const LARGEST_BYTES = 64 * 1024 * 1024;

/**
 * Failures worth another try are tried up to four times, unless `attempts` says otherwise. "Too many requests" holds back
 * all calls of that service until the venue counts anew. A refused token ends the access, so that nothing that uses it
 * asks again.
 */
export function createTinvestApi(parts: TinvestApiParts): TinvestApi {
  const { apiUrl, access, send, clock, jitter } = parts;
  const all = createRateBudget(clock, [{ count: A_SECOND, perMs: SECOND_MS }]);
  const budgets: Record<Service, RateLimit> = {
    MarketDataService: budgetOf(clock, A_MINUTE.MarketDataService),
    InstrumentsService: budgetOf(clock, A_MINUTE.InstrumentsService),
    UsersService: budgetOf(clock, A_MINUTE.UsersService),
  };

  return {
    call(service, method, body, stop, attempts) {
      const { token, ended } = access;
      const either = AbortSignal.any([stop, ended]);
      const once = async (): Promise<Readonly<Record<string, unknown>>> => {
        await budgets[service].take(either);
        await all.take(either);
        const headers = { Authorization: `Bearer ${token}`, 'x-app-name': 'tickscope' };
        const url = `${apiUrl}${methodPath(service, method)}`;
        const answer = await trusting(
          send({ method: 'POST', url, headers, json: body, largestBytes: LARGEST_BYTES }, either),
          parts.hasCaFile,
        );
        try {
          return openEnvelope(answer, [token]);
        } catch (thrown) {
          // A token that was replaced meanwhile is nobody's any more.
          if (thrown instanceof AppError && thrown.code === 'auth-expired' && access.token === token) access.expire();
          if (thrown instanceof AppError && thrown.code === 'rate-limited') budgets[service].hold(holdMs(answer));
          throw thrown;
        }
      };
      return withRetries(once, { clock, jitter, attempts }, either);
    },
  };
}

function budgetOf(clock: Clock, count: number): RateLimit {
  return createRateBudget(clock, [{ count, perMs: MINUTE_MS }]);
}

/** The answer, or our own advice where the server's certificate was not accepted. */
async function trusting(sent: Promise<HttpAnswer>, hasCaFile: boolean): Promise<HttpAnswer> {
  try {
    return await sent;
  } catch (thrown) {
    const code = thrown instanceof AppError ? certificateCode(thrown.message) : undefined;
    const advice = certificateAdvice(code, hasCaFile);
    throw advice === undefined ? thrown : new AppError('forbidden', advice, { cause: thrown });
  }
}

/** `x-ratelimit-reset` says in how many seconds the venue counts anew. */
function holdMs({ header }: HttpAnswer): number {
  const seconds = Number(header('x-ratelimit-reset') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0
    ? Math.min(LONGEST_HOLD_MS, (Math.ceil(seconds) + 1) * SECOND_MS)
    : LONGEST_HOLD_MS;
}

import { SECOND_MS } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import type { Clock } from '../../engine/ports.ts';
import { certificateWords, codeOf, wordsFor } from './failure-words.ts';
import { createExchange, TooLarge } from './http-exchange.ts';
import type { WireTap } from './wire-tap.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly largestBytes?: number | undefined;
}

/** What an answer says, of whatever status: what it means is the venue's business. */
export interface HttpBody {
  readonly status: number;
  /** Without parameters, in lower case: `application/json`. */
  readonly contentType: string;
  readonly text: string;
}

export interface HttpAnswer extends HttpBody {
  /** By its name in whatever case; undefined where the server sent none. */
  header(name: string): string | undefined;
}

export type SendHttp = (request: HttpRequest, stop: AbortSignal) => Promise<HttpAnswer>;

export interface HttpOptions {
  /** What to call the server in a sentence. */
  readonly venue: string;
  readonly clock: Clock;
  /** For the whole answer, to its last byte. */
  readonly timeoutMs?: number | undefined;
  /** Authorities to trust beside the usual ones, PEM; for these requests alone. */
  readonly ca?: readonly string[] | undefined;
  readonly tap?: WireTap | undefined;
}

/** What Zerodha's own clients wait for an answer. */
const TIMEOUT_MS = 7 * SECOND_MS;
const LARGEST_BYTES = 16 * 1024 * 1024;

/** What every request says of itself, unless told otherwise. */
const HEADERS = { accept: '*/*', 'accept-encoding': 'gzip, deflate, br', 'user-agent': 'Tickscope' };

/**
 * One HTTP exchange. Resolves with any answer, also 4xx and 5xx; redirects are not followed.
 *
 * Throws AppError `network` when there is no whole answer in time, or one that is larger than it should be, and
 * `forbidden`, which no repetition mends, when the server's certificate is not to be trusted; rejects with `stop`'s
 * reason when that aborts. No error holds the URL or a header.
 */
export function createHttp({ venue, clock, timeoutMs = TIMEOUT_MS, ca, tap }: HttpOptions): SendHttp {
  const exchange = createExchange(ca);
  return async (request, stop) => {
    stop.throwIfAborted();
    const timeout = new AbortController();
    const cancelTimer = clock.after(timeoutMs, () => timeout.abort());
    try {
      const url = new URL(request.url);
      const answer = await exchange(
        {
          method: request.method,
          url,
          ...contentOf(request),
          largestBytes: request.largestBytes ?? LARGEST_BYTES,
        },
        AbortSignal.any([stop, timeout.signal]),
      );
      overhear(tap, request.method, url.pathname, answer);
      const [contentType = ''] = (answer.header('content-type') ?? '').split(';');
      return { ...answer, contentType: contentType.trim().toLowerCase() };
    } catch (thrown) {
      stop.throwIfAborted();
      if (thrown instanceof AppError) throw thrown;
      if (thrown instanceof TooLarge) throw failure(`${venue} sent an answer larger than it should be.`);
      if (timeout.signal.aborted) throw failure(`${venue} did not answer within ${timeoutMs / SECOND_MS} seconds.`);
      const certificate = certificateWords(codeOf(thrown), venue);
      if (certificate !== undefined) throw new AppError('forbidden', certificate);
      // An error's own message may quote the address.
      throw failure(`${venue} cannot be reached. ${wordsFor(thrown)}`);
    } finally {
      cancelTimer();
    }
  };
}

/** Headers in lower case, so that a caller's own replace ours. */
function contentOf({ headers = {}, form, json }: HttpRequest) {
  const body = json !== undefined ? JSON.stringify(json) : form && new URLSearchParams(form).toString();
  const all: Record<string, string> = { ...HEADERS };
  if (body !== undefined) {
    all['content-type'] = json !== undefined ? 'application/json' : 'application/x-www-form-urlencoded;charset=UTF-8';
    all['content-length'] = `${Buffer.byteLength(body)}`;
  }
  for (const [name, value] of Object.entries(headers)) all[name.toLowerCase()] = value;
  return { headers: all, body };
}

function overhear(tap: WireTap | undefined, method: string, path: string, answer: { status: number; text: string }) {
  try {
    tap?.answer(method, path, answer.status, answer.text);
  } catch {
    // The recording is the poorer for it; the answer is not.
  }
}

function failure(what: string): AppError {
  return new AppError('network', `${what} Check the internet connection; Tickscope tries again.`);
}

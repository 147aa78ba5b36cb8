import { SECOND_MS } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import type { Clock } from '../../engine/ports.ts';
import { wordsFor } from './socket.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>;
  readonly largestBytes?: number;
}

/** An answer of whatever status: what it means is the venue's business. */
export interface HttpAnswer {
  readonly status: number;
  /** Without parameters, in lower case: `application/json`. */
  readonly contentType: string;
  readonly text: string;
}

export type SendHttp = (request: HttpRequest, stop: AbortSignal) => Promise<HttpAnswer>;

export interface HttpOptions {
  /** What to call the server in a sentence. */
  readonly venue: string;
  readonly clock: Clock;
  readonly timeoutMs?: number;
}

/** What Zerodha's own clients wait for an answer. */
const TIMEOUT_MS = 7 * SECOND_MS;
const LARGEST_BYTES = 16 * 1024 * 1024;

/**
 * One HTTP exchange. Resolves with any answer, also 4xx and 5xx; redirects are not followed.
 *
 * Throws AppError `network` when there is no answer in time, or one that is larger than it should be; rejects
 * with `stop`'s reason when that aborts. No error holds the URL or a header.
 */
export function createHttp({ venue, clock, timeoutMs = TIMEOUT_MS }: HttpOptions): SendHttp {
  return async (request, stop) => {
    stop.throwIfAborted();
    const timeout = new AbortController();
    const cancelTimer = clock.after(timeoutMs, () => timeout.abort());
    try {
      const response = await fetch(request.url, {
        method: request.method,
        headers: { ...request.headers },
        ...(request.form && { body: new URLSearchParams(request.form) }),
        redirect: 'manual',
        signal: AbortSignal.any([stop, timeout.signal]),
      });
      const text = await readText(response, request.largestBytes ?? LARGEST_BYTES);
      const [contentType = ''] = (response.headers.get('content-type') ?? '').split(';');
      return { status: response.status, contentType: contentType.trim().toLowerCase(), text };
    } catch (thrown) {
      stop.throwIfAborted();
      if (thrown instanceof TooLarge) throw failure(`${venue} sent an answer larger than it should be.`);
      if (timeout.signal.aborted) throw failure(`${venue} did not answer within ${timeoutMs / SECOND_MS} seconds.`);
      // fetch hides the reason in `cause`; its own message may quote the address.
      const cause = thrown instanceof Error ? thrown.cause : undefined;
      throw failure(`${venue} cannot be reached. ${wordsFor(cause)}`);
    } finally {
      cancelTimer();
    }
  };
}

class TooLarge extends Error {}

/** The body as text, counted after unpacking. */
async function readText(response: Response, largestBytes: number): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > largestBytes) throw new TooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function failure(what: string): AppError {
  return new AppError('network', `${what} Check the internet connection; Tickscope tries again.`);
}

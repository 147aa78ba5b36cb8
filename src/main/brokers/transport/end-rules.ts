import { MINUTE_MS } from '../../../core/brand.ts';
import type { ErrorCode } from '../../../core/errors.ts';
import { certificateWords } from './failure-words.ts';
import type { EndVerdict } from './link.ts';
import type { SocketEnd } from './socket.ts';

/** Shortest wait after the server said "too many" (HTTP 429). */
const TOO_MANY_MS = MINUTE_MS;
/** Between attempts against something that is a person's to mend, where it worked before. */
const RARELY_MS = 5 * MINUTE_MS;

/** Nothing to do with the network: another try brings the same. */
const FATAL: ReadonlySet<ErrorCode> = new Set(['forbidden', 'invalid-input', 'not-supported']);

/**
 * What the end of a connection means where the venue does not say otherwise. HTTP 401 and 403 end it for good, as does
 * whatever a person has to mend, such as a certificate that is not trusted. If there was a good connection in this run
 * (`worked`), that may be a hotel's sign-in page and pass: there is another try now and then.
 */
export function usualVerdict(end: SocketEnd, worked: boolean): EndVerdict {
  return end.kind === 'refused' ? ofStatus(end.httpStatus) : ofLoss(end, worked);
}

/** The end in words for a person. */
export function wordsForEnd(end: SocketEnd): string {
  if (end.kind === 'lost') return end.reason;
  const { httpStatus } = end;
  if (httpStatus === 429)
    return 'The server says there are too many connections (HTTP 429). Is another program connected?';
  if (httpStatus >= 300 && httpStatus < 400)
    return `The server sent us elsewhere (HTTP ${httpStatus}). A sign-in page of this network may be in the way.`;
  return `The server answered with HTTP ${httpStatus} instead of a connection.`;
}

function ofStatus(httpStatus: number): EndVerdict {
  const reason = wordsForEnd({ kind: 'refused', httpStatus });
  if (httpStatus === 401 || httpStatus === 403) return { kind: 'stop', reason: 'auth-expired', message: LOGIN_REFUSED };
  return httpStatus === 429 ? { kind: 'wait', ms: TOO_MANY_MS, reason } : { kind: 'retry', reason };
}

function ofLoss(end: SocketEnd & { readonly kind: 'lost' }, worked: boolean): EndVerdict {
  const { reason, failure, error } = end;
  if (error?.code === 'auth-expired') return { kind: 'stop', reason: 'auth-expired', message: reason };
  if (error?.code === 'rate-limited') return { kind: 'wait', ms: TOO_MANY_MS, reason };
  if (certificateWords(failure) === undefined && !(error !== undefined && FATAL.has(error.code)))
    return { kind: 'retry', reason };
  return worked ? { kind: 'wait', ms: RARELY_MS, reason } : { kind: 'stop', reason: 'failed', message: reason };
}

const LOGIN_REFUSED =
  'The server refused the login. Log in again; if that is fresh, check that the account includes live data.';

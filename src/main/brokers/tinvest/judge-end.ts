import type { EndVerdict } from '../transport/link.ts';
import type { SocketEnd } from '../transport/socket.ts';
import { certificateAdvice, NEW_TOKEN, NO_RIGHTS } from './errors.ts';
import { EXHAUSTED_MS, TOO_MANY_STREAMS_MS } from './wire.ts';

/** Close codes are 4000 plus gRPC's number of the status. */
export const CLOSE_BASE = 4_000;

const WRONG_ADDRESS =
  'T-Invest has no stream at this address (HTTP 404). Check TICKSCOPE_TINVEST_WS_URL, or choose Polling in Settings.';
const WRONG_HANDSHAKE =
  'T-Invest does not open the stream in the way that is set. Set Handshake of T-Invest to Automatic in Settings, under Feed.';
const WRONG_FRAME =
  'T-Invest did not understand what Tickscope asked for (close code 4003). Choose Polling in Settings meanwhile, and please report it.';
const EXHAUSTED = 'T-Invest says that a limit is reached (close code 4008). Is another program connected?';
const TOO_MANY_STREAMS =
  'T-Invest says there are too many open streams (HTTP 429). Is another program connected with the same account?';

/**
 * What the end of a stream means; undefined leaves it to the usual rules. `toldCode` is the last failure that the stream
 * itself told before it ended.
 *
 * Source: docs/wire-formats/tinvest.md, "The life of a stream".
 */
export function judgeEnd(end: SocketEnd, toldCode: number | undefined, hasCaFile: boolean): EndVerdict | undefined {
  if (end.kind === 'refused') return ofStatus(end.httpStatus);
  const advice = certificateAdvice(end.failure, hasCaFile);
  if (advice !== undefined) return { kind: 'stop', reason: 'failed', message: advice };
  if (end.failure?.startsWith('SUBPROTOCOL_') === true) return { kind: 'retry', reason: WRONG_HANDSHAKE };
  const isPlain = end.code === undefined || end.code < 3_000;
  return ofCode(isPlain && toldCode !== undefined ? CLOSE_BASE + toldCode : end.code);
}

/** Whether the server says that the token is worth nothing. */
export function isTokenRefused(end: SocketEnd): boolean {
  return end.kind === 'refused' ? end.httpStatus === 401 : end.code === 4_016 || end.code === 3_000;
}

/** Whether there is no stream at all where it was looked for, whatever the token. */
export function hasNoStream(end: SocketEnd): boolean {
  return end.kind === 'refused' && [400, 404, 405, 426, 501].includes(end.httpStatus);
}

function ofStatus(httpStatus: number): EndVerdict | undefined {
  switch (httpStatus) {
    case 401:
      return { kind: 'stop', reason: 'auth-expired', message: NEW_TOKEN };
    case 403:
      return { kind: 'stop', reason: 'auth-expired', message: NO_RIGHTS };
    case 404:
      return { kind: 'stop', reason: 'failed', message: WRONG_ADDRESS };
    case 429:
      return { kind: 'wait', ms: TOO_MANY_STREAMS_MS, reason: TOO_MANY_STREAMS };
    default:
      return undefined;
  }
}

function ofCode(code: number | undefined): EndVerdict | undefined {
  switch (code) {
    case 4_003:
      return { kind: 'stop', reason: 'failed', message: WRONG_FRAME };
    case 4_007:
    case 3_003:
      return { kind: 'stop', reason: 'auth-expired', message: NO_RIGHTS };
    case 4_008:
      return { kind: 'wait', ms: EXHAUSTED_MS, reason: EXHAUSTED };
    case 4_016:
    case 3_000:
      return { kind: 'stop', reason: 'auth-expired', message: NEW_TOKEN };
    default:
      return undefined;
  }
}

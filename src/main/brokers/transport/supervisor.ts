import { type EpochMs, MINUTE_MS } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import type { FeedStatus } from '../../../core/feed-status.ts';
import { pause } from '../../engine/pause.ts';
import type { Clock } from '../../engine/ports.ts';
import { backOffMs, type Jitter } from './back-off.ts';
import { type ConnectionMemory, PATIENCE, type Patience, runConnection } from './connection.ts';
import { guardedLink } from './guarded-link.ts';
import type { Link } from './link.ts';
import type { SocketEnd } from './socket.ts';

export interface SupervisorOptions {
  readonly clock: Clock;
  readonly jitter: Jitter;
  readonly patience?: Partial<Patience> | undefined;
}

/** Shortest wait after the server said "too many" (HTTP 429). */
const TOO_MANY_MS = MINUTE_MS;

/**
 * The one owner of a connection's life: connects, watches over it, and connects anew, until `stop` aborts or
 * the server refuses the login. Never rejects, and at no time holds two sockets.
 *
 * The wait after a failure doubles from 1 to 60 seconds and starts over once a connection brought good data.
 * HTTP 401 and 403 on the upgrade end in `stopped: auth-expired` without another try. An abort ends in
 * `stopped: by-user`, unless its reason is an AppError that says `auth-expired`.
 */
export async function supervise(link: Link, options: SupervisorOptions, stop: AbortSignal): Promise<void> {
  const { clock, jitter } = options;
  const patience = { ...PATIENCE, ...options.patience };
  const memory: ConnectionMemory = { lastDataAt: undefined };
  const safe = guardedLink(link);

  const sayStopped = (): void => safe.status(stoppedBy(stop.reason));
  if (stop.aborted) return sayStopped();
  stop.addEventListener('abort', sayStopped);

  let failures = 0;
  while (!stop.aborted) {
    safe.status({ state: 'connecting', attempt: failures + 1 });
    const { end, hadData } = await runConnection(safe, memory, clock, patience, stop);
    if (stop.aborted) break;
    if (isLoginRefused(end)) {
      stop.removeEventListener('abort', sayStopped);
      safe.status({ state: 'stopped', reason: 'auth-expired', message: LOGIN_REFUSED });
      return;
    }
    failures = hadData ? 1 : failures + 1;
    const waitMs = backOffMs(failures, jitter) + (isTooMany(end) ? TOO_MANY_MS : 0);
    safe.status({ state: 'waiting', retryAt: (clock.now() + waitMs) as EpochMs, reason: wordsForEnd(end) });
    await pause(clock, waitMs, stop);
  }
  stop.removeEventListener('abort', sayStopped);
}

const LOGIN_REFUSED =
  'The server refused the login. Log in again; if that is fresh, check that the account includes live data.';

function isLoginRefused(end: SocketEnd): boolean {
  return end.kind === 'refused' && (end.httpStatus === 401 || end.httpStatus === 403);
}

function isTooMany(end: SocketEnd): boolean {
  return end.kind === 'refused' && end.httpStatus === 429;
}

function wordsForEnd(end: SocketEnd): string {
  if (end.kind === 'lost') return end.reason;
  if (isTooMany(end)) return 'The server says there are too many connections (HTTP 429). Is another program connected?';
  return `The server answered with HTTP ${end.httpStatus} instead of a connection.`;
}

function stoppedBy(reason: unknown): FeedStatus {
  if (reason instanceof AppError && reason.code === 'auth-expired')
    return { state: 'stopped', reason: 'auth-expired', message: reason.message };
  return { state: 'stopped', reason: 'by-user' };
}

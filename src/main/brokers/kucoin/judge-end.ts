import type { EndVerdict } from '../transport/link.ts';
import type { SocketEnd } from '../transport/socket.ts';
import { waitOf } from './errors.ts';

/**
 * What the end of a connection means. There is no login to be refused: a token lasts a day, and each attempt brings a
 * new one. Undefined leaves it to the usual rules.
 */
export function judgeEnd(end: SocketEnd, hasExpired: boolean): EndVerdict | undefined {
  if (hasExpired) return { kind: 'now', reason: 'The token had expired.' };
  if (end.kind === 'refused') {
    if (end.httpStatus !== 401 && end.httpStatus !== 403) return undefined;
    return {
      kind: 'retry',
      reason: `KuCoin refused the connection (HTTP ${end.httpStatus}). It is closed to some countries and networks.`,
    };
  }
  const waitMs = end.error && waitOf(end.error);
  return waitMs === undefined ? undefined : { kind: 'wait', ms: waitMs, reason: end.reason };
}

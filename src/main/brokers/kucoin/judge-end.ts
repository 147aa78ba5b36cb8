import { MINUTE_MS } from '../../../core/brand.ts';
import type { EndVerdict } from '../transport/link.ts';
import type { SocketEnd } from '../transport/socket.ts';
import { waitOf } from './errors.ts';

/** Between attempts that KuCoin refuses with an error of its own. */
const REFUSED_MS = MINUTE_MS;

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
  if (end.error === undefined) return undefined;
  const waitMs = waitOf(end.error);
  if (waitMs !== undefined) return { kind: 'wait', ms: waitMs, reason: end.reason };
  // KuCoin refused a request that asks for nothing special: whatever it is, it passes, as maintenance does.
  return end.error.context['code'] === undefined ? undefined : { kind: 'wait', ms: REFUSED_MS, reason: end.reason };
}

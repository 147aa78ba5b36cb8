import { type EpochMs, SECOND_MS } from '../../../core/brand.ts';

/** A one-time code of another window than the server's is refused. */
const MOST_MS = 30 * SECOND_MS;

/**
 * A sentence for a person whose clock differs from the server's, as its `Date` header tells; undefined where it does
 * not differ by half a minute, or the server does not say.
 */
export function clockAdvice(serverDate: string | undefined, now: EpochMs): string | undefined {
  const server = serverDate === undefined ? Number.NaN : Date.parse(serverDate);
  const offMs = now - server;
  if (!(Math.abs(offMs) >= MOST_MS)) return undefined;
  const seconds = Math.round(Math.abs(offMs) / SECOND_MS);
  return `The clock of this computer is ${seconds} seconds ${offMs > 0 ? 'fast' : 'slow'}: set it, then log in again.`;
}

import type { EpochMs } from '../../core/brand.ts';

/**
 * Seconds to wait by a `Retry-After` header, which has seconds or an HTTP date (RFC 9110, 10.2.3); undefined where there
 * is none, or none that can be read.
 */
export function retryAfterSeconds(header: string | undefined, now: EpochMs): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1_000));
}

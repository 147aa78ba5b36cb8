import { createHmac } from 'node:crypto';
import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';
import type { Clock } from '../../engine/ports.ts';
import type { FcsCredentials } from './credentials.ts';

/** How long a signature holds, in seconds: one of the lifetimes FCS takes, and its usual one. */
const LIFETIME_SECONDS = 3_600;
/** Made anew so long before its end. */
const RENEW_MS = MINUTE_MS;

/**
 * Lower-case hex HMAC-SHA256 of the public key followed by the expiry in Unix seconds, keyed by the access key.
 * Source: rest-api-js of fcsapi.
 */
export function signToken(accessKey: string, publicKey: string, expirySeconds: number): string {
  return createHmac('sha256', accessKey).update(`${publicKey}${expirySeconds}`).digest('hex');
}

/** The form fields that say who asks: the key itself, or with a public key a signature that ends within the hour. */
export function createSignature(
  { accessKey, publicKey }: FcsCredentials,
  clock: Clock,
): () => Readonly<Record<string, string>> {
  if (publicKey === undefined) return () => ({ access_key: accessKey });
  let until = 0 as EpochMs;
  let fields: Readonly<Record<string, string>> = {};
  return () => {
    const now = clock.now();
    // A clock that was set back has made a signature that ends too late for FCS.
    const leftMs = until - now;
    if (leftMs <= RENEW_MS || leftMs > LIFETIME_SECONDS * SECOND_MS) {
      const expiry = Math.floor(now / SECOND_MS) + LIFETIME_SECONDS;
      until = (expiry * SECOND_MS) as EpochMs;
      fields = { _token: signToken(accessKey, publicKey, expiry), _expiry: `${expiry}`, _public_key: publicKey };
    }
    return fields;
  };
}

import { type EpochMs, SECOND_MS } from '../../../core/brand.ts';
import { isRecord } from '../../../core/is-record.ts';

/** What an access token says of itself. */
export interface TokenClaims {
  /** When it ends, about six the next morning; undefined where it does not say. */
  readonly expiresAt: EpochMs | undefined;
  /** The key of the data socket; undefined where it brings none. */
  readonly hsmKey: string | undefined;
}

/**
 * Reads the middle of the three parts of an access token (a JWT, RFC 7519). Its signature is the server's business.
 * Undefined for a text that is no such token.
 */
export function readAccessToken(token: string): TokenClaims | undefined {
  const [, payload, ...rest] = token.split('.');
  if (payload === undefined || rest.length !== 1) return undefined;
  let claims: unknown;
  try {
    claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  if (!isRecord(claims)) return undefined;
  const { exp, hsm_key: hsmKey } = claims;
  return {
    expiresAt: typeof exp === 'number' && Number.isFinite(exp) ? (Math.floor(exp * SECOND_MS) as EpochMs) : undefined,
    hsmKey: typeof hsmKey === 'string' && HSM_KEY.test(hsmKey) ? hsmKey : undefined,
  };
}

/** Printable, and short enough for a field of the login frame; 56 hexadecimal digits in the one that was seen. */
const HSM_KEY = /^[\x21-\x7e]{1,4096}$/;

import { createHash } from 'node:crypto';
import { AppError } from '../../../core/errors.ts';
import type { SendHttp } from '../transport/http.ts';
import { openEnvelope } from './envelope.ts';
import { unexpectedData } from './errors.ts';

/** Lower-case hex SHA-256 of both, with a colon between. */
export function appIdHash(appId: string, appSecret: string): string {
  return createHash('sha256').update(`${appId}:${appSecret}`).digest('hex');
}

export interface CodeExchange {
  readonly appId: string;
  readonly appSecret: string;
  readonly authCode: string;
}

/**
 * Turns the auth code of a login into the day's access token. It works once, so this is never repeated.
 *
 * Throws AppError `auth-expired` when Fyers refuses the code or the hash, `network` when it cannot be reached.
 */
export async function exchangeAuthCode(
  send: SendHttp,
  apiUrl: string,
  { appId, appSecret, authCode }: CodeExchange,
  stop: AbortSignal,
): Promise<string> {
  const hash = appIdHash(appId, appSecret);
  const json = { grant_type: 'authorization_code', appIdHash: hash, code: authCode };
  const answer = await send({ method: 'POST', url: `${apiUrl}/api/v3/validate-authcode`, json }, stop);
  let body: Readonly<Record<string, unknown>>;
  try {
    ({ body } = openEnvelope(answer, [appSecret, authCode, hash]));
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.retryable || thrown.code === 'forbidden') throw thrown;
    throw new AppError(
      'auth-expired',
      'Fyers refused the auth code: it works once, for a short while, with its own app id and secret. Check both, and log in again.',
      { cause: thrown, context: thrown.context },
    );
  }
  const token = body['access_token'];
  if (typeof token !== 'string' || token === '') throw unexpectedData('a login');
  return token;
}

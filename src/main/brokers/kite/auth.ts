import { createHash } from 'node:crypto';
import { AppError } from '../../../core/errors.ts';
import { isRecord } from '../../../core/is-record.ts';
import type { SendHttp } from '../transport/http.ts';
import { openEnvelope } from './envelope.ts';
import { unexpectedData } from './errors.ts';
import { KITE_VERSION } from './wire.ts';

/** Lower-case hex SHA-256 of the three, without separators. Source: https://kite.trade/docs/connect/v3/user/ */
export function checksum(apiKey: string, requestToken: string, apiSecret: string): string {
  return createHash('sha256').update(`${apiKey}${requestToken}${apiSecret}`).digest('hex');
}

export interface TokenExchange {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly requestToken: string;
}

/**
 * Turns the request token of a login page into the day's access token. It works once, so this is never repeated.
 *
 * Throws AppError `auth-expired` when Kite refuses the token or the checksum, `network` when it cannot be reached.
 */
export async function exchangeToken(
  send: SendHttp,
  apiUrl: string,
  { apiKey, apiSecret, requestToken }: TokenExchange,
  stop: AbortSignal,
): Promise<string> {
  const form = {
    api_key: apiKey,
    request_token: requestToken,
    checksum: checksum(apiKey, requestToken, apiSecret),
  };
  const answer = await send({ method: 'POST', url: `${apiUrl}/session/token`, headers: KITE_VERSION, form }, stop);
  const data = openExchange(() => openEnvelope(answer, [apiSecret, requestToken, form.checksum]));
  if (!isRecord(data) || typeof data['access_token'] !== 'string' || data['access_token'] === '')
    throw unexpectedData('a session');
  return data['access_token'];
}

function openExchange(open: () => unknown): unknown {
  try {
    return open();
  } catch (thrown) {
    if (!(thrown instanceof AppError) || (thrown.code !== 'auth-expired' && thrown.code !== 'invalid-input'))
      throw thrown;
    throw new AppError(
      'auth-expired',
      'Kite refused the request token: it works once, for a few minutes, with its own API key and secret. Log in again and enter the new one.',
      { cause: thrown, context: thrown.context },
    );
  }
}

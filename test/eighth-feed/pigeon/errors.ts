import { AppError, type ErrorCode } from '../../../src/core/errors.ts';
import { isRecord } from '../../../src/core/is-record.ts';
import type { HttpBody } from '../../../src/main/brokers/transport/http.ts';

export const LOGIN_REFUSED = 'The Pigeon Exchange refused the login. Log in again in Settings, under Feed.';

const CODES: Readonly<Record<string, ErrorCode>> = {
  token: 'auth-expired',
  login: 'auth-expired',
  plan: 'forbidden',
  'slow-down': 'rate-limited',
};

const SENTENCES: Readonly<Record<string, string>> = {
  token: LOGIN_REFUSED,
  login: 'The Pigeon Exchange refused user or PIN. Correct them in Settings, under Feed.',
  plan: 'The Pigeon Exchange does not allow this for your account. Look at your plan.',
  'slow-down': 'The Pigeon Exchange says there were too many requests. Tickscope waits a minute.',
};

/**
 * The `data` of an answer. Throws AppError for a refusal, and for what the exchange did not write. Its own words are
 * not quoted: they may repeat what it was sent.
 */
export function openAnswer({ status, contentType, text }: HttpBody): unknown {
  const body = parsed(text);
  if (isRecord(body) && body['ok'] === true) return body['data'];
  const code = isRecord(body) && isRecord(body['error']) ? body['error']['code'] : undefined;
  if (typeof code === 'string' && Object.hasOwn(CODES, code))
    throw new AppError(CODES[code] ?? 'network', SENTENCES[code] ?? '', { context: { status, code } });
  if (status === 429) throw new AppError('rate-limited', SENTENCES['slow-down'] ?? '', { context: { status } });
  const what = contentType === 'text/html' ? 'a web page' : 'something that cannot be read';
  throw new AppError('network', `The Pigeon Exchange answered with ${what} (HTTP ${status}). Tickscope tries again.`, {
    context: { status },
  });
}

export function unexpectedData(what: string): AppError {
  return new AppError('network', `The Pigeon Exchange sent ${what} in a form that cannot be read. Please report it.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

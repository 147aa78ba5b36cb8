import { isRecord } from '../../../core/is-record.ts';
import type { HttpBody } from '../transport/http.ts';
import { fyersError, gatewayError, unexpectedData } from './errors.ts';

/** An answer that is no failure. `no_data` is what history says where there is nothing. */
export interface OpenedEnvelope {
  readonly isEmpty: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

/** HTTP statuses whose body may still be a success: the login answers with a redirect that nobody is to follow. */
const REDIRECT = 308;

/**
 * The body of an answer. Success is `{"s":"ok",…}`, failure `{"s":"error","code":-16,"message":…}`, perhaps with
 * HTTP 200: `s` decides. Anything else was not written by Fyers.
 *
 * Throws AppError; should Fyers' own sentence quote one of the `secrets`, ours does not.
 */
export function openEnvelope({ status, contentType, text }: HttpBody, secrets: readonly string[]): OpenedEnvelope {
  const body = parsed(text);
  if (!isRecord(body)) {
    if (status === 200 && contentType === 'application/json') throw unexpectedData('an answer');
    throw gatewayError(status, contentType);
  }
  const { s } = body;
  if (s === 'ok' && (status < 300 || status === REDIRECT)) return { isEmpty: false, body };
  if (s === 'no_data' && status < 300) return { isEmpty: true, body };
  if (s === 'error' || typeof body['code'] === 'number') {
    const { code, message } = body;
    const quote = typeof message === 'string' ? withoutSecrets(message, secrets) : '';
    throw fyersError({ status, code: typeof code === 'number' ? code : undefined, message: quote });
  }
  throw status < 300 ? unexpectedData('an answer') : gatewayError(status, contentType);
}

/** The text of a list of symbols. Throws AppError. */
export function openCsv(answer: HttpBody): string {
  const { status, contentType, text } = answer;
  // A web page in place of the list begins like one, whatever its type says.
  if (status === 200 && !contentType.includes('html') && !contentType.includes('json') && !text.startsWith('<'))
    return text;
  throw gatewayError(status, contentType);
}

/** Text with every secret blotted out, should a server repeat what it was sent. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => (secret === '' ? clean : clean.replaceAll(secret, '…')), text);
}

/** Undefined for what is no JSON; the error of the reader would quote the answer, which may hold a token. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

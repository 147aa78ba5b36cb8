import { isRecord } from '../../../core/is-record.ts';
import type { HttpBody } from '../transport/http.ts';
import { gatewayError, type KiteFailure, kiteError, unexpectedData } from './errors.ts';

/**
 * The `data` of an answer. Success is `{"status":"success","data":…}`, failure
 * `{"status":"error","error_type":…,"message":…}`; anything else was not written by Kite.
 *
 * Source: https://kite.trade/docs/connect/v3/response-structure/. Throws AppError; should Kite's own sentence
 * quote one of the `secrets`, ours does not.
 */
export function openEnvelope(answer: HttpBody, secrets: readonly string[]): unknown {
  const outcome = readEnvelope(answer, secrets);
  if ('failure' in outcome) throw kiteError(outcome.failure);
  return outcome.data;
}

/** The same for callers to whom Kite's refusals mean something else. Throws AppError where it was not Kite that answered. */
export function readEnvelope(
  { status, contentType, text }: HttpBody,
  secrets: readonly string[],
): { readonly data: unknown } | { readonly failure: KiteFailure } {
  if (contentType !== 'application/json') throw gatewayError(status, contentType);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // The cause would quote the answer, which may hold a token.
    throw unexpectedData('an answer');
  }
  if (!isRecord(body)) throw unexpectedData('an answer');
  if (typeof body['error_type'] === 'string') {
    const { error_type: errorType, message } = body;
    const quote = typeof message === 'string' ? withoutSecrets(message, secrets) : '';
    return { failure: { status, errorType, message: quote } };
  }
  if (status !== 200 || body['status'] !== 'success') throw gatewayError(status, contentType);
  return { data: body['data'] };
}

/** The text of a CSV answer; failures still come as JSON. Throws AppError. */
export function openCsv(answer: HttpBody, secrets: readonly string[]): string {
  if (answer.status === 200 && answer.contentType === 'text/csv') return answer.text;
  openEnvelope(answer, secrets);
  throw gatewayError(answer.status, answer.contentType);
}

/** Text with every secret blotted out, should a server repeat what it was sent. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => (secret === '' ? clean : clean.replaceAll(secret, '…')), text);
}

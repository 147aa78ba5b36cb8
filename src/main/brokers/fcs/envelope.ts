import { isRecord } from '../../../core/is-record.ts';
import type { HttpAnswer } from '../transport/http.ts';
import { type FcsFailure, fcsError, gatewayError, unexpectedData } from './errors.ts';
import { numberIn, shortText } from './read-fields.ts';

/** What FCS wrapped its data in. */
export type Envelope =
  | { readonly kind: 'data'; readonly response: unknown }
  | ({ readonly kind: 'failure' } & FcsFailure);

/**
 * Reads `{"status": true, "code": 200, "msg": "…", "response": …}`. Only `status` tells success: failures come with
 * HTTP 200 too. Undefined for what FCS did not write.
 */
export function readEnvelope(body: unknown): Envelope | undefined {
  if (!isRecord(body) || typeof body['status'] !== 'boolean') return undefined;
  const { status, code, msg, response } = body;
  if (status) return { kind: 'data', response };
  return { kind: 'failure', code: numberIn(code) ?? 0, message: shortText(msg ?? '') };
}

/** The `response` of an answer. Throws AppError; should FCS's sentence quote one of the `secrets`, ours does not. */
export function openEnvelope(
  { status, contentType, text }: Pick<HttpAnswer, 'status' | 'contentType' | 'text'>,
  secrets: readonly string[],
): unknown {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw status === 200 && contentType === 'application/json'
      ? unexpectedData('an answer')
      : gatewayError(status, contentType);
  }
  const envelope = readEnvelope(body);
  if (envelope === undefined) throw status === 200 ? unexpectedData('an answer') : gatewayError(status, contentType);
  if (envelope.kind === 'failure')
    throw fcsError({ code: envelope.code, message: withoutSecrets(envelope.message, secrets) });
  return envelope.response;
}

/** Text with every secret blotted out, should a server repeat what it was sent. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => (secret === '' ? clean : clean.replaceAll(secret, '…')), text);
}

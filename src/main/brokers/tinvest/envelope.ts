import { AppError } from '../../../core/errors.ts';
import { isRecord } from '../../../core/is-record.ts';
import type { HttpBody } from '../transport/http.ts';
import { gatewayError, unexpectedData, venueError } from './errors.ts';
import { member } from './member.ts';

/**
 * What an answer holds. A failure is `{"code": …, "message": …, "description": …}` with an HTTP status; anything that is not
 * JSON was not written by T-Invest. Throws AppError; should the venue's own sentence quote one of the `secrets`, ours
 * does not.
 */
export function openEnvelope(
  { status, contentType, text }: HttpBody,
  secrets: readonly string[],
): Readonly<Record<string, unknown>> {
  if (contentType !== 'application/json') throw gatewayError(status, contentType);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // The cause would quote the answer.
    throw unexpectedData('an answer');
  }
  if (!isRecord(body)) throw unexpectedData('an answer');
  if (status === 200) return body;
  const [code, message, description] = [member(body, 'code'), member(body, 'message'), member(body, 'description')];
  throw venueError({
    status,
    code: typeof code === 'number' ? code : undefined,
    description: typeof description === 'number' || typeof description === 'string' ? String(description) : '',
    message: typeof message === 'string' ? withoutSecrets(message, secrets) : '',
  });
}

/** Text with every secret blotted out, should a server repeat what it was sent. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => (secret === '' ? clean : clean.replaceAll(secret, '…')), text);
}

/** Whether an error says that the instrument asked for does not exist. */
export function isNotFound(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === 'not-found';
}

import { isRecord } from '../../../core/is-record.ts';
import type { HttpAnswer } from '../transport/http.ts';
import { gatewayError, kucoinError, unexpectedData } from './errors.ts';
import { readText } from './read-values.ts';

/** The one code that means success. */
const SUCCESS = '200000';

/**
 * The `data` of an answer. Success is `{"code":"200000","data":…}`; an error is `{"code":…,"msg":…}` and may come with
 * HTTP 200 too. Anything else was not written by KuCoin. Throws AppError.
 */
export function openEnvelope(answer: HttpAnswer): unknown {
  if (answer.contentType !== 'application/json') throw gatewayError(answer);
  let body: unknown;
  try {
    body = JSON.parse(answer.text);
  } catch {
    if (answer.status !== 200) throw gatewayError(answer);
    throw unexpectedData('an answer');
  }
  if (!isRecord(body)) throw unexpectedData('an answer');
  const { code, msg, data } = body;
  if (typeof code !== 'string' && typeof code !== 'number') throw gatewayError(answer);
  if (String(code) !== SUCCESS) throw kucoinError(answer, String(code), readText(msg) ?? 'no reason given');
  if (answer.status !== 200) throw gatewayError(answer);
  return data;
}

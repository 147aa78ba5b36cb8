import { SECOND_MS } from '../../../core/brand.ts';
import { AppError, type ErrorCode } from '../../../core/errors.ts';
import type { HttpAnswer } from '../transport/http.ts';
import { readNumber } from './read-values.ts';

/** KuCoin's codes in our words; those of 5xx are the venue's own trouble. Source: docs/wire-formats/kucoin.md, "Errors". */
const CODES: Readonly<Record<string, ErrorCode>> = {
  '400100': 'invalid-input',
  '400200': 'forbidden',
  '400300': 'forbidden',
  '403000': 'forbidden',
  '404000': 'not-found',
  '900001': 'not-found',
};

const TOO_MANY = new Set(['429000', '1015']);
const TOO_FAST = 'KuCoin says there were too many requests. Tickscope slows down and tries again.';
const LONGEST_QUOTE = 200;

/** A layer before KuCoin's servers shuts a caller out for this long; KuCoin itself counts in windows of as much. */
const USUAL_WAIT_MS = 30 * SECOND_MS;
const LONGEST_WAIT_MS = 120 * SECOND_MS;

/** An error that KuCoin told in its own form, whatever the HTTP status was. */
export function kucoinError(answer: HttpAnswer, code: string, message: string): AppError {
  if (TOO_MANY.has(code) || answer.status === 429) return tooMany(answer);
  const context = { status: answer.status, code: code.slice(0, 20) };
  const quote = message.slice(0, LONGEST_QUOTE);
  if (code.startsWith('5') || answer.status >= 500)
    return new AppError('network', `KuCoin has trouble of its own: "${quote}" Tickscope tries again.`, { context });
  const ours = CODES[code] ?? 'invalid-input';
  return new AppError(ours, sentence(ours, quote), { context });
}

/** An answer that is not KuCoin's JSON: a web page of some gateway on the way. */
export function gatewayError(answer: HttpAnswer): AppError {
  if (answer.status === 429) return tooMany(answer);
  const what = answer.contentType === 'text/html' ? 'a web page' : 'something that is not data';
  return new AppError(
    'network',
    `KuCoin answered with ${what} (HTTP ${answer.status}). Its servers may be down, or the network wants a login of its own; Tickscope tries again.`,
    { context: { status: answer.status, contentType: answer.contentType.slice(0, 40) } },
  );
}

/** Data that is JSON, and KuCoin's, but not what the documents promise. */
export function unexpectedData(what: string): AppError {
  return new AppError('network', `KuCoin sent ${what} that cannot be read. If it happens again, please report it.`);
}

/** How long the venue wants to be left alone; undefined when the error is another. */
export function waitOf(error: AppError): number | undefined {
  const { waitMs } = error.context;
  return error.code === 'rate-limited' && typeof waitMs === 'number' ? waitMs : undefined;
}

/** The headers may be missing when the server itself has too much to do. */
function tooMany({ status, header }: HttpAnswer): AppError {
  const told = readNumber(header('gw-ratelimit-reset'));
  const waitMs = Math.min(told ?? USUAL_WAIT_MS, LONGEST_WAIT_MS);
  return new AppError('rate-limited', TOO_FAST, { context: { status, waitMs } });
}

function sentence(code: ErrorCode, quote: string): string {
  switch (code) {
    case 'not-found':
      return `KuCoin does not have this: "${quote}" Check the names of the instruments in Settings.`;
    case 'forbidden':
      return `KuCoin does not answer requests from here: "${quote}" It is closed to some countries and networks.`;
    default:
      return `KuCoin refused the request: "${quote}" If it happens again, please report it.`;
  }
}

import { AppError, type ErrorCode } from '../../../core/errors.ts';

/** Fyers' `code` in our words. Source: the API reference, and recorded answers; docs/wire-formats/fyers.md, "Errors". */
const CODES: Readonly<Record<number, ErrorCode>> = {
  [-8]: 'auth-expired',
  [-15]: 'auth-expired',
  [-16]: 'auth-expired',
  [-17]: 'auth-expired',
  [-50]: 'invalid-input',
  [-51]: 'invalid-input',
  [-53]: 'invalid-input',
  [-99]: 'invalid-input',
  [-300]: 'not-found',
  [-352]: 'invalid-input',
  [-429]: 'rate-limited',
  [-437]: 'auth-expired',
  [-501]: 'auth-expired',
};

const LONGEST_QUOTE = 200;

export const LOGIN_AGAIN = 'Fyers no longer accepts the login. Log in again in Settings, under Feed.';
export const TOO_FAST =
  'Fyers says there were too many requests. Tickscope waits before the next; too many in one day block the account until the day ends.';

export interface FyersFailure {
  readonly status: number;
  readonly code: number | undefined;
  /** Fyers' own sentence. */
  readonly message: string;
}

/** An error of Fyers' as ours, told from its code, else from the HTTP status, never from the text, which changes. */
export function fyersError({ status, code, message }: FyersFailure): AppError {
  const kind = kindOf(status, code);
  return new AppError(kind, sentence(kind, message.slice(0, LONGEST_QUOTE)), { context: { status, code: code ?? 0 } });
}

function kindOf(status: number, code: number | undefined): ErrorCode {
  if (status === 429 || code === 429) return 'rate-limited';
  const known = code === undefined ? undefined : CODES[code];
  if (known !== undefined) return known;
  if (status === 401) return 'auth-expired';
  if (status === 403) return 'forbidden';
  if (status >= 500) return 'network';
  return status === 404 ? 'not-found' : 'invalid-input';
}

/** An answer that is not Fyers' JSON: a web page of some gateway on the way. */
export function gatewayError(status: number, contentType: string): AppError {
  const context = { status, contentType: contentType.slice(0, 40) };
  if (status === 429) return new AppError('rate-limited', TOO_FAST, { context });
  const what = contentType === 'text/html' ? 'a web page' : 'something that is not data';
  return new AppError(
    'network',
    `Fyers answered with ${what} (HTTP ${status}). Its servers may be down, or the network wants a login of its own; Tickscope tries again.`,
    { context },
  );
}

/** Data that is JSON, and Fyers', but not what the documents promise. */
export function unexpectedData(what: string): AppError {
  return new AppError('network', `Fyers sent ${what} that cannot be read. If it happens again, please report it.`);
}

function sentence(kind: ErrorCode, quote: string): string {
  switch (kind) {
    case 'auth-expired':
      return LOGIN_AGAIN;
    case 'rate-limited':
      return TOO_FAST;
    case 'forbidden':
      return `Fyers does not allow this for your app: "${quote}" Check its permissions on the page of your app.`;
    case 'network':
      return `Fyers has trouble of its own: "${quote}" Tickscope tries again.`;
    case 'not-found':
      return `Fyers does not know it: "${quote}" Check the symbol.`;
    default:
      return `Fyers refused the request: "${quote}" If it happens again, please report it.`;
  }
}

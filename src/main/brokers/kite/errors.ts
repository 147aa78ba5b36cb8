import { AppError, type ErrorCode } from '../../../core/errors.ts';

/** Kite's `error_type` in our words. Source: https://kite.trade/docs/connect/v3/exceptions/ */
const CODES: Readonly<Record<string, ErrorCode>> = {
  TokenException: 'auth-expired',
  PermissionException: 'forbidden',
  UserException: 'forbidden',
  TwoFAException: 'forbidden',
  InputException: 'invalid-input',
  OrderException: 'invalid-input',
  MarginException: 'invalid-input',
  HoldingException: 'invalid-input',
  NetworkException: 'network',
  DataException: 'network',
};

const LONGEST_QUOTE = 200;

export const LOGIN_AGAIN = 'Kite no longer accepts the login. Log in again in Settings, under Feed.';
const TOO_MANY_LOGINS =
  'Kite says there were too many logins. Wait some minutes, then log in again in Settings, under Feed.';
const TOO_FAST = 'Kite says there were too many requests. Tickscope slows down and tries again.';

export interface KiteFailure {
  readonly status: number;
  readonly errorType: string;
  /** Kite's own sentence. */
  readonly message: string;
}

/** An error of Kite's as ours. The kind is told from `error_type`, never from the text, which changes. */
export function kiteError({ status, errorType, message }: KiteFailure): AppError {
  const context = { status, errorType };
  // Clients and, they report, the server too call a 429 a NetworkException.
  if (status === 429) return new AppError('rate-limited', TOO_FAST, { context });
  // GeneralException, and types that nobody documents: a 5xx is the venue's own trouble and worth another try.
  const code = CODES[errorType] ?? (status >= 500 ? 'network' : 'invalid-input');
  return new AppError(code, sentence(code, message.slice(0, LONGEST_QUOTE)), { context });
}

/** A login that Kite refused. `what` it did not like is told in our words, why in its own. */
export function loginRefused(what: string, failure: KiteFailure): AppError {
  const { status, errorType, message } = failure;
  const context = { status, errorType };
  if (status === 429) return new AppError('rate-limited', TOO_MANY_LOGINS, { context });
  if (CODES[errorType] === 'network') return kiteError(failure);
  const quote = message.slice(0, LONGEST_QUOTE);
  return new AppError(
    'auth-expired',
    `Kite refused ${what}: "${quote}" Check what is entered in Settings, under Feed, before the next try: after a few wrong ones Kite locks the account.`,
    { context },
  );
}

/** An answer that is not Kite's JSON: a web page of some gateway on the way. */
export function gatewayError(status: number, contentType: string): AppError {
  const context = { status, contentType: contentType.slice(0, 40) };
  if (status === 429) return new AppError('rate-limited', TOO_FAST, { context });
  const what = contentType === 'text/html' ? 'a web page' : 'something that is not data';
  return new AppError(
    'network',
    `Kite answered with ${what} (HTTP ${status}). Its servers may be down, or the network wants a login of its own; Tickscope tries again.`,
    { context },
  );
}

/** Data that is JSON, and Kite's, but not what the documents promise. */
export function unexpectedData(what: string): AppError {
  return new AppError('network', `Kite sent ${what} that cannot be read. If it happens again, please report it.`);
}

function sentence(code: ErrorCode, quote: string): string {
  switch (code) {
    case 'auth-expired':
      return LOGIN_AGAIN;
    case 'forbidden':
      return `Kite does not allow this for your account: "${quote}" Live data needs a paid Kite Connect app.`;
    case 'network':
      return `Kite has trouble of its own: "${quote}" Tickscope tries again.`;
    default:
      return `Kite refused the request: "${quote}" If it happens again, please report it.`;
  }
}

import { AppError, type ErrorCode } from '../../../core/errors.ts';

/** What the API says went wrong. */
export interface VenueFailure {
  /** HTTP status; 0 for a failure told by the stream. */
  readonly status: number;
  /** Number of gRPC's status. */
  readonly code: number | undefined;
  /** The API's own number, such as 40003; empty where there is none. */
  readonly description: string;
  readonly message: string;
}

/** The API's own numbers. Source: its page of errors. */
const BY_NUMBER: Readonly<Record<string, ErrorCode>> = {
  '40002': 'forbidden',
  '40003': 'auth-expired',
  '40004': 'forbidden',
  '50002': 'not-found',
  '70001': 'network',
  '70002': 'network',
  '70003': 'network',
  '80001': 'rate-limited',
  '80002': 'rate-limited',
};

/** Numbers of gRPC's statuses. Source: https://grpc.io/docs/guides/status-codes/ */
const BY_CODE: Readonly<Record<number, ErrorCode>> = {
  2: 'network',
  3: 'invalid-input',
  4: 'network',
  5: 'not-found',
  7: 'forbidden',
  8: 'rate-limited',
  9: 'invalid-input',
  11: 'invalid-input',
  12: 'not-supported',
  13: 'network',
  14: 'network',
  16: 'auth-expired',
};

const LONGEST_QUOTE = 200;

export const NEW_TOKEN =
  'T-Invest does not accept the token. Make a new one on the page of T-Invest API settings and enter it in Settings, under Feed; a sandbox token works with the sandbox only.';
export const NO_RIGHTS =
  'T-Invest does not allow this with this token. Make one with the right to read and enter it in Settings, under Feed.';
const TOO_FAST = 'T-Invest says there were too many requests. Tickscope slows down and tries again.';
const TOO_MANY_STREAMS =
  'T-Invest says there are too many open streams. Close other programs that use the same account; Tickscope tries again.';

/** A failure told by the API as ours. The kind is told from its numbers, never from the text. */
export function venueError({ status, code, description, message }: VenueFailure): AppError {
  const context = { status, ...(code !== undefined && { code }), ...(description !== '' && { description }) };
  const kind = kindOf(status, code, description);
  return new AppError(kind, sentence(kind, description, message.slice(0, LONGEST_QUOTE)), { context });
}

function kindOf(status: number, code: number | undefined, description: string): ErrorCode {
  const byNumber = Object.hasOwn(BY_NUMBER, description) ? BY_NUMBER[description] : undefined;
  if (byNumber !== undefined) return byNumber;
  // 30011 no such interval, 30012 ends before it begins, 30014 too long a window, 30084, 30093, 30220, 30235, …
  if (/^3\d{4}$/.test(description)) return 'invalid-input';
  if (status === 429) return 'rate-limited';
  if (status === 401) return 'auth-expired';
  const byCode = code !== undefined && Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
  if (byCode !== undefined) return byCode;
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  return status >= 500 ? 'network' : 'invalid-input';
}

function sentence(kind: ErrorCode, description: string, message: string): string {
  const quote = message === '' ? `error ${description || 'without a number'}` : `"${message}"`;
  switch (kind) {
    case 'auth-expired':
      return NEW_TOKEN;
    case 'forbidden':
      return NO_RIGHTS;
    case 'rate-limited':
      return description === '80001' ? TOO_MANY_STREAMS : TOO_FAST;
    case 'network':
      return `T-Invest has trouble of its own: ${quote} Tickscope tries again.`;
    case 'not-found':
      return `T-Invest does not know what was asked for: ${quote} Check the instrument in Settings.`;
    default:
      return `T-Invest refused the request: ${quote} If it happens again, please report it.`;
  }
}

/** An answer that is not T-Invest's JSON: a web page of some gateway on the way, or a redirect. */
export function gatewayError(status: number, contentType: string): AppError {
  const context = { status, contentType: contentType.slice(0, 40) };
  if (status === 429) return new AppError('rate-limited', TOO_FAST, { context });
  if (status === 401) return new AppError('auth-expired', NEW_TOKEN, { context });
  const what = contentType === 'text/html' ? 'a web page' : 'something that is not data';
  return new AppError(
    'network',
    `T-Invest answered with ${what} (HTTP ${status}). Its servers may be down, or the network wants a login of its own; Tickscope tries again.`,
    { context },
  );
}

/** JSON of T-Invest that is not what the documents promise. */
export function unexpectedData(what: string): AppError {
  return new AppError('network', `T-Invest sent ${what} that cannot be read. If it happens again, please report it.`);
}

const CA_CODE = /\(((?:SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|CERT_|ERR_TLS|HOSTNAME)[A-Z_]*)\)$/;
/** Failures that another certificate file can mend. */
const UNKNOWN_ISSUER = /SELF_SIGNED|ISSUER|LEAF|UNTRUSTED/;

/**
 * What to do about a server whose certificate was not accepted, by Node's code of the failure; undefined for any other
 * failure. Verification is never switched off.
 */
export function certificateAdvice(code: string | undefined, hasCaFile: boolean): string | undefined {
  if (code === undefined || !CA_CODE.test(`(${code})`)) return undefined;
  if (!UNKNOWN_ISSUER.test(code))
    return `The certificate of T-Invest was not accepted (${code}). Check the date and time of this computer and the address of the server.`;
  return hasCaFile
    ? `The certificate of T-Invest does not come from the authority in the CA file (${code}). Choose the file with the Russian Trusted Root CA, or look whether something in this network reads along.`
    : `The certificate of T-Invest comes from an authority that this computer does not know (${code}). Download "Russian Trusted Root CA" from gosuslugi.ru/crt, check its SHA-256 fingerprint, and set it as CA file of T-Invest in Settings, under Feed.`;
}

/** The code in the sentence of the transport's own certificate error. */
export function certificateCode(message: string): string | undefined {
  return CA_CODE.exec(message)?.[1];
}

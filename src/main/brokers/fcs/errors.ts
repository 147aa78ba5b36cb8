import { AppError, type ErrorCode } from '../../../core/errors.ts';

/** The `code` of a failed answer, and what FCS says beside it. */
export interface FcsFailure {
  readonly code: number;
  readonly message: string;
}

/** What a failure asks for. */
export type FailureAction = 'stop-auth' | 'stop' | 'wait' | 'retry';

/** As public clients report them: the vendor has no list. */
const ACTIONS: Readonly<Record<number, FailureAction>> = {
  101: 'stop-auth',
  401: 'stop-auth',
  102: 'stop',
  403: 'stop',
  429: 'wait',
};

const CODES: Readonly<Record<FailureAction, ErrorCode>> = {
  'stop-auth': 'auth-expired',
  stop: 'forbidden',
  wait: 'rate-limited',
  retry: 'network',
};

export function actionFor(code: number): FailureAction {
  return ACTIONS[code] ?? 'retry';
}

export const KEY_REFUSED =
  'FCS refused the access key. Enter the key of your account at fcsapi.com in Settings, under Feed.';

/** A failed answer as ours. */
export function fcsError({ code, message }: FcsFailure): AppError {
  const action = actionFor(code);
  return new AppError(CODES[action], sentence(action, message), { context: { code } });
}

function sentence(action: FailureAction, message: string): string {
  switch (action) {
    case 'stop-auth':
      return KEY_REFUSED;
    case 'stop':
      return `FCS does not allow this for your account: "${message}" Look at your plan at fcsapi.com.`;
    case 'wait':
      return 'FCS says there were too many requests. Tickscope waits a minute; the limits of your plan can be set in Settings, under Feed.';
    case 'retry':
      return `FCS did not answer the question: "${message}" Tickscope tries again.`;
  }
}

/** An answer that is not FCS's JSON: a web page of some gateway on the way. */
export function gatewayError(status: number, contentType: string): AppError {
  const context = { status, contentType: contentType.slice(0, 40) };
  if (status === 429) return new AppError('rate-limited', sentence('wait', ''), { context });
  if (status === 401) return new AppError('auth-expired', KEY_REFUSED, { context });
  const what = contentType === 'text/html' ? 'a web page' : 'something that is not data';
  return new AppError(
    'network',
    `FCS answered with ${what} (HTTP ${status}). Its servers may be down, or the network wants a login of its own; Tickscope tries again.`,
    { context },
  );
}

/** Data that is JSON, and FCS's, but not what its clients read. */
export function unexpectedData(what: string): AppError {
  return new AppError('network', `FCS sent ${what} that cannot be read. If it happens again, please report it.`);
}

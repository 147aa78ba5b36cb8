/** What went wrong, in words the UI can act on. Whether to retry is a property of the code. */
const RETRYABLE = {
  'auth-expired': false,
  forbidden: false,
  'invalid-input': false,
  'not-supported': false,
  'not-found': false,
  'rate-limited': true,
  network: true,
  storage: false,
  internal: false,
} as const satisfies Record<string, boolean>;

export type ErrorCode = keyof typeof RETRYABLE;

/** What goes to the log beside the sentence. */
export interface ErrorDetail {
  readonly cause?: unknown;
  /** Safe to log and to show: identifiers and numbers, never tokens or payloads. */
  readonly context?: Readonly<Record<string, string | number>>;
}

/**
 * The one error type that crosses module borders.
 *
 * `message` is a full sentence for the person at the screen: what failed, and what to do next.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly context: Readonly<Record<string, string | number>>;

  constructor(code: ErrorCode, message: string, { cause, context = {} }: ErrorDetail = {}) {
    super(message, { cause });
    this.code = code;
    this.context = context;
  }

  get retryable(): boolean {
    return RETRYABLE[this.code];
  }

  /** Wraps whatever was thrown, once, so callers never see a bare `unknown`. */
  static from(thrown: unknown): AppError {
    if (thrown instanceof AppError) return thrown;
    return new AppError('internal', 'Something went wrong inside the app. The log has the details.', { cause: thrown });
  }
}

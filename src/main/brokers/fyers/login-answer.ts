import { AppError } from '../../../core/errors.ts';
import type { HttpBody } from '../transport/http.ts';
import { openEnvelope } from './envelope.ts';

const WAIT =
  'Fyers says there were too many logins. Wait a few minutes, then log in again; it does not mean that anything was wrong.';
/** The login servers say it in words where others say 429. */
const TOO_MANY = /too many|rate limit|try again after/i;

/**
 * The body of a step of the login. Throws AppError: `rate-limited` to wait, `network`, or `auth-expired`, whose
 * sentence says that `what` was refused, and `advice`.
 */
export function openLoginAnswer(
  answer: HttpBody,
  what: string,
  secrets: readonly string[],
  advice = `Check ${what} in Settings, under Feed.`,
): Readonly<Record<string, unknown>> {
  try {
    return openEnvelope(answer, secrets).body;
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    const { context } = thrown;
    if (thrown.code === 'rate-limited' || TOO_MANY.test(answer.text.slice(0, 2_000)))
      throw new AppError('rate-limited', WAIT, { context });
    if (thrown.retryable) throw thrown;
    throw new AppError('auth-expired', `Fyers refused ${what}. ${advice}`, { cause: thrown, context });
  }
}

import type { EpochMs } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { PostAnswer } from './http-post.ts';
import { retryAfterSeconds } from './retry-after.ts';

/**
 * What an answer other than 2xx means. Retryable for 408, 425, 429 and 5xx, with `context.retryAfterSeconds` where the
 * server says when; anything else is given up, redirects too. `who` begins the sentence.
 */
export function refusalOf(who: string, answer: Pick<PostAnswer, 'status' | 'header'>, now: EpochMs): AppError {
  const { status } = answer;
  const wait = retryAfterSeconds(answer.header('retry-after'), now);
  const context = wait === undefined ? { status } : { status, retryAfterSeconds: wait };
  const told = (what: string): string => `${who} ${what} (HTTP ${status}).`;
  if (status === 429)
    return new AppError('rate-limited', `${told('gets more than it takes')} Tickscope tries again.`, { context });
  if (status === 408 || status === 425 || status >= 500)
    return new AppError('network', `${told('could not take the message')} Tickscope tries again.`, { context });
  if (status >= 300 && status < 400)
    return new AppError(
      'invalid-input',
      `${told('sends on to another address, which is not followed')} Enter the address it leads to in Settings, under Alerts.`,
      { context },
    );
  if (status === 401 || status === 403)
    return new AppError(
      'forbidden',
      `${told('does not accept us')} Check its address and secret in Settings, under Alerts.`,
      { context },
    );
  if (status === 404 || status === 410)
    return new AppError('not-found', `${told('is not there')} Check its address in Settings, under Alerts.`, {
      context,
    });
  return new AppError('invalid-input', `${told('refused the message')} Look into what the receiver expects.`, {
    context,
  });
}

import { expect } from 'vitest';
import { AppError } from '../../src/core/errors.ts';

/** The AppError that `work` throws; anything else fails the test. */
export function appErrorOf(work: () => unknown): AppError {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  return expect.unreachable('it should have thrown');
}

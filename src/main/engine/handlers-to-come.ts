import type { CommandHandlers } from '../../contract/commands.ts';
import { AppError } from '../../core/errors.ts';

const toCome = async (): Promise<never> => {
  throw new AppError('not-supported', 'This is not built yet.');
};

/** Answers of desks that are being built. */
export const HANDLERS_TO_COME = {
  'outcomes.load': toCome,
} satisfies Partial<CommandHandlers>;

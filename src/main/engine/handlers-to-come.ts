import type { CommandHandlers } from '../../contract/commands.ts';
import { AppError } from '../../core/errors.ts';

const toCome = async (): Promise<never> => {
  throw new AppError('not-supported', 'This is not built yet.');
};

/** Answers of desks that are being built. */
export const HANDLERS_TO_COME = {
  'rules.load': toCome,
  'rules.save': toCome,
  'rules.remove': toCome,
  'rules.check': toCome,
  'rules.import': toCome,
  'rules.export': toCome,
  'rules.backtest': toCome,
  'rules.noise': toCome,
  'rules.nearest': toCome,
  'alerts.passport': toCome,
  'alerts.prove': toCome,
  'alerts.export': toCome,
  'alerts.mute': toCome,
  'outcomes.load': toCome,
  'channels.load': toCome,
  'channels.save': toCome,
  'channels.test': toCome,
  'orders.load': toCome,
  'orders.exit': toCome,
  'orders.cancel': toCome,
  'orders.journal': toCome,
} satisfies Partial<CommandHandlers>;

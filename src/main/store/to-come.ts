import { AppError } from '../../core/errors.ts';
import type { OutcomeStore } from '../engine/alert-store-port.ts';

const toCome = (): never => {
  throw new AppError('not-supported', 'This part of the store is not built yet.');
};

/** Stands in for repositories that are being built. */
export const TO_COME: OutcomeStore = {
  ungraded: () => [],
  saveOutcomes: toCome,
  outcomes: () => [],
};

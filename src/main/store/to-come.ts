import { AppError } from '../../core/errors.ts';
import type { DeliveryStore, EvidenceStore, OutcomeStore } from '../engine/alert-store-port.ts';

const toCome = (): never => {
  throw new AppError('not-supported', 'This part of the store is not built yet.');
};

/** Stands in for repositories that are being built. */
export const TO_COME: Omit<EvidenceStore, 'raise'> & DeliveryStore & OutcomeStore = {
  evidence: () => [],
  addEvidence: toCome,
  brokenLink: () => undefined,
  deliveries: () => [],
  postpone: toCome,
  settle: toCome,
  ungraded: () => [],
  saveOutcomes: toCome,
  outcomes: () => [],
};

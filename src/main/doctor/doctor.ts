import { AppError } from '../../core/errors.ts';
import type { Doctor } from '../engine/ports.ts';
import type { DoctorParts } from './parts.ts';

/**
 * Looks into everything that can be wrong with a venue, in at most 30 seconds, and closes what it opened. Throws
 * AppError for a broker nobody knows; rejects with `stop`'s reason when that aborts.
 */
export function createDoctor({ brokers }: DoctorParts): Doctor {
  return {
    async examine(broker) {
      if (!brokers.some(({ manifest }) => manifest.id === broker))
        throw new AppError('invalid-input', `There is no feed named ${broker}.`);
      throw new AppError('not-supported', 'This is not there yet.');
    },
  };
}

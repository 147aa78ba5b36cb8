import { MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';
import type { Patience } from '../transport/patience.ts';
import { PING_EVERY_MS, PONG_WITHIN_MS } from './wire.ts';

/**
 * FCS pushes a candle when something changed, and no heartbeat of its own that we know of: the pong to our ping is the
 * only sure sign of life, and in a quiet market the next price may take a while.
 */
export const FCS_PATIENCE: Partial<Patience> = {
  silenceMs: PING_EVERY_MS + PONG_WITHIN_MS,
  staleMs: 30 * SECOND_MS,
  dataMs: 2 * MINUTE_MS,
};

import { type EpochMs, SECOND_MS } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import type { Clock, Logger } from '../../engine/ports.ts';
import type { TinvestApi } from './api.ts';
import type { EventDesk } from './event-desk.ts';
import { lastTrades } from './past-trades.ts';
import { TRADES_KEPT_MS } from './wire.ts';

/** Trades of the last moment before a loss may have been told in part. */
const OVERLAP_MS = 2 * SECOND_MS;

export interface FillParts {
  readonly api: TinvestApi;
  readonly desk: EventDesk;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Asks for the trades that were missed while a stream was down, and tells those that the feed has not told. Only of
 * instruments that were heard of before, and of the last hour: the venue keeps no more. Whatever cannot be had so is left
 * to history. Never rejects.
 */
export async function fillGap({ api, desk, clock, logger }: FillParts, uids: readonly string[], stop: AbortSignal) {
  const now = clock.now();
  const asked = uids.flatMap((uid) => {
    const ledger = desk.ledgerOf(uid);
    const newest = ledger?.newest;
    if (ledger === undefined || newest === undefined) return [];
    const from = (newest - OVERLAP_MS) as EpochMs;
    if (from < now - TRADES_KEPT_MS) return [];
    ledger.hold(from);
    return [{ uid, ledger, from }];
  });
  let filled = 0;
  let failed = 0;
  await Promise.all(
    asked.map(async ({ uid, ledger, from }) => {
      try {
        // The newest trades may be stamped by a clock a little ahead of ours.
        const rows = await lastTrades(api, uid, from, (clock.now() + SECOND_MS) as EpochMs, stop);
        const missed = ledger.missed(rows, from);
        filled += missed.length;
        desk.fill(uid, missed);
      } catch (thrown) {
        ledger.hold(undefined);
        if (!stop.aborted) failed += 1;
        if (!(thrown instanceof AppError) && !stop.aborted) logger.error(AppError.from(thrown));
      }
    }),
  );
  if (filled > 0) logger.info('Trades that were missed while the stream was down were asked for.', { trades: filled });
  if (failed > 0)
    logger.warn('Missed trades of some instruments could not be had; history mends them.', { instruments: failed });
}

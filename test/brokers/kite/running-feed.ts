import { onTestFinished } from 'vitest';
import type { InstrumentKey } from '../../../src/core/brand.ts';
import { type KiteTuning, openKite } from '../../../src/main/brokers/kite/session.ts';
import type { Clock } from '../../../src/main/engine/ports.ts';
import { FAKE_INSTRUMENTS, type FakeInstrument } from '../../fakes/kite-instruments.ts';
import { type KiteVenueOptions, startKiteVenue } from '../../fakes/kite-venue.ts';
import { eventually } from '../../support/eventually.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { fastClock } from '../../support/real-clock.ts';
import { contextFor } from './open-context.ts';

/** A Friday noon. */
export const MARKET_HOURS = Date.parse('2026-11-20T12:00:00+05:30');

export interface StartOptions {
  readonly clock?: Clock;
  readonly listed?: readonly FakeInstrument[];
  readonly watched?: readonly InstrumentKey[];
  readonly tuning?: KiteTuning;
  readonly venueOptions?: KiteVenueOptions;
}

/**
 * A venue, a session and its running feed, on a clock that runs five times as fast unless another is given. All
 * end with the test.
 */
export async function startFeed({
  clock = fastClock(5, MARKET_HOURS),
  listed = FAKE_INSTRUMENTS,
  ...options
}: StartOptions = {}) {
  // A heartbeat every 20 ms is one every 0.1 to 0.2 s by the fast clocks.
  const venue = await startKiteVenue({
    instruments: listed,
    now: () => clock.now(),
    heartbeatMs: 20,
    keepsLimits: false,
    ...options.venueOptions,
  });
  onTestFinished(() => venue.close());
  const context = contextFor(venue, listed, { clock });
  const session = await openKite(context, { jitter: () => 0.5, ...options.tuning });
  const notes = new FeedNotes();
  const stop = new AbortController();
  session.feed.watch(new Set(options.watched ?? session.instruments.map((instrument) => instrument.key)));
  const ran = session.feed.run(notes, stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await ran;
  });
  const reach = (state: string): Promise<void> => eventually(() => notes.last?.state).toBe(state);
  /** A new trade of each instrument. */
  let trades = 0;
  const trade = (...tokens: readonly number[]): Promise<void> => {
    trades += 1;
    const time = clock.now();
    const base = { dayVolume: 10_000 + trades, lastQuantity: 1, lastTradeTime: time, exchangeTime: time };
    return venue.tick(...tokens.map((token) => ({ ...base, token, ltp: 100 + trades })));
  };
  return { venue, session, notes, stop, ran, reach, trade, clock, logger: context.logger };
}

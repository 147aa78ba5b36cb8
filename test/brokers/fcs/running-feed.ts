import { onTestFinished } from 'vitest';
import type { InstrumentKey } from '../../../src/core/brand.ts';
import type { OpenContext } from '../../../src/main/brokers/broker-module.ts';
import { type FcsTuning, openFcs } from '../../../src/main/brokers/fcs/session.ts';
import type { Clock } from '../../../src/main/engine/ports.ts';
import { type FcsVenue, type FcsVenueOptions, startFcsVenue } from '../../fakes/fcs-venue.ts';
import { eventually } from '../../support/eventually.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { fastClock } from '../../support/real-clock.ts';
import { contextFor } from './open-context.ts';

/** A Friday at 10:00 in New York: everything trades. */
export const MARKET_HOURS = Date.parse('2026-11-20T15:00:00Z');

export interface StartOptions {
  readonly clock?: Clock;
  readonly watched?: readonly InstrumentKey[];
  readonly tuning?: FcsTuning;
  readonly context?: Partial<OpenContext>;
  readonly venueOptions?: FcsVenueOptions;
  /** Before the feed begins. */
  readonly prepare?: (venue: FcsVenue) => void;
}

/**
 * A venue, a session and its running feed, on a clock that runs five times as fast unless another is given. All
 * end with the test.
 */
export async function startFeed({ clock = fastClock(5, MARKET_HOURS), ...options }: StartOptions = {}) {
  const venue = await startFcsVenue({ now: () => clock.now(), ...options.venueOptions });
  onTestFinished(() => venue.close());
  options.prepare?.(venue);
  const context = contextFor(venue, { clock, ...options.context });
  const session = await openFcs(context, { jitter: () => 0.5, ...options.tuning });
  const notes = new FeedNotes();
  const stop = new AbortController();
  session.feed.watch(new Set(options.watched ?? session.instruments.map((instrument) => instrument.key)));
  const ran = session.feed.run(notes, stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await ran;
  });
  const reach = (state: string): Promise<void> => eventually(() => notes.last?.state).toBe(state);
  /** Everything wanted is joined. */
  const joined = (count: number): Promise<void> => eventually(() => venue.socket.rooms[0]?.length).toBe(count);
  return { venue, session, notes, stop, ran, reach, joined, clock, logger: context.logger };
}

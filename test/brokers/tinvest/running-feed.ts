import { onTestFinished } from 'vitest';
import type { InstrumentKey } from '../../../src/core/brand.ts';
import type { OpenContext } from '../../../src/main/brokers/broker-module.ts';
import { openTinvest, type TinvestTuning } from '../../../src/main/brokers/tinvest/session.ts';
import type { Clock } from '../../../src/main/engine/ports.ts';
import { FAKE_INSTRUMENTS, type FakeInstrument } from '../../fakes/tinvest-frames.ts';
import { startTinvestVenue, type TinvestVenue, type TinvestVenueOptions } from '../../fakes/tinvest-venue.ts';
import { eventually } from '../../support/eventually.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { fastClock } from '../../support/real-clock.ts';
import { contextFor } from './open-context.ts';

/** A Friday noon in Moscow. */
export const MARKET_HOURS = Date.parse('2026-11-20T12:00:00+03:00');

export interface StartOptions {
  readonly clock?: Clock;
  readonly listed?: readonly FakeInstrument[];
  readonly watched?: readonly InstrumentKey[];
  readonly tuning?: TinvestTuning;
  readonly venueOptions?: TinvestVenueOptions;
  readonly options?: OpenContext['options'];
  /** Before anything is opened. */
  prepare?(venue: TinvestVenue): void;
}

/** A venue, a session and its running feed, on a clock that runs five times as fast unless another is given. */
export async function startFeed({
  clock = fastClock(5, MARKET_HOURS),
  listed = FAKE_INSTRUMENTS,
  ...rest
}: StartOptions = {}) {
  const venue = await startTinvestVenue({
    instruments: listed,
    now: () => clock.now(),
    rules: { pingScale: 200 },
    ...rest.venueOptions,
  });
  onTestFinished(() => venue.close());
  rest.prepare?.(venue);
  const context = contextFor(venue, listed, { clock, options: rest.options ?? {} });
  const session = await openTinvest(context, { jitter: () => 0.5, ...rest.tuning });
  const notes = new FeedNotes();
  const stop = new AbortController();
  session.feed.watch(new Set(rest.watched ?? session.instruments.map((instrument) => instrument.key)));
  const ran = session.feed.run(notes, stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await ran;
  });
  const reach = (state: string): Promise<void> => eventually(() => notes.last?.state).toBe(state);
  /** What all streams are subscribed to. */
  const subscriptions = (): readonly string[] =>
    [...venue.stream.clients].flatMap((client) => client.subscriptions).sort();
  let trades = 0;
  /** A new trade of each instrument. */
  const trade = (...instruments: readonly FakeInstrument[]): void => {
    trades += 1;
    for (const { uid } of instruments)
      venue.trade({ uid, price: 100 + trades, quantity: 1, side: 'buy', time: Math.floor(clock.now()) });
  };
  return { venue, session, notes, stop, ran, reach, trade, clock, subscriptions, logger: context.logger };
}

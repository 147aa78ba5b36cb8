import { onTestFinished } from 'vitest';
import type { InstrumentKey } from '../../../src/core/brand.ts';
import type { OpenContext } from '../../../src/main/brokers/broker-module.ts';
import { type FyersTuning, openFyers } from '../../../src/main/brokers/fyers/session.ts';
import type { Clock } from '../../../src/main/engine/ports.ts';
import { FAKE_SYMBOLS, type FakeSymbol } from '../../fakes/fyers-symbols.ts';
import { type FyersVenueOptions, startFyersVenue } from '../../fakes/fyers-venue.ts';
import { eventually } from '../../support/eventually.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { fastClock } from '../../support/real-clock.ts';
import { contextFor } from './open-context.ts';

/** A Friday noon. */
export const MARKET_HOURS = Date.parse('2026-11-20T12:00:00+05:30');

export interface StartOptions {
  readonly clock?: Clock;
  readonly listed?: readonly FakeSymbol[];
  readonly watched?: readonly InstrumentKey[];
  readonly tuning?: FyersTuning;
  readonly options?: OpenContext['options'];
  readonly venueOptions?: FyersVenueOptions;
}

/**
 * A venue, a session and its running feed, on a clock that runs five times as fast unless another is given. All
 * end with the test.
 */
export async function startFeed({
  clock = fastClock(5, MARKET_HOURS),
  listed = FAKE_SYMBOLS,
  ...options
}: StartOptions = {}) {
  const venue = await startFyersVenue({
    symbols: listed,
    now: () => clock.now(),
    keepsLimits: false,
    ...options.venueOptions,
  });
  onTestFinished(() => venue.close());
  const context = contextFor(venue, listed, { clock, ...(options.options && { options: options.options }) });
  const session = await openFyers(context, { jitter: () => 0.5, ...options.tuning });
  const notes = new FeedNotes();
  const stop = new AbortController();
  session.feed.watch(new Set(options.watched ?? session.instruments.map((instrument) => instrument.key)));
  const ran = session.feed.run(notes, stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await ran;
  });
  const reach = (state: string): Promise<void> => eventually(() => notes.last?.state).toBe(state);
  const seconds = (): number => Math.floor(clock.now() / 1_000);
  /** A new trade of each symbol. */
  let trades = 0;
  const trade = (...symbols: readonly FakeSymbol[]): Promise<void> => {
    trades += 1;
    const stock = { ltp: 100 + trades, v: 10_000 + trades, ltq: 1, ltt: seconds(), fdtm: seconds() };
    const index = { iv: 100 + trades, tvalue: seconds() };
    return venue.tickAll(new Map(symbols.map((each) => [each, each.indexName === undefined ? stock : index])));
  };
  return { venue, session, notes, stop, ran, reach, trade, seconds, clock, logger: context.logger };
}

import { onTestFinished } from 'vitest';
import type { InstrumentKey } from '../../../src/core/brand.ts';
import type { OpenContext } from '../../../src/main/brokers/broker-module.ts';
import { type KucoinTuning, openKucoin } from '../../../src/main/brokers/kucoin/session.ts';
import type { Feed } from '../../../src/main/engine/ports.ts';
import type { FakeSymbol } from '../../fakes/kucoin-symbols.ts';
import { type KucoinVenue, type KucoinVenueOptions, startKucoinVenue } from '../../fakes/kucoin-venue.ts';
import { eventually } from '../../support/eventually.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { contextFor, key } from './open-context.ts';

export interface StartOptions {
  readonly symbols?: readonly FakeSymbol[];
  readonly watched?: readonly InstrumentKey[];
  readonly tuning?: KucoinTuning;
  readonly venue?: KucoinVenueOptions;
  readonly context?: Partial<OpenContext>;
  /** Before the feed runs. */
  prepare?(venue: KucoinVenue, feed: Feed): void;
}

/** A venue, a session and its running feed. All end with the test. */
export async function startFeed({ symbols, ...options }: StartOptions = {}) {
  const clock = options.context?.clock;
  const venue = await startKucoinVenue({
    ...(symbols && { symbols }),
    ...(clock && { now: () => clock.now() }),
    ...options.venue,
  });
  onTestFinished(() => venue.close());
  const context = contextFor(venue, options.context, symbols);
  const session = await openKucoin(context, { jitter: () => 0.5, ...options.tuning });
  const { feed } = session;
  const notes = new FeedNotes();
  const stop = new AbortController();
  feed.watch(new Set(options.watched ?? session.instruments.map((instrument) => instrument.key)));
  options.prepare?.(venue, feed);
  const ran = feed.run(notes, stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await ran;
  });
  const reach = (state: string): Promise<void> => eventually(() => notes.last?.state).toBe(state);
  /** Resolves once an open connection carries the topic. */
  const carries = (topic: string): Promise<void> =>
    eventually(() => venue.clients.some((client) => client.isOpen && client.topics.has(topic)), topic).toBe(true);
  /** Until the first instrument's price is there. */
  const live = async (): Promise<void> => {
    await carries(`/market/match:${session.instruments[0]?.key.slice('KUCOIN:'.length)}`);
    await venue.trade(session.instruments[0]?.key.slice('KUCOIN:'.length) ?? '');
    await reach('live');
  };
  return { venue, session, feed, notes, stop, ran, reach, carries, live, logger: context.logger };
}

/** Trades without a pause, with ids that count up, until the test ends. */
export function tradeOn(venue: KucoinVenue): () => number {
  let told = 0;
  const timer = setInterval(() => {
    told += 1;
    void venue.trade('BTC-USDT', { price: `${60_000 + told}`, tradeId: `t${told}` });
  }, 1);
  onTestFinished(() => clearInterval(timer));
  return () => {
    clearInterval(timer);
    return told;
  };
}

export { eventually, key };

import type { InstrumentKey } from '../../../src/core/brand.ts';
import { describeNetworkFeed } from '../../support/network-feed-contract.ts';
import { fastClock } from '../../support/real-clock.ts';
import { createPlainFeed } from './plain-feed.ts';
import { startPlainVenue } from './plain-venue.ts';

const KEYS = ['A', 'B', 'C'] as InstrumentKey[]; // The names this venue knows.

describeNetworkFeed('a plain feed', async () => {
  const venue = await startPlainVenue();
  let price = 100;
  return {
    feed: createPlainFeed(
      { url: venue.url, headers: { authorization: 'sesame' } },
      new Set(KEYS),
      fastClock(10, Date.parse('2026-11-20T12:00:00+05:30')),
    ),
    instruments: KEYS,
    speak() {
      price += 1;
      for (const key of KEYS) venue.trade(key, price);
    },
    cut: venue.cut,
    garble() {
      for (const text of ['', 'A', 'A x', 'A 1 2', 'Z 5', '\u0000'.repeat(1_000)]) venue.toAll(text);
    },
    attempts: () => venue.attempts,
    lines: venue.lines,
    mute(isMute) {
      venue.isMute = isMute;
    },
    expire() {
      venue.isOpen = false;
      venue.cut();
    },
    close: venue.close,
  };
});

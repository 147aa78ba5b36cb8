import type { FeedState } from '../../src/contract/events.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { FakeClock } from './fake-clock.ts';
import { HandVenue } from './hand-venue.ts';
import { INFY } from './tape.ts';
import { MANIFEST, openWorld } from './world.ts';

/** When a pair begins. */
export const START = Date.parse('2026-11-20T10:00:00+05:30');
const LOGIN = { browser: true, unattended: ['pin'] };
const FYERS = { ...MANIFEST, id: 'fyers', label: 'Second' };

/** Two venues side by side in one world, from 10:00:00 on; both tell a trade a second until told otherwise. */
export async function pairAt(start = START, asks: string[] = []) {
  const clock = new FakeClock(start);
  const first = new HandVenue([INFY], clock);
  const second = new HandVenue([INFY], clock);
  const store = openStore(':memory:');
  const opened = openWorld(first.session, clock, { feed: { source: 'kite' } }, store, {
    standby: { session: second.session, manifest: { ...FYERS, login: LOGIN } },
    manifest: { ...MANIFEST, login: LOGIN },
    onLoginNeeded: (broker) => asks.push(broker),
  });
  await opened.world.start();
  const state = (): FeedState => opened.world.feed.state;
  let volume = 1_000;
  /** A second of market time; either venue tells its trade, unless it is silent. */
  const tellAll = (prices: { readonly first?: number; readonly second?: number }): void => {
    clock.advance(1_000);
    volume += 10;
    const more = { dayVolume: volume };
    if (prices.first !== undefined) first.tick(clock.now(), prices.first, more);
    if (prices.second !== undefined) second.tick(clock.now(), prices.second, more);
  };
  const seconds = (count: number, prices: { readonly first?: number; readonly second?: number }): void => {
    for (let passed = 0; passed < count; passed += 1) tellAll(prices);
  };
  const bars = () => {
    clock.advance(500);
    const to = (clock.now() + 1) as EpochMs;
    return store.storedCandles(INFY.key, '5s', start as EpochMs, to);
  };
  return { clock, first, second, ...opened, state, seconds, bars };
}

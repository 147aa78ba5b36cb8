import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import type { FeedStatus } from '../../src/core/feed-status.ts';
import { PairFeed } from '../../src/main/engine/pair-feed.ts';
import type { FeedSink } from '../../src/main/engine/ports.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { HandVenue } from '../support/hand-venue.ts';
import { INFY } from '../support/tape.ts';

const START = 1_000_000_000_000;

/** A pair on hand-driven venues, and all that it told. */
function pair() {
  const clock = new FakeClock(START);
  const first = new HandVenue([INFY], clock);
  const second = new HandVenue([INFY], clock);
  const feed = new PairFeed({
    first: first.session.feed,
    second: second.session.feed,
    clock,
    onTicks: () => undefined,
    onChanged: () => undefined,
  });
  const states: FeedStatus[] = [];
  let heard = 0;
  const prices: number[] = [];
  const nothing = (): void => undefined;
  const sink: FeedSink = {
    ticks: (ticks) => prices.push(...ticks.map(({ ltp }) => ltp)),
    status: (status) => states.push(status),
    heard: () => {
      heard += 1;
    },
    quotes: nothing,
    bars: nothing,
    progress: nothing,
    rejected: nothing,
    dropped: nothing,
    candle: nothing,
    order: nothing,
  };
  const stop = new AbortController();
  const running = feed.run(sink, stop.signal);
  const seconds = (count: number, told: { readonly first?: number; readonly second?: number }): void => {
    for (let passed = 0; passed < count; passed += 1) {
      clock.advance(1_000);
      if (told.first !== undefined) first.tick(clock.now(), told.first);
      if (told.second !== undefined) second.tick(clock.now(), told.second);
    }
  };
  const said = (): readonly string[] => states.splice(0).map(({ state }) => state);
  return { clock, first, second, feed, stop, running, seconds, said, prices, heard: () => heard };
}

const span = (from: number, to: number) => ({
  open: (START + from * 1_000) as EpochMs,
  close: (START + to * 1_000) as EpochMs,
});

describe('two venues as one feed', () => {
  it('goes back to the first without a break, though its line tells before it says that it is live', () => {
    const { seconds, said, first, clock, feed } = pair();
    seconds(5, { first: 100, second: 100 });
    first.lost(clock.now());
    seconds(5, { second: 101 });
    said();
    first.line.status({ state: 'connecting', attempt: 2 });
    first.tick(clock.now(), 102);
    first.back(clock.now());
    expect([feed.isCarrying, said()]).toEqual([false, []]);
  });

  it('says of a hole that nobody told: the second came after the first had fallen mute', () => {
    const { seconds, said, second, clock } = pair();
    seconds(5, { first: 100, second: 100 });
    second.lost(clock.now());
    seconds(30, {});
    second.back(clock.now());
    said();
    seconds(5, { second: 101 });
    expect(said()).toEqual(['stale', 'live']);
  });

  it('says of one at which the second dropped messages', () => {
    const { seconds, said, second } = pair();
    seconds(5, { first: 100, second: 100 });
    seconds(1, { second: 101 });
    second.line.dropped(3);
    said();
    seconds(3, { second: 101 });
    expect(said()).toEqual(['stale', 'live']);
  });

  it('is live once more when a mute first has connected anew, tick or not', () => {
    const { seconds, said, first, second, clock } = pair();
    seconds(5, { first: 100, second: 100 });
    seconds(5, { second: 101 });
    second.lost(clock.now());
    first.lost(clock.now());
    first.back(clock.now());
    expect(said().slice(-3)).toEqual(['stale', 'waiting', 'live']);
  });

  it('claims nothing by heartbeats of a first that is mute', () => {
    const { seconds, first, second, heard } = pair();
    seconds(5, { first: 100, second: 100 });
    seconds(5, { second: 101 });
    const before = heard();
    first.line.heard(1);
    expect(heard()).toBe(before);
    second.line.heard(1);
    expect(heard()).toBe(before + 1);
  });

  it('knows what the second told when it stood in twice within a moment', () => {
    const { seconds, feed } = pair();
    seconds(10, { first: 100, second: 100 });
    seconds(4, { second: 101 });
    seconds(1, { first: 102, second: 101 });
    seconds(8, { second: 101 });
    expect([feed.hasCarried(span(10, 15)), feed.hasCarried(span(15, 20)), feed.hasCarried(span(0, 5))]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('leaves no timer after the end', async () => {
    const { seconds, stop, running, clock } = pair();
    seconds(5, { first: 100, second: 100 });
    stop.abort();
    await running;
    expect(clock.timers).toBe(0);
  });
});

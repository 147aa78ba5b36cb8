import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import { FeedNotes } from './feed-notes.ts';
import { type FeedUnderTest, startFeed } from './feed-rig.ts';

export type { FeedUnderTest } from './feed-rig.ts';

/**
 * What every live feed promises the engine, checked the same way for each:
 *
 *     promise, as its test is called                  simulator replay  kite fyers kucoin fcs tinvest
 *     tells of what is watched, in ticks that …           x       x      x     x     x     x     x
 *     tells of nothing else, and ignores …                x       x      x     x     x     x     x
 *     follows a change of what is watched …               x       x      x     x     x     x     x
 *     ends when told to, says so, and is silent …         x       x      x     x     x     x     x
 *     does not begin when it was told to end …            x       x      x     x     x     x     x
 *     can be run again                                    x       x      x     x     x     x     x
 *     may be woken at any time …                          x       x      x     x     x     x     x
 *     comes back when its lines are cut …                                x     x     x     x     x
 *     remembers what is watched while it is away                         x     x     x     x     x
 *     refuses rubbish, counts it, and stays                              x     x     x     x     x
 *     notices that no prices come, and says so …                         x     x     x     x     x
 *     stops for good when its login is refused                           x     x     -     x     x
 *     counts what happens on its connections …                           x     x     x     x     x
 *     may be woken while it is away …                                    x     x     x     x     x
 *     leaves no line open, whenever it ends                              x     x     x     x     x
 *     survives an engine that throws                                     x     x     x     x     x
 *
 * Nobody logs in at KuCoin's public data. Simulator and replay have no lines to lose. That every feed of the registry
 * stands in the table, and is tested, `contract-coverage.test.ts` sees to.
 *
 *     describeFeed('replay', async () => ({ feed, instruments, speak: () => clock.advance(100), close() {} }));
 *
 * A feed over a network promises more; `network-feed-contract.ts` has that, and this with it:
 *
 *     describeNetworkFeed('kite', async () => ({
 *       feed, instruments,
 *       speak: () => venue.tick(…),      // a new trade of each instrument
 *       close: () => venue.close(),
 *       cut: () => venue.kill(),         // every line drops, and may come back at once
 *       garble: () => venue.send(…),     // rubbish on every line
 *       attempts: () => venue.upgrades,  // connections asked for so far, refused ones included
 *       lines: () => venue.clients.size, // connections open now
 *       mute: (isMute) => { … },         // optional: heartbeats at most, no prices; then prices again
 *       expire: () => { … },             // optional: logins are refused from now on, and every line drops
 *     }));
 */
export function describeFeed(name: string, open: () => Promise<FeedUnderTest>): void {
  describe(`${name}, as a feed`, () => {
    it('tells of what is watched, in ticks that make sense', async () => {
      const { under, notes, hearAll, listenUntil } = await startFeed(open);
      await hearAll('every instrument is heard of');
      await listenUntil(() => notes.last?.state === 'live', 'it says that it is live');
      for (const tick of notes.recent) {
        expect(under.instruments).toContain(tick.instrument);
        expect(tick.ltp).toBeGreaterThan(0);
        expect(Number.isFinite(tick.ltp)).toBe(true);
        expect(Number.isInteger(tick.time) && tick.time > 0, 'a time in whole milliseconds').toBe(true);
        expect(Number.isInteger(tick.receivedAt)).toBe(true);
        if (tick.dayVolume !== undefined) expect(tick.dayVolume).toBeGreaterThanOrEqual(0);
        if (tick.quantity !== undefined) {
          expect(tick.quantity).toBeGreaterThanOrEqual(0);
          expect(tick.dayVolume, 'a trade is added up, or a total is told, not both').toBeUndefined();
        }
        for (const price of [tick.previousClose, tick.dayOpen, tick.dayHigh, tick.dayLow])
          if (price !== undefined) expect(price).toBeGreaterThan(0);
      }
    });

    it('tells of nothing else, and ignores instruments it does not know', async () => {
      const unknown = 'NSE:NO SUCH THING' as InstrumentKey;
      const { under, notes, listenUntil, heardOf } = await startFeed(open, (keys) => [...keys.slice(0, 1), unknown]);
      const [first, second] = under.instruments;
      await listenUntil(() => heardOf(first) && notes.tickCount > 2, 'the first is heard of');
      expect(heardOf(second)).toBe(false);
      expect(heardOf(unknown)).toBe(false);
    });

    it('follows a change of what is watched while it runs', async () => {
      const { under, notes, listenUntil, heardOf } = await startFeed(open, (keys) => keys.slice(0, 1));
      const [first, second] = under.instruments;
      await listenUntil(() => heardOf(first), 'the first is heard of');
      under.feed.watch(new Set(under.instruments.slice(1)));
      await listenUntil(() => heardOf(second), 'the second is heard of');
      notes.forget();
      const before = notes.tickCount;
      await listenUntil(() => notes.tickCount > before + 2, 'the second goes on');
      expect(heardOf(first), 'the first is no longer told of').toBe(false);
    });

    it('ends when told to, says so, and is silent from then on', async () => {
      const { under, notes, stop, ran, listenUntil } = await startFeed(open);
      await listenUntil(() => notes.tickCount > 0, 'it runs');
      stop.abort();
      await ran;
      expect(notes.last).toEqual({ state: 'stopped', reason: 'by-user' });
      const { tickCount, statuses } = notes;
      const said = statuses.length;
      await under.speak();
      expect([notes.tickCount, notes.statuses.length]).toEqual([tickCount, said]);
    });

    it('does not begin when it was told to end before', async () => {
      const { feed, instruments, close } = await open();
      const notes = new FeedNotes();
      feed.watch(new Set(instruments));
      await feed.run(notes, AbortSignal.abort());
      expect(notes.tickCount).toBe(0);
      await close();
    });

    it('can be run again', async () => {
      const { under, notes, stop, ran, listenUntil } = await startFeed(open);
      await listenUntil(() => notes.tickCount > 0, 'it runs');
      stop.abort();
      await ran;
      const again = new AbortController();
      const before = notes.tickCount;
      const rerun = under.feed.run(notes, again.signal);
      await listenUntil(() => notes.tickCount > before, 'it runs again');
      again.abort();
      await rerun;
    });

    it('may be woken at any time: before it runs, while it does, and afterwards', async () => {
      const { under, notes, stop, ran, hearAll } = await startFeed(open);
      under.feed.wake?.();
      await hearAll('it runs');
      under.feed.wake?.();
      under.feed.wake?.();
      await hearAll('it goes on');
      stop.abort();
      under.feed.wake?.();
      await ran;
      under.feed.wake?.();
      expect(notes.last).toEqual({ state: 'stopped', reason: 'by-user' });
    });
  });
}

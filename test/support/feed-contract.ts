import { describe, expect, it, onTestFinished } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import type { Feed } from '../../src/main/engine/ports.ts';
import { FeedNotes } from './feed-notes.ts';

/** A feed and the strings behind it. */
export interface FeedUnderTest {
  readonly feed: Feed;
  /** At least two instruments that the source has. */
  readonly instruments: readonly InstrumentKey[];
  /** Makes the source tell something new of every instrument. Called again and again, until a test saw enough. */
  speak(): void | Promise<void>;
  close(): void | Promise<void>;
}

/**
 * What every live feed promises the engine, checked the same way for each.
 *
 *     describeFeed('kite', async () => ({ feed, instruments, speak: () => venue.tick(…), close: () => venue.close() }));
 */
export function describeFeed(name: string, open: () => Promise<FeedUnderTest>): void {
  const start = async (watched: (keys: readonly InstrumentKey[]) => readonly InstrumentKey[] = (keys) => keys) => {
    const under = await open();
    const notes = new FeedNotes();
    const stop = new AbortController();
    under.feed.watch(new Set(watched(under.instruments)));
    const ran = under.feed.run(notes, stop.signal);
    onTestFinished(async () => {
      stop.abort();
      await ran;
      await under.close();
    });
    /** Lets the source speak until `isEnough`. */
    const listenUntil = (isEnough: () => boolean, message: string): Promise<void> =>
      expect
        .poll(
          async () => {
            await under.speak();
            return isEnough();
          },
          { message, timeout: 10_000, interval: 10 },
        )
        .toBe(true);
    const heardOf = (key: InstrumentKey | undefined): boolean =>
      notes.recent.some(({ instrument }) => instrument === key);
    return { ...under, notes, stop, ran, listenUntil, heardOf };
  };

  describe(`${name}, as a feed`, () => {
    it('tells of what is watched, in ticks that make sense', async () => {
      const { instruments, notes, listenUntil, heardOf } = await start();
      await listenUntil(() => instruments.every(heardOf), 'every instrument is heard of');
      expect(notes.last?.state).toBe('live');
      for (const tick of notes.recent) {
        expect(instruments).toContain(tick.instrument);
        expect(tick.ltp).toBeGreaterThan(0);
        expect(Number.isFinite(tick.ltp)).toBe(true);
        expect(Number.isInteger(tick.time) && tick.time > 0, 'a time in whole milliseconds').toBe(true);
        expect(Number.isInteger(tick.receivedAt)).toBe(true);
        if (tick.dayVolume !== undefined) expect(tick.dayVolume).toBeGreaterThanOrEqual(0);
        for (const price of [tick.previousClose, tick.dayOpen, tick.dayHigh, tick.dayLow])
          if (price !== undefined) expect(price).toBeGreaterThan(0);
      }
    });

    it('tells of nothing else, and ignores instruments it does not know', async () => {
      const unknown = 'NSE:NO SUCH THING' as InstrumentKey;
      const { instruments, notes, listenUntil, heardOf } = await start((keys) => [...keys.slice(0, 1), unknown]);
      const [first, second] = instruments;
      await listenUntil(() => heardOf(first) && notes.tickCount > 2, 'the first is heard of');
      expect(heardOf(second)).toBe(false);
      expect(heardOf(unknown)).toBe(false);
    });

    it('follows a change of what is watched while it runs', async () => {
      const { feed, instruments, notes, listenUntil, heardOf } = await start((keys) => keys.slice(0, 1));
      const [first, second] = instruments;
      await listenUntil(() => heardOf(first), 'the first is heard of');
      feed.watch(new Set(instruments.slice(1)));
      await listenUntil(() => heardOf(second), 'the second is heard of');
      notes.forget();
      const before = notes.tickCount;
      await listenUntil(() => notes.tickCount > before + 2, 'the second goes on');
      expect(heardOf(first), 'the first is no longer told of').toBe(false);
    });

    it('ends when told to, says so, and is silent from then on', async () => {
      const { notes, stop, ran, listenUntil, speak } = await start();
      await listenUntil(() => notes.tickCount > 0, 'it runs');
      stop.abort();
      await ran;
      expect(notes.last).toEqual({ state: 'stopped', reason: 'by-user' });
      const { tickCount, statuses } = notes;
      const said = statuses.length;
      await speak();
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
      const { feed, notes, stop, ran, listenUntil } = await start();
      await listenUntil(() => notes.tickCount > 0, 'it runs');
      stop.abort();
      await ran;
      const again = new AbortController();
      const before = notes.tickCount;
      const rerun = feed.run(notes, again.signal);
      await listenUntil(() => notes.tickCount > before, 'it runs again');
      again.abort();
      await rerun;
    });
  });
}

import { describe, expect, it } from 'vitest';
import type { ConnectionMetrics } from '../../src/contract/connection.ts';
import type { Tick } from '../../src/core/tick.ts';
import { eventually } from './eventually.ts';
import { describeFeed } from './feed-contract.ts';
import { FeedNotes } from './feed-notes.ts';
import { type FeedUnderTest, startFeed } from './feed-rig.ts';

/**
 * A feed over a network, and what can be done to its lines. Its clock must run by itself, and fast: a wait of a second
 * by it should be over in a fraction of one (`fastClock`), in market hours.
 */
export interface NetworkFeedUnderTest extends FeedUnderTest {
  /** Every line drops, as when a network breaks; it may come back at once. */
  cut(): void | Promise<void>;
  /** Rubbish on every line. */
  garble(): void | Promise<void>;
  /** How many connections were asked for so far, refused ones included. */
  attempts(): number;
  /** How many are open now. */
  lines(): number;
  /** From now on no prices come, heartbeats at most; or again as before. Absent where that takes too long. */
  mute?(isMute: boolean): void | Promise<void>;
  /** From now on logins are refused, and every line drops. Absent where nobody logs in. */
  expire?(): void | Promise<void>;
}

/** What a feed over a network promises beside what all do (`describeFeed`). */
export function describeNetworkFeed(name: string, open: () => Promise<NetworkFeedUnderTest>): void {
  describeFeed(name, open);

  describe(`${name}, as a feed over a network`, () => {
    it('comes back when its lines are cut, and asks for everything again', async () => {
      const { under, notes, hearAll, listenUntil } = await startFeed(open);
      await hearAll('it runs');
      for (let round = 0; round < 2; round += 1) {
        const before = notes.statuses.length;
        await under.cut();
        await eventually(() => notes.statuses.slice(before).map(({ state }) => state)).toContain('waiting');
        await hearAll('everything is heard of again');
        // What was missed may be asked of the venue, and told, before its line is up.
        await listenUntil(() => notes.last?.state === 'live', 'it is live again');
      }
    });

    it('remembers what is watched while it is away', async () => {
      const { under, notes, hearAll, heardOf } = await startFeed(open, (keys) => keys.slice(0, 1));
      const [first, ...others] = under.instruments;
      await hearAll('it runs', under.instruments.slice(0, 1));
      const before = notes.statuses.length;
      await under.cut();
      await eventually(() => notes.statuses.slice(before).map(({ state }) => state)).toContain('waiting');
      under.feed.watch(new Set(others));
      await hearAll('the new ones are heard of', others);
      notes.forget();
      await hearAll('and go on', others);
      expect(heardOf(first)).toBe(false);
    });

    it('refuses rubbish, counts it, and stays', async () => {
      const { under, notes, hearAll } = await startFeed(open);
      await hearAll('it runs');
      const [attempts, story] = [under.attempts(), notes.story];
      await under.garble();
      await eventually(() => notes.rejects.length).toBeGreaterThan(0);
      await hearAll('it goes on');
      expect([under.attempts(), notes.story], 'on the same lines').toEqual([attempts, story]);
      expect(sumOf(under, 'errors'), 'what was refused is an error of its connection').toBeGreaterThan(0);
    });

    it('notices that no prices come, and says so until they do', async ({ skip }) => {
      const { under, notes, hearAll } = await startFeed(open);
      skip(under.mute === undefined, 'nothing to mute it with');
      await hearAll('it runs');
      await under.mute?.(true);
      await eventually(() => notes.last?.state).not.toBe('live');
      await under.mute?.(false);
      await hearAll('it is heard of again');
      await eventually(() => notes.last?.state).toBe('live');
    });

    it('stops for good when its login is refused', async ({ skip }) => {
      const { under, notes, ran, hearAll } = await startFeed(open);
      skip(under.expire === undefined, 'nobody logs in');
      await hearAll('it runs');
      await under.expire?.();
      await ran;
      expect(notes.last).toMatchObject({
        state: 'stopped',
        reason: 'auth-expired',
        message: expect.stringMatching(/\.$/),
      });
      // What was called off on its way may still arrive.
      await turns(200);
      const attempts = under.attempts();
      under.feed.wake?.();
      await turns(200);
      expect([under.attempts(), under.lines()], 'no further try').toEqual([attempts, 0]);
    });

    it('counts what happens on its connections, anew in each run', async () => {
      const { under, notes, stop, ran, hearAll } = await startFeed(open);
      await hearAll('it runs');
      const names = metricsOf(under).map(({ name: each }) => each);
      expect(names.length).toBeGreaterThan(0);
      expect(new Set(names).size, 'each has a name of its own').toBe(names.length);
      for (const { state, reconnects } of metricsOf(under))
        expect({ state, reconnects }).toEqual({ state: 'live', reconnects: 0 });
      expect(sumOf(under, 'messages')).toBeGreaterThan(0);
      expect(sumOf(under, 'bytes')).toBeGreaterThan(sumOf(under, 'messages'));
      expect(sumOf(under, 'subscriptions')).toBeGreaterThanOrEqual(under.instruments.length);
      expect(
        metricsOf(under).some(({ lastDataAt, connectedAt }) => lastDataAt !== undefined && connectedAt !== undefined),
      ).toBe(true);

      await under.cut();
      await eventually(() => notes.story).toContain('waiting');
      await hearAll('it is back');
      await eventually(() => sumOf(under, 'reconnects')).toBeGreaterThan(0);
      expect(sumOf(under, 'errors'), 'a lost connection is an error').toBeGreaterThan(0);

      stop.abort();
      await ran;
      const again = new AbortController();
      const rerun = under.feed.run(notes, again.signal);
      await hearAll('it runs again');
      expect([sumOf(under, 'reconnects'), sumOf(under, 'drops')]).toEqual([0, 0]);
      again.abort();
      await rerun;
    });

    it('may be woken while it is away, and keeps one set of lines', async () => {
      const { under, notes, hearAll } = await startFeed(open);
      await hearAll('it runs');
      const lines = under.lines();
      await under.cut();
      await eventually(() => notes.story).toContain('waiting');
      for (let ring = 0; ring < 20; ring += 1) under.feed.wake?.();
      await hearAll('it is back');
      await eventually(() => under.lines()).toBe(lines);
      expect(under.attempts(), 'twenty rings are no twenty attempts').toBeLessThan(lines * 8);
    });

    it('leaves no line open, whenever it ends', async () => {
      const { under, stop, ran, hearAll } = await startFeed(open);
      await hearAll('it runs');
      expect(under.lines()).toBeGreaterThan(0);
      stop.abort();
      await ran;
      await eventually(() => under.lines()).toBe(0);
      // Ended while it connects, at some moment or other.
      for (let moment = 0; moment < 8; moment += 1) {
        const early = new AbortController();
        const brief = under.feed.run(new FeedNotes(), early.signal);
        await turns(moment * moment);
        early.abort();
        await brief;
      }
      await eventually(() => under.lines()).toBe(0);
    });

    it('survives an engine that throws', async () => {
      class Bomb extends FeedNotes {
        armed = 3;

        override ticks(ticks: readonly Tick[]): void {
          this.armed -= 1;
          if (this.armed >= 0) throw new Error('a fault of the engine');
          super.ticks(ticks);
        }
      }
      const { hearAll } = await startFeed(open, undefined, new Bomb());
      await hearAll('it goes on');
    });
  });
}

/** Lets the event loop turn a few times. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

function metricsOf({ feed }: FeedUnderTest): readonly ConnectionMetrics[] {
  const metrics = feed.connections?.();
  if (metrics === undefined) throw new Error('A feed over a network has connections to count on.');
  return metrics;
}

type Count = 'messages' | 'bytes' | 'errors' | 'drops' | 'reconnects' | 'subscriptions';

function sumOf(under: FeedUnderTest, count: Count): number {
  return metricsOf(under).reduce((sum, metrics) => sum + metrics[count], 0);
}

import { expect, onTestFinished } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import type { Feed } from '../../src/main/engine/ports.ts';
import { FeedNotes } from './feed-notes.ts';

/** A feed and the strings behind it. */
export interface FeedUnderTest {
  readonly feed: Feed;
  /** At least two instruments that the source has. */
  readonly instruments: readonly InstrumentKey[];
  /**
   * Makes the source tell something new of every instrument. Called again and again, until a test saw enough; a clock of
   * the test's own should run on a little with each call.
   */
  speak(): void | Promise<void>;
  close(): void | Promise<void>;
}

/** Which of the instruments to watch at first. */
export type Choice = (keys: readonly InstrumentKey[]) => readonly InstrumentKey[];

/** Opens a feed and runs it until the end of the test. */
export async function startFeed<Under extends FeedUnderTest>(
  open: () => Promise<Under>,
  watched: Choice = (keys) => keys,
  notes: FeedNotes = new FeedNotes(),
) {
  const under = await open();
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
        { message, timeout: 20_000, interval: 10 },
      )
      .toBe(true);
  const heardOf = (key: InstrumentKey | undefined): boolean =>
    notes.recent.some(({ instrument }) => instrument === key);
  /** Lets the source speak until something new of all of them was heard. */
  const hearAll = async (message: string, keys: readonly InstrumentKey[] = under.instruments): Promise<void> => {
    notes.forget();
    await listenUntil(() => keys.every(heardOf), message);
  };
  return { under, notes, stop, ran, listenUntil, heardOf, hearAll };
}

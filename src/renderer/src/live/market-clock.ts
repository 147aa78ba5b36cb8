import type { EngineStats, FeedState } from '../../../contract/events.ts';
import type { EpochMs } from '../../../core/brand.ts';
import { useFeedStore } from '../stores/feed-store.ts';

/** Beyond this the engine has gone quiet, and a clock carried on further would be an invention. */
const CARRY_MS = 2_500;

/**
 * Market time `elapsedMs` of ours after the engine last told it. A simulated or replayed market runs at its own
 * speed and only while its feed runs; the real one never stands still.
 */
export function carryOn(stats: EngineStats, feed: FeedState, elapsedMs: number): EpochMs {
  const runs = feed.status.state === 'live' || feed.status.state === 'stale';
  const elapsed = feed.world === 'market' ? elapsedMs : runs ? Math.min(elapsedMs, CARRY_MS) : 0;
  const speed = feed.world === 'market' ? 1 : feed.speed;
  return (stats.marketTime + elapsed * speed) as EpochMs;
}

/** Market time now; undefined before the first snapshot. */
export function marketNow(): EpochMs | undefined {
  const { stats, statsAt, feed } = useFeedStore.getState();
  if (stats === undefined || feed === undefined) return undefined;
  return carryOn(stats, feed, performance.now() - statsAt);
}

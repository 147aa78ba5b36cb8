import { create } from 'zustand';
import type { EngineStats, FeedState, MarketState, Progress, ScanState } from '../../../contract/events.ts';

export interface FeedStoreState {
  readonly feed: FeedState | undefined;
  readonly market: MarketState | undefined;
  /** The long task under way, if any. */
  readonly progress: Progress | undefined;
  readonly scan: ScanState | undefined;
  readonly stats: EngineStats | undefined;
  /** Our clock when `stats` came: between two of them the market clock is carried on from here. */
  readonly statsAt: number;
  /** Counts changes of the ledger, which a screen asks for itself. */
  readonly coverageChanges: number;
  /** The engine answers. False before the first snapshot and when it has gone. */
  readonly connected: boolean;
  /** Counts snapshots. When it changes, everything loaded before is of another world: load and watch again. */
  readonly generation: number;
}

export const useFeedStore = create<FeedStoreState>()(() => ({
  feed: undefined,
  market: undefined,
  progress: undefined,
  scan: undefined,
  stats: undefined,
  statsAt: 0,
  coverageChanges: 0,
  connected: false,
  generation: 0,
}));

/** A scan that was under way when polling ended, and any task of a feed that stopped, comes to no end of its own. */
export function setFeed(feed: FeedState): void {
  useFeedStore.setState(({ progress }) => {
    const isOff = feed.status.state === 'stopped' || (progress?.task === 'poll' && feed.mode !== 'polling');
    return { feed, progress: isOff ? undefined : progress };
  });
}

/** A task that is through is no longer shown. */
export function setProgress(progress: Progress): void {
  useFeedStore.setState({ progress: progress.done >= progress.total ? undefined : progress });
}

export function setStats(stats: EngineStats, now: number): void {
  useFeedStore.setState({ stats, statsAt: now });
}

import { describe, expect, it } from 'vitest';
import type { EngineStats, FeedState } from '../../src/contract/events.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import type { FeedStatus } from '../../src/core/feed-status.ts';
import { carryOn } from '../../src/renderer/src/live/market-clock.ts';

const start = 1_000_000 as EpochMs;
const stats = { marketTime: start } as EngineStats; // the clock reads nothing else

function feed(world: FeedState['world'], speed: number, status: FeedStatus): FeedState {
  return {
    source: 'simulator',
    label: 'Market',
    world,
    mode: 'streaming',
    nextMode: undefined,
    isHeld: false,
    status,
    standby: undefined,
    loginUntil: undefined,
    speed,
  };
}
const live: FeedStatus = { state: 'live', since: start };

describe('the market clock between two words of the engine', () => {
  it('runs at the market’s own speed', () => {
    expect(carryOn(stats, feed('simulated', 10, live), 500) - start).toBe(5_000);
    expect(carryOn(stats, feed('market', 1, live), 500) - start).toBe(500);
  });

  it('does not run on for an engine that has gone quiet', () => {
    expect(carryOn(stats, feed('replay', 20, live), 60_000) - start).toBe(50_000);
  });

  it('stands when a made market stands, and never stands for the real one', () => {
    expect(carryOn(stats, feed('replay', 20, { state: 'finished' }), 500)).toBe(start);
    expect(carryOn(stats, feed('market', 1, { state: 'stopped', reason: 'by-user' }), 500) - start).toBe(500);
  });

  it('invents nothing where time goes as fast as it can', () => {
    expect(carryOn(stats, feed('replay', 0, live), 500)).toBe(start);
  });
});

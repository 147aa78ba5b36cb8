import { describe, expect, it } from 'vitest';
import type { EpochMs, TradingDate } from '../../../src/core/brand.ts';
import { columnsOf } from '../../../src/core/candle-columns.ts';
import { drawEntries, movesByDay, movesIn } from '../../../src/core/outcome/random-entries.ts';
import { SessionBars } from '../../../src/core/outcome/session-bars.ts';
import { nse } from '../../support/nse.ts';

const session =
  nse('nse-cas').session('2026-08-03' as TradingDate) ?? expect.unreachable('there is trading on that Monday');

/** A session of 5-minute bars with these closes. */
function day(closeOf: (index: number) => number): SessionBars {
  const rows = Array.from({ length: 72 }, (_, index) => {
    const close = closeOf(index);
    const openTime = (session.open + index * 300_000) as EpochMs;
    return { openTime, open: close, high: close, low: close, close, volume: 1 };
  });
  return new SessionBars(session, '5m', columnsOf(rows), (session.close + 1) as EpochMs);
}

describe('entries at random', () => {
  it('are drawn from the bars of which the moment is known', () => {
    const bars = day((index) => 100 + index);
    const moves = movesIn(bars, bars);
    // 72 closes; the last has no later one, and the last twelve no later one by an hour.
    expect([moves.after5.length, moves.after15.length, moves.after60.length, moves.atClose.length]).toEqual([
      71, 69, 60, 71,
    ]);
    expect(drawEntries('any', 'buy', moves).after60).toEqual({ count: 20, gains: 20 });
    expect(drawEntries('any', 'sell', moves).after60).toEqual({ count: 20, gains: 0 });
  });

  it('are the same for the same signal, others for another, and about as many as there are gains', () => {
    // Up on two of three bars.
    const bars = day((index) => 100 + (index % 3));
    const moves = movesIn(bars, bars);
    const share = moves.after5.filter((move) => move > 0).length / moves.after5.length;
    const seeds = Array.from({ length: 400 }, (_, index) => `NSE:INFY 5m ema-cross ${index}`);
    const draws = seeds.map((seed) => drawEntries(seed, 'buy', moves));
    expect(seeds.map((seed) => drawEntries(seed, 'buy', moves))).toEqual(draws);
    expect(new Set(draws.map(({ after5 }) => after5.gains)).size).toBeGreaterThan(5);
    const gains = draws.reduce((sum, { after5 }) => sum + after5.gains, 0);
    expect(gains / (400 * 20)).toBeCloseTo(share, 1);
  });

  it('are none where nothing is known', () => {
    const bars = day(() => 100);
    const none = new SessionBars(session, '5m', columnsOf([]), session.close);
    expect(drawEntries('any', 'buy', movesIn(none, bars)).after5).toEqual({ count: 0, gains: 0 });
    expect(drawEntries('any', 'buy', movesIn(bars, bars)).after5, 'no change is no gain').toEqual({
      count: 20,
      gains: 0,
    });
  });

  it('of days go from close to close', () => {
    const days = [100, 110, 99].map((close) => ({ close, high: close, low: close }));
    const { after5, atClose } = movesByDay(days);
    expect(after5).toEqual([]);
    expect(atClose).toEqual([(110 / 100 - 1) * 100, (99 / 110 - 1) * 100]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, type EpochMs } from '../../../src/core/brand.ts';
import type { Timeframe } from '../../../src/core/timeframe.ts';
import { historyPieces, KITE_INTERVALS, type KiteInterval } from '../../../src/main/brokers/kite/history-pieces.ts';
import { toIst } from '../../../src/main/brokers/kite/ist.ts';
import { ist } from '../../support/ist.ts';

function intervalOf(timeframe: Timeframe): KiteInterval {
  const interval = KITE_INTERVALS[timeframe];
  if (interval === undefined) throw new Error(`Kite has no ${timeframe}`);
  return interval;
}

/** The pieces as the requests will say them. */
const pieces = (timeframe: Timeframe, from: string, to: string): readonly string[] =>
  historyPieces(ist(from), ist(to), timeframe, intervalOf(timeframe)).map(
    (piece) => `${toIst(piece.from)} – ${toIst(piece.to)}`,
  );

describe('cutting history into requests', () => {
  it('ends a second before the end, as Kite includes it, and with the bar the end falls into', () => {
    expect(pieces('1m', '2026-11-20 09:15:00', '2026-11-20 09:45:00')).toEqual([
      '2026-11-20 09:15:00 – 2026-11-20 09:45:59',
    ]);
    expect(pieces('5m', '2026-11-20 09:15:00', '2026-11-20 09:42:00')).toEqual([
      '2026-11-20 09:15:00 – 2026-11-20 09:46:59',
    ]);
  });

  it('does not reach into the next day', () => {
    expect(pieces('1h', '2026-11-20 09:15:00', '2026-11-21 00:00:00')).toEqual([
      '2026-11-20 09:15:00 – 2026-11-20 23:59:59',
    ]);
  });

  it('asks for whole days where it wants days', () => {
    expect(pieces('1d', '2026-11-19 09:15:00', '2026-11-20 09:16:00')).toEqual([
      '2026-11-19 00:00:00 – 2026-11-20 23:59:59',
    ]);
  });

  it('asks for nothing when there is nothing to ask for', () => {
    expect(pieces('1m', '2026-11-20 09:15:00', '2026-11-20 09:15:00')).toEqual([]);
    expect(pieces('1m', '2026-11-20 09:16:00', '2026-11-20 09:15:00')).toEqual([]);
  });

  it.each([
    ['1m', 60, 7],
    ['3m', 100, 4],
    ['5m', 100, 4],
    ['10m', 100, 4],
    ['15m', 200, 2],
    ['30m', 200, 2],
    ['1h', 400, 1],
    ['1d', 2_000, 1],
  ] as const)('cuts a year of %s bars into spans of %i days: %i requests', (timeframe, mostDays, requests) => {
    expect(intervalOf(timeframe).mostDays).toBe(mostDays);
    expect(pieces(timeframe, '2025-01-01 09:15:00', '2026-01-01 00:00:00')).toHaveLength(requests);
  });

  it('cuts at midnights, without gap or overlap', () => {
    expect(pieces('1m', '2025-01-01 09:15:00', '2025-05-01 15:30:00')).toEqual([
      '2025-01-01 09:15:00 – 2025-03-01 23:59:59',
      '2025-03-02 00:00:00 – 2025-04-30 23:59:59',
      '2025-05-01 00:00:00 – 2025-05-01 15:30:59',
    ]);
  });

  it('covers every span whole, each piece within the limit', () => {
    const timeframes = Object.keys(KITE_INTERVALS) as Timeframe[];
    const start = ist('2020-01-01 00:00:00');
    fc.assert(
      fc.property(
        fc.constantFrom(...timeframes),
        fc.integer({ min: 0, max: 1_000 * DAY_MS }),
        fc.integer({ min: 1, max: 1_000 * DAY_MS }),
        (timeframe, offset, length) => {
          const from = (start + offset) as EpochMs;
          const to = (from + length) as EpochMs;
          const interval = intervalOf(timeframe);
          const cut = historyPieces(from, to, timeframe, interval);
          expect(cut[0]?.from).toBeLessThanOrEqual(from);
          expect(cut.at(-1)?.to).toBeGreaterThanOrEqual(to - 1_000);
          cut.forEach((piece, index) => {
            expect(piece.to - piece.from).toBeLessThanOrEqual(interval.mostDays * DAY_MS);
            expect(piece.to).toBeGreaterThan(piece.from - 1_000);
            if (index > 0) expect(piece.from - (cut[index - 1]?.to ?? 0)).toBe(1_000);
          });
        },
      ),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { asTraded } from '../../src/core/as-traded.ts';
import type { InstrumentKey } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import type { CorporateAction } from '../../src/core/corporate-action.ts';
import { day, ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

const calendar = nse();
const KEY = 'NSE:TMPV' as InstrumentKey;
const candle = (time: string, open: number, close: number, volume: number | undefined = 1_000): Candle => ({
  instrument: KEY,
  timeframe: '1d',
  openTime: ist(time),
  open,
  high: Math.max(open, close),
  low: Math.min(open, close),
  close,
  volume,
});
const action = (
  exDate: string,
  kind: CorporateAction['kind'],
  factor: number,
  costShare?: number,
): CorporateAction => ({ instrument: KEY, exDate: day(exDate), kind, factor, costShare, note: '' });

describe('asTraded', () => {
  const split = action('2025-06-16', 'split', 0.5);
  const bonus = action('2025-06-16', 'bonus', 0.2);

  it('turns a venue’s adjusted candles back, to whole shares and without the noise of dividing', () => {
    const candles = asTraded(
      [candle('2025-06-13 09:15', 940.01, 933.1, 33_333), candle('2025-06-16 09:15', 956, 938)],
      [split, bonus],
      calendar,
    );
    expect(candles).toEqual([candle('2025-06-13 09:15', 9_400.1, 9_331, 3_333), candle('2025-06-16 09:15', 956, 938)]);
  });

  it('turns back candles that end before the ex-date', () => {
    expect(asTraded([candle('2025-06-13 09:15', 940, 933.1)], [split, bonus], calendar)).toEqual([
      candle('2025-06-13 09:15', 9_400, 9_331, 100),
    ]);
  });

  it('leaves candles alone that a venue has not adjusted yet', () => {
    const late = [candle('2025-06-13 09:15', 9_400, 9_331), candle('2025-06-16 09:15', 956, 938)];
    expect(asTraded(late, [split, bonus], calendar)).toBe(late);
  });

  it('leaves candles alone that are all newer', () => {
    const newer = [candle('2025-06-16 09:15', 956, 938)];
    expect(asTraded(newer, [split, bonus], calendar)).toBe(newer);
    expect(asTraded([], [split], calendar)).toEqual([]);
  });

  it('keeps an unknown volume unknown', () => {
    const [found] = asTraded([{ ...candle('2025-06-13 09:15', 940, 933.1), volume: undefined }], [split], calendar);
    expect(found?.volume).toBeUndefined();
  });

  describe('over a demerger, which Kite adjusts by the cost that stayed', () => {
    // Kite's chart showed 454.95 for 2025-10-13, whose close had been 660.75: tradingqna.com/t/191051.
    const demerger = action('2025-10-14', 'demerger', 0.605_373, 0.688_5);

    it('comes within its rounding of what was traded', () => {
      const [found] = asTraded(
        [candle('2025-10-13 09:15', 467.5, 454.95, 33_288_645), candle('2025-10-14 09:15', 400, 395.45)],
        [demerger],
        calendar,
      );
      expect(Math.abs((found?.close ?? 0) - 660.75)).toBeLessThan(0.05 / 0.688_5);
      expect(found?.volume).toBe(33_288_645);
    });

    it('knows candles of the weeks before the company told the cost', () => {
      const early = [candle('2025-10-13 09:15', 679, 660.75), candle('2025-10-14 09:15', 400, 395.45)];
      expect(asTraded(early, [demerger], calendar)).toBe(early);
    });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChartAuction } from '../../src/contract/coverage.ts';
import type { MarketState } from '../../src/contract/events.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import { ema } from '../../src/core/indicators/ema.ts';
import { auctionInProgress } from '../../src/renderer/src/features/chart/auction-in-progress.ts';
import { createBarSeries } from '../../src/renderer/src/features/chart/bar-series.ts';
import { candlePoint, volumePoint } from '../../src/renderer/src/features/chart/chart-points.ts';
import { legendReading } from '../../src/renderer/src/features/chart/legend-reading.ts';
import { overlayLine } from '../../src/renderer/src/features/chart/overlay-line.ts';
import { shownVolume } from '../../src/renderer/src/features/chart/shown-volume.ts';
import { priceStyleOf } from '../../src/renderer/src/format/price-style.ts';
import { BAR_MS, bar, OPEN, table } from './chart-table.ts';

/** The pre-open auction of the day, or one that begins with bar number `index` of it. */
function auction(index: number, price: number, kind: ChartAuction['kind'] = 'closing'): ChartAuction {
  const openTime = (OPEN + index * BAR_MS + 1_000) as EpochMs;
  const prices = { open: price, high: price, low: price, close: price };
  return { kind, openTime, closeTime: (openTime + 20 * 60_000) as EpochMs, ...prices, volume: 120_000 };
}
function series() {
  const line = overlayLine(ema(3));
  const bars = createBarSeries([line]);
  /** Prices of the rows, those of auctions in brackets. */
  const rows = () =>
    bars.bars.map(({ close, auction: of }) => (of === undefined ? `${close}` : `(${close})`)).join(' ');
  return { bars, line, rows };
}

describe('auctions among the bars', () => {
  it('stand at their own time, and no line knows of them', () => {
    const { bars, line, rows } = series();
    bars.load(table([1, 2, 3, 4], { auctions: [auction(-3, 50, 'pre-open'), auction(1, 99)] }));
    expect(rows()).toBe('(50) 1 2 (99) 3 4');
    expect(line.values).toEqual([undefined, undefined, undefined, undefined, 2, 3]);
    expect(bars.indexOf(bar(2, 0).openTime)).toBe(4);
  });

  it('are drawn no taller than the tallest bar around them, and as tall as they are where that is less', () => {
    const { bars } = series();
    bars.load(table([1, 2], { auctions: [auction(1, 99)] }));
    expect(bars.bars.map((_, row) => shownVolume(bars.bars, row))).toEqual([10, 10, 10]);
    const [first, , closing] = bars.bars;
    if (first === undefined || closing === undefined) throw new Error('Rows are missing.');
    const tall = { ...first, volume: 150_000 };
    expect(shownVolume([tall, closing], 1), 'smaller than a bar').toBe(120_000);
    expect(shownVolume([closing], 0), 'alone').toBe(120_000);
    expect(shownVolume([{ ...first, volume: undefined }, closing], 1), 'among unknown volumes').toBe(120_000);
    expect(shownVolume([tall, { ...closing, volume: undefined }], 1)).toBeUndefined();
  });

  it('wait behind the forming bar, which stays the last row until it closes', () => {
    const { bars, line, rows } = series();
    bars.load(table([1, 2, 3], { forming: bar(3, 8), auctions: [auction(3, 99)] }));
    expect(rows()).toBe('1 2 3 8');
    bars.apply(bar(3, 6), false);
    expect(rows()).toBe('1 2 3 6');
    expect(bars.apply(bar(3, 4), true)).toEqual({ kind: 'tail', from: 3 });
    expect(rows()).toBe('1 2 3 4 (99)');
    expect(bars.forming).toBe(false);
    expect(bars.apply(bar(5, 5), false), 'drawn from the row before on').toEqual({ kind: 'tail', from: 4 });
    expect(rows()).toBe('1 2 3 4 (99) 5');
    expect(line.values).toEqual([undefined, undefined, 2, 3, undefined, 4]);
  });

  it('take their place too when nobody said that the bar before them has closed', () => {
    const { bars, rows } = series();
    bars.load(table([1, 2, 3], { forming: bar(3, 8), auctions: [auction(3, 99)] }));
    bars.apply(bar(5, 5), false);
    expect(rows()).toBe('1 2 3 8 (99) 5');
  });

  it('let a late bar in before them', () => {
    const { bars, line, rows } = series();
    bars.load(table([1, 2, 3], { auctions: [auction(4, 99)] }));
    expect(bars.apply(bar(3, 7), false), 'an echo of a bar that has closed').toEqual({ kind: 'none' });
    expect(bars.apply(bar(3, 4), true)).toEqual({ kind: 'history' });
    expect(rows()).toBe('1 2 3 4 (99)');
    expect(line.values).toEqual([undefined, undefined, 2, 3, undefined]);
  });

  it('come with older pages, and only once', () => {
    const { bars, rows } = series();
    bars.load(table([3, 4], { first: 2, more: true, auctions: [auction(1, 50)] }));
    expect(rows()).toBe('(50) 3 4');
    expect(bars.prepend(table([1, 2], { auctions: [auction(-1, 40, 'pre-open'), auction(1, 50)] }))).toBe(3);
    expect(rows()).toBe('(40) 1 2 (50) 3 4');
  });

  it('give way to a bar of the same moment: the chart has one row a moment', () => {
    const { bars, rows } = series();
    const openTime = bar(1, 0).openTime;
    bars.load(table([1, 2, 3], { auctions: [{ ...auction(1, 99), openTime }] }));
    expect(rows()).toBe('1 2 3');
  });

  it('change no value of a line, whatever closes in whatever order', () => {
    const price = fc.integer({ min: 1, max: 500 });
    const closes = fc.array(fc.record({ at: fc.integer({ min: 0, max: 12 }), close: price }), { maxLength: 40 });
    const places = fc.uniqueArray(fc.integer({ min: -2, max: 13 }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(price, { minLength: 1, maxLength: 6 }), places, closes, (loaded, at, events) => {
        const [withThem, without] = [series(), series()];
        const auctions = at.toSorted((a, b) => a - b).map((index) => auction(index, 777));
        withThem.bars.load(table(loaded, { auctions }));
        without.bars.load(table(loaded));
        for (const { at: index, close } of events)
          for (const { bars } of [withThem, without]) bars.apply(bar(index, close), true);

        const { bars } = withThem.bars;
        expect(bars).toHaveLength(without.bars.bars.length + auctions.length);
        expect(bars.map(({ openTime }) => openTime)).toEqual(
          bars.map(({ openTime }) => openTime).toSorted((a, b) => a - b),
        );
        const values = bars.flatMap((one, row) => (one.auction === undefined ? [withThem.line.values[row]] : []));
        expect(values).toEqual(without.line.values);
      }),
    );
  });
});

describe('an auction on the chart', () => {
  const colors = { rising: 'r', falling: 'f', auction: 'a', auctionVolume: 'v' };
  const { bars } = series();
  bars.load(table([1_400, 1_410], { auctions: [auction(0, 1_413.2)] }));
  const row = bars.bars[1];

  it('is hollow and muted', () => {
    if (row === undefined) throw new Error('The auction has no row.');
    expect(candlePoint(row, colors)).toMatchObject({ color: 'transparent', borderColor: 'a', wickColor: 'a' });
    expect(volumePoint(row, 120_000, colors)).toMatchObject({ value: 120_000, color: 'v' });
    expect(candlePoint(bar(0, 1), colors)).not.toHaveProperty('color');
  });

  it('is told in the legend by its name, hours, price and volume', () => {
    const source = { bars: bars.bars, fast: [], slow: [], rsi: [], style: priceStyleOf(undefined) };
    expect(legendReading(source, 1)?.auction).toBe('Closing auction 09:15–09:35  1,413.20  Vol 1.20 L');
    expect(legendReading(source, 2), 'a bar changes from the bar before').toMatchObject({
      auction: undefined,
      change: '+10.00 (+0.71%)',
    });
  });

  it('is shaded while it goes on, where the instrument takes part', () => {
    const until = (OPEN + 6 * 3_600_000) as EpochMs;
    const closing: MarketState = { phase: 'closing-auction', until, warning: undefined };
    expect(auctionInProgress(closing, 'nse-cas', '5m')).toEqual({ kind: 'closing', until });
    expect(auctionInProgress(closing, 'nse-fno', '5m'), 'futures trade on').toBeUndefined();
    expect(auctionInProgress(closing, 'nse-cas', '1d'), 'a day holds its auctions').toBeUndefined();
    expect(auctionInProgress({ ...closing, phase: 'pre-open' }, 'nse-cash', '1m')?.kind).toBe('pre-open');
    expect(auctionInProgress({ ...closing, phase: 'open' }, 'nse-cas', '5m')).toBeUndefined();
    expect(auctionInProgress({ ...closing, until: undefined }, 'nse-cas', '5m')).toBeUndefined();
    expect(auctionInProgress(undefined, 'nse-cas', '5m')).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ema } from '../../src/core/indicators/ema.ts';
import { rsi } from '../../src/core/indicators/rsi.ts';
import { createBarSeries } from '../../src/renderer/src/features/chart/bar-series.ts';
import { overlayLine } from '../../src/renderer/src/features/chart/overlay-line.ts';
import { BAR_MS, bar, OPEN, table } from './chart-table.ts';

function series() {
  const line = overlayLine(ema(3));
  const bars = createBarSeries([line]);
  const closes = () => bars.bars.map(({ close }) => close);
  return { bars, line, closes };
}

describe('bar series', () => {
  it('shows what was loaded, the forming bar last', () => {
    const { bars, line, closes } = series();
    bars.load(table([1, 2, 3], { forming: bar(3, 8) }));
    expect(closes()).toEqual([1, 2, 3, 8]);
    expect(bars.forming).toBe(true);
    expect(line.values, 'EMA 3: the mean of the first three, then half way to each price').toEqual([
      undefined,
      undefined,
      2,
      5,
    ]);
  });

  it('moves the forming bar without remembering where it was', () => {
    const { bars, line } = series();
    bars.load(table([1, 2, 3], { forming: bar(3, 8) }));
    expect(bars.apply(bar(3, 100), false)).toEqual({ kind: 'tail', from: 3 });
    expect(bars.apply(bar(3, 4), false)).toEqual({ kind: 'tail', from: 3 });
    expect(line.values).toEqual([undefined, undefined, 2, 3]);
  });

  it('closes a bar and begins the next', () => {
    const { bars, line, closes } = series();
    bars.load(table([1, 2, 3], { forming: bar(3, 8) }));
    bars.apply(bar(3, 6), true);
    expect(bars.forming).toBe(false);
    expect(bars.apply(bar(4, 10), false), 'the one before is drawn once more, as it closed').toEqual({
      kind: 'tail',
      from: 3,
    });
    expect(closes()).toEqual([1, 2, 3, 6, 10]);
    expect(line.values).toEqual([undefined, undefined, 2, 4, 7]);
  });

  it('takes the next bar for the end of the one before, when nobody said so', () => {
    const { bars, line } = series();
    bars.load(table([1, 2, 3], { forming: bar(3, 6) }));
    bars.apply(bar(4, 10), false);
    expect(line.values).toEqual([undefined, undefined, 2, 4, 7]);
  });

  it('ignores the echo of a forming bar that has closed', () => {
    const { bars, closes } = series();
    bars.load(table([1, 2, 3]));
    expect(bars.apply(bar(2, 99), false)).toEqual({ kind: 'none' });
    expect(bars.apply(bar(0, 99), false)).toEqual({ kind: 'none' });
    expect(closes()).toEqual([1, 2, 3]);
  });

  it('corrects a closed bar and draws the lines anew', () => {
    const { bars, line, closes } = series();
    bars.load(table([1, 2, 3], { forming: bar(3, 8) }));
    expect(bars.apply(bar(1, 5), true)).toEqual({ kind: 'history' });
    expect(closes()).toEqual([1, 5, 3, 8]);
    expect(line.values).toEqual([undefined, undefined, 3, 5.5]);
    expect(bars.forming, 'the newest bar still forms').toBe(true);
    expect(bars.apply(bar(1, 5), true), 'the same word twice says nothing').toEqual({ kind: 'none' });
  });

  it('puts a late bar into the gap it left', () => {
    const { bars, closes } = series();
    bars.load(table([1, 2]));
    bars.apply(bar(3, 4), true);
    expect(bars.apply(bar(2, 3), true)).toEqual({ kind: 'history' });
    expect(closes()).toEqual([1, 2, 3, 4]);
  });

  it('leaves a bar older than all others to the page it belongs to', () => {
    const { bars, closes } = series();
    bars.load(table([3, 4], { first: 2, more: true }));
    expect(bars.apply(bar(0, 1), true)).toEqual({ kind: 'none' });
    expect(bars.prepend(table([1, 2]))).toBe(2);
    expect(closes()).toEqual([1, 2, 3, 4]);
  });

  it('puts a page in front, without what it already has', () => {
    const { bars, line, closes } = series();
    bars.load(table([3, 4], { first: 2, more: true }));
    expect(bars.prepend(table([1, 2, 99], { more: true }))).toBe(2);
    expect(closes()).toEqual([1, 2, 3, 4]);
    expect(line.values, 'the lines begin earlier now').toEqual([undefined, undefined, 2, 3]);
    expect(bars.more).toBe(true);
    expect(bars.prepend(table([], { more: true })), 'an empty page is the last one').toBe(0);
    expect(bars.more).toBe(false);
  });

  it('has no volume where the engine has none', () => {
    const { bars } = series();
    bars.load({ ...table([1]), volume: [null] });
    bars.apply(bar(1, 2, { volume: undefined }), false);
    expect(bars.bars.map(({ volume }) => volume)).toEqual([undefined, undefined]);
  });

  it('forgets a forming bar that the closed ones have overtaken', () => {
    const { bars, closes } = series();
    bars.load(table([1, 2, 3], { forming: bar(2, 9) }));
    expect(closes()).toEqual([1, 2, 3]);
    expect(bars.forming).toBe(false);
  });

  it('finds bars by their time', () => {
    const { bars } = series();
    bars.load(table([1, 2, 3]));
    expect(bars.indexOf(bar(1, 0).openTime)).toBe(1);
    expect(bars.indexOf(bar(7, 0).openTime)).toBe(-1);
  });

  it('comes to the same lines however the bars arrived', () => {
    const price = fc.integer({ min: 1, max: 500 });
    const event = fc.record({ at: fc.integer({ min: 0, max: 12 }), close: price, closed: fc.boolean() });
    fc.assert(
      fc.property(fc.array(price, { maxLength: 6 }), fc.array(event, { maxLength: 40 }), (loaded, events) => {
        const lines = [overlayLine(ema(3)), overlayLine(rsi(2))];
        const bars = createBarSeries(lines);
        bars.load(table(loaded));
        for (const { at, close, closed } of events) bars.apply(bar(at, close), closed);

        const times = bars.bars.map(({ openTime }) => openTime);
        expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
        const fresh = [overlayLine(ema(3)), overlayLine(rsi(2))];
        for (const [index, { close }] of bars.bars.entries())
          for (const line of fresh)
            if (bars.forming && index === times.length - 1) line.preview(close);
            else line.close(close);
        expect(lines.map(({ values }) => values)).toEqual(fresh.map(({ values }) => values));
      }),
    );
  });
});

describe('the sample', () => {
  it('counts bars from the open', () => {
    expect(bar(2, 1).openTime).toBe(OPEN + 2 * BAR_MS);
  });
});

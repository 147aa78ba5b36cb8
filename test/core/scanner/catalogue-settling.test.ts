import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bar } from '../../../src/core/indicators/indicator.ts';
import { findFunction } from '../../../src/core/scanner/catalogue.ts';
import type { Arithmetic } from '../../../src/core/scanner/scan-function.ts';
import { wanderingBars } from '../../support/wandering-bars.ts';
import { dayOf, partReadings } from './catalogue-readings.ts';

/** How far two readings are apart, the one of data that began so many bars earlier. */
interface Gap {
  /** As far as they ever were. */
  readonly first: number;
  /** From the bar on which the younger one is settled. */
  readonly left: number;
}

const AFTERWARDS = 60;

function gapOf(name: string, numbers: readonly number[], arithmetic: Arithmetic, seed: number, earlier: number): Gap[] {
  const scanFunction = findFunction(name);
  if (scanFunction === undefined) throw new Error(`There is no ${name}.`);
  const settled = scanFunction.settlesAfter(numbers);
  const bars = wanderingBars(seed, earlier + settled + AFTERWARDS);
  const read = (from: readonly Bar[]) => partReadings(scanFunction, numbers, from, { arithmetic });
  const elder = read(bars).slice(earlier);
  const younger = read(bars.slice(earlier));
  return (younger[0] ?? []).map((_, part) => {
    const off = younger.map((values, index) => Math.abs((values[part] ?? Number.NaN) - (elder[index]?.[part] ?? 0)));
    return {
      first: Math.max(...off.filter((value) => !Number.isNaN(value))),
      // A reading that is still unknown is NaN, and below nothing.
      left: Math.max(...off.slice(settled - 1)),
    };
  });
}

const arithmetics = fc.constantFrom<Arithmetic>('trading-view', 'ta-lib');
const seeds = fc.nat();
const earlier = fc.integer({ min: 1, max: 300 });

describe('settlesAfter', () => {
  it.each([
    ['ema', [9]],
    ['ema', [21]],
    ['ema', [50]],
    ['rma', [14]],
    ['atr', [14]],
    ['macd', [12, 26, 9]],
    ['macd', [5, 35, 5]],
    ['adx', [14]],
    ['adx', [7]],
  ])('of %s(%s) leaves less than 0.01 %% of the difference', (name, numbers) => {
    fc.assert(
      fc.property(seeds, earlier, arithmetics, (seed, more, arithmetic) => {
        for (const { first, left } of gapOf(name, numbers, arithmetic, seed, more))
          expect(left).toBeLessThanOrEqual(1e-4 * first + 1e-9);
      }),
      { numRuns: 25 },
    );
  });

  // Ratios: what is left of the seed weighs as much as its moves were larger than those since.
  it.each([
    ['rsi', [14]],
    ['plus_di', [14]],
    ['minus_di', [14]],
  ])('of %s(%s) leaves less than 0.02 of its 100 points', (name, numbers) => {
    fc.assert(
      fc.property(seeds, earlier, arithmetics, (seed, more, arithmetic) => {
        for (const { left } of gapOf(name, numbers, arithmetic, seed, more)) expect(left).toBeLessThan(0.02);
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ['sma', [20]],
    ['max', [20]],
    ['min', [20]],
    ['sum', [20]],
    ['stddev', [20]],
    ['bollinger', [20, 2]],
    ['donchian', [20]],
    ['stochastic', [14, 3, 3]],
    ['roc', [10]],
    ['change', [1]],
  ])('of %s(%s) leaves nothing', (name, numbers) => {
    fc.assert(
      fc.property(seeds, earlier, arithmetics, (seed, more, arithmetic) => {
        for (const { left } of gapOf(name, numbers, arithmetic, seed, more)) expect(left).toBe(0);
      }),
      { numRuns: 25 },
    );
  });

  it('of supertrend is enough for line and direction in all but one start of a hundred', () => {
    let [starts, wrong] = [0, 0];
    for (let seed = 1; seed <= 150; seed += 1) {
      const [line, direction] = gapOf('supertrend', [10, 3], 'trading-view', seed, 100 + seed);
      starts += 1;
      if ((line?.left ?? Number.NaN) > 0.05 || direction?.left !== 0) wrong += 1;
    }
    expect(wrong / starts).toBeLessThanOrEqual(0.01);
  });

  it('is sharp: one period less leaves more than 0.01 % of an average', () => {
    const ema = findFunction('ema');
    const settled = ema?.settlesAfter([21]) ?? Number.NaN;
    // The seed's share after so many more bars.
    const left = (bars: number): number => (1 - 2 / 22) ** (bars - 21);
    expect(left(settled)).toBeLessThan(1e-4);
    expect(left(settled - 1)).toBeGreaterThanOrEqual(1e-4);
  });
});

describe('what begins elsewhere', () => {
  const bars = wanderingBars(11, 1_500);
  const firstOfDay = bars.findIndex(
    ({ openTime }, index) => index > 0 && dayOf(openTime) !== dayOf(bars[index - 1]?.openTime ?? 0),
  );
  const readings = (name: string, from: number) => {
    const scanFunction = findFunction(name);
    if (scanFunction === undefined) throw new Error(`There is no ${name}.`);
    const values = partReadings(scanFunction, [], bars.slice(from), { arithmetic: 'trading-view' });
    return values.map(([value]) => value ?? Number.NaN);
  };

  it('vwap begins with the day: the same from there on, and from nowhere else', () => {
    expect(readings('vwap', 0).slice(firstOfDay)).toEqual(readings('vwap', firstOfDay));
    expect(readings('vwap', 0)[firstOfDay + 50]).not.toBe(readings('vwap', firstOfDay + 10)[40]);
  });

  it('obv keeps its distance for ever, and changes alike', () => {
    const elder = readings('obv', 0).slice(firstOfDay + 1);
    const younger = readings('obv', firstOfDay).slice(1);
    const distance = elder.map((value, index) => value - (younger[index] ?? Number.NaN));
    expect(new Set(distance).size).toBe(1);
    expect(distance[0]).not.toBe(0);
  });
});

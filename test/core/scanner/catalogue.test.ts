import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFunction, SCAN_FUNCTIONS } from '../../../src/core/scanner/catalogue.ts';
import { BAR_FIELDS } from '../../../src/core/scanner/expression.ts';
import { SCAN_LIMITS } from '../../../src/core/scanner/limits.ts';
import type { Arithmetic, ScanFunction } from '../../../src/core/scanner/scan-function.ts';
import { wanderingBars } from '../../support/wandering-bars.ts';
import { closeOf, dayOf, partCount, partReadings, usualNumbers } from './catalogue-readings.ts';

const BARS = wanderingBars(7, 400);
const NAMES = SCAN_FUNCTIONS.flatMap(({ name, aliases }) => [name, ...aliases]);

/** Numbers that a function takes: small, and without fault. */
function numbersFor({ numbers, fault }: ScanFunction): fc.Arbitrary<readonly number[]> {
  const each = numbers.map(({ isBars, least }) =>
    isBars ? fc.integer({ min: least, max: 30 }) : fc.double({ min: least + 0.1, max: 5, noNaN: true }),
  );
  return fc.tuple(...each).filter((given) => fault(given) === undefined);
}

/** Index of the first bar on which a part reads, counted from 1. */
function firstReading(
  scanFunction: ScanFunction,
  numbers: readonly number[],
  arithmetic: Arithmetic,
  part: number,
): number {
  const values = partReadings(scanFunction, numbers, BARS, { arithmetic });
  return values.findIndex((value) => value[part] !== undefined) + 1;
}

describe('the catalogue', () => {
  it('lists every name once, as one word in small letters', () => {
    expect(new Set(NAMES).size).toBe(NAMES.length);
    for (const name of NAMES) expect(name).toMatch(/^[a-z][a-z_]*$/);
  });

  it('takes no name that means something else in a sentence', () => {
    const taken = [
      ...BAR_FIELDS,
      ...['gap', 'day', 'previous', 'abs', 'greater', 'lesser', 'time', 'symbol', 'sector'],
      ...['and', 'or', 'not', 'between', 'within', 'for', 'crosses', 'turns', 'rising', 'falling', 'above', 'below'],
    ];
    expect(NAMES.filter((name) => taken.includes(name))).toEqual([]);
  });

  it('finds by name and by alias', () => {
    expect(findFunction('bollinger')?.name).toBe('bollinger');
    expect(findFunction('bb')?.name).toBe('bollinger');
    expect(findFunction('hh')?.name).toBe('max');
    expect(findFunction('wma')).toBeUndefined();
    expect(findFunction('constructor')).toBeUndefined();
  });

  it('has all that a person expects', () => {
    const expected =
      'ema sma rma max min sum stddev rsi macd stochastic roc change atr bollinger supertrend donchian adx plus_di minus_di vwap obv';
    expect(SCAN_FUNCTIONS.map(({ name }) => name)).toEqual(expected.split(' '));
  });
});

describe.each(SCAN_FUNCTIONS.map((scanFunction) => [scanFunction.name, scanFunction] as const))('%s', (name, its) => {
  it('shows how it is written', () => {
    expect(its.example.startsWith(name)).toBe(true);
    expect(its.summary.length).toBeLessThan(110);
    const [, part] = /\.([a-z]+)/.exec(its.example) ?? [];
    if (part !== undefined) expect(its.parts).toContain(part);
  });

  it('reads its first part from exactly the bar it says', () => {
    fc.assert(
      fc.property(numbersFor(its), (numbers) => {
        expect(firstReading(its, numbers, 'trading-view', 0)).toBe(its.readsFrom(numbers));
      }),
      { numRuns: 25 },
    );
  });

  it('reads every part once it is settled, in both arithmetics', () => {
    fc.assert(
      fc.property(numbersFor(its), fc.constantFrom<Arithmetic>('trading-view', 'ta-lib'), (numbers, arithmetic) => {
        const settled = its.settlesAfter(numbers);
        expect(settled).toBeGreaterThanOrEqual(its.readsFrom(numbers));
        for (let part = 0; part < partCount(its); part += 1) {
          expect(firstReading(its, numbers, arithmetic, part)).toBeGreaterThan(0);
          expect(firstReading(its, numbers, arithmetic, part)).toBeLessThanOrEqual(settled);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('previews without remembering', () => {
    const instance = its.build(usualNumbers(its), { arithmetic: 'trading-view', dayOf });
    let now = instance;
    const seen = BARS.map((bar, index) => {
      const other = BARS[(index * 7) % BARS.length] ?? bar;
      now.next(other, closeOf(other) * 1.01).next(other, closeOf(other));
      now = now.next(bar, closeOf(bar));
      return Array.from({ length: partCount(its) }, (_, part) => now.value(part));
    });
    expect(seen).toEqual(partReadings(its, usualNumbers(its), BARS, { arithmetic: 'trading-view' }));
  });

  it('builds with the least and the most of each number, and with nothing less', () => {
    its.numbers.forEach(({ isBars, least }, at) => {
      const given = (value: number): readonly number[] =>
        usualNumbers(its).map((usual, i) => (i === at ? value : usual));
      const build = (value: number, arithmetic: Arithmetic) => () => its.build(given(value), { arithmetic, dayOf });
      for (const arithmetic of ['trading-view', 'ta-lib'] as const) {
        const most = isBars ? SCAN_LIMITS.period : 1e6;
        for (const value of [isBars ? least : least + 0.01, most])
          if (its.fault(given(value)) === undefined) expect(build(value, arithmetic)).not.toThrow();
        if (isBars) expect(build(2.5, arithmetic)).toThrow(RangeError);
        expect(build(isBars ? 0 : -1, arithmetic)).toThrow(RangeError);
        expect(build(Number.NaN, arithmetic)).toThrow(RangeError);
      }
    });
  });

  it('waits for a number of bars that can be counted, whatever its numbers', () => {
    const most = its.numbers.map(({ isBars }) => (isBars ? SCAN_LIMITS.period : 1e9));
    expect(Number.isInteger(its.settlesAfter(most))).toBe(true);
    expect(its.settlesAfter(most)).toBeLessThan(21_000);
  });
});

describe('numbers that do not go together', () => {
  it('are told in a sentence', () => {
    const macd = findFunction('macd');
    expect(macd?.fault([12, 26, 9])).toBeUndefined();
    expect(macd?.fault([26, 12, 9])).toBe('The fast period of macd must be below the slow one, as in macd(12, 26, 9).');
    expect(macd?.fault([12, 12, 9])).toContain('below the slow one');
  });

  it('are those that cannot be built', () => {
    const bars = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(bars, bars, bars, (fast, slow, signal) => {
        const macd = findFunction('macd');
        const build = () => macd?.build([fast, slow, signal], { arithmetic: 'trading-view', dayOf });
        if (macd?.fault([fast, slow, signal]) === undefined) expect(build).not.toThrow();
        else expect(build).toThrow(RangeError);
      }),
    );
  });
});

describe("TA-Lib's arithmetic", () => {
  it.each([
    ['atr', [14], 15],
    ['macd', [12, 26, 9], 34],
    ['stochastic', [14, 3, 3], 18],
    ['obv', [], 1],
    ['adx', [14], 28],
    ['plus_di', [14], 15],
    ['rsi', [14], 15],
    ['ema', [9], 9],
  ])('lets %s(%s) read from bar %i', (name, numbers, bar) => {
    const scanFunction = findFunction(name);
    expect(scanFunction && firstReading(scanFunction, numbers, 'ta-lib', 0)).toBe(bar);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFunction } from '../../../src/core/scanner/catalogue.ts';
import { isAlways, isNever } from '../../../src/core/scanner/check-holds.ts';
import type { Condition } from '../../../src/core/scanner/expression.ts';
import { formatScan } from '../../../src/core/scanner/format.ts';
import type { Timeframe } from '../../../src/core/timeframe.ts';
import { NaiveScan } from '../../support/naive-scan.ts';
import { scanConditions } from '../../support/scan-arbitraries.ts';
import { scanMarkets } from '../../support/scan-markets.ts';

const HOURS = [{ open: 555, close: 930 }];
const market = {
  '2h': scanMarkets({ timeframe: '2h', dates: ['2026-11-13', '2026-11-16', '2026-11-18', '2026-11-19'], past: 0 }),
  '1d': scanMarkets({ timeframe: '1d', dates: ['2026-11-12', '2026-11-13', '2026-11-16', '2026-11-18'], past: 0 }),
};

/** Sentences that often cannot hold, or cannot fail: few numbers, near each other's bounds. */
function sentences(names: readonly string[], timeframes: readonly Timeframe[], depth: number): fc.Arbitrary<Condition> {
  return scanConditions({
    functions: names.flatMap((name) => findFunction(name) ?? []),
    timeframes,
    dayFields: true,
    maxPeriod: 2,
    maxReach: 2,
    depth,
    literals: fc.constantFrom(0, 0, 1, 50, 100),
    symbols: fc.constantFrom('INFY', 'TCS', 'NSE:INFY'),
    sectors: fc.constantFrom('IT', 'Banks'),
  });
}

const WINDOWS = ['max', 'min', 'donchian', 'bollinger'];
const SCORES = ['rsi', 'stochastic', 'adx', 'supertrend', 'atr', 'roc', 'sum', 'sma', 'vwap'];

describe('what is said to never or always hold', () => {
  it.each([
    ['of windows', WINDOWS, '2h', 1],
    ['of windows on days', WINDOWS, '1d', 1],
    ['of readings', SCORES, '2h', 1],
    ['of several conditions', ['rsi', 'max'], '2h', 2],
    ['of several conditions on days', ['min', 'donchian'], '1d', 2],
  ] as const)('%s does so on every bar', (_name, names, timeframe, depth) => {
    const said = { never: 0, always: 0 };
    fc.assert(
      fc.property(
        fc.array(sentences(names, timeframe === '2h' ? ['2h', '4h', '1d'] : ['1d', '1w'], depth), {
          minLength: 40,
          maxLength: 40,
        }),
        market[timeframe],
        (conditions, drawn) => {
          const scan = new NaiveScan(drawn, 'trading-view');
          for (const condition of conditions) {
            const verdicts = { never: isNever(condition, HOURS), always: isAlways(condition, HOURS) };
            if (!verdicts.never && !verdicts.always) continue;
            const truths = scan.own.map((_bar, at) => scan.truth(condition, at));
            if (verdicts.never) expect(truths, formatScan(condition)).not.toContain(true);
            if (verdicts.always) expect(truths, formatScan(condition)).not.toContain(false);
            said.never += verdicts.never ? 1 : 0;
            said.always += verdicts.always ? 1 : 0;
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(said.never).toBeGreaterThan(50);
    expect(said.always).toBeGreaterThan(20);
  });
});

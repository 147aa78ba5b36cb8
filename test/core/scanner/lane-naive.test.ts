import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../src/core/rule.ts';
import { SCAN_FUNCTIONS } from '../../../src/core/scanner/catalogue.ts';
import { type CompiledRule, compileRule } from '../../../src/core/scanner/compile-rule.ts';
import { formatScan } from '../../../src/core/scanner/format.ts';
import { ScanLane } from '../../../src/core/scanner/scan-lane.ts';
import type { Timeframe } from '../../../src/core/timeframe.ts';
import { contextOf, laneBars, type NaiveMarket } from '../../support/naive-market.ts';
import { naiveVerdicts } from '../../support/naive-trigger.ts';
import { scanConditions } from '../../support/scan-arbitraries.ts';
import { scanMarkets } from '../../support/scan-markets.ts';
import { sampleRule } from './sample-rule.ts';

/** A Friday to the Friday after; between them a Tuesday without trading. */
const DAYS = ['2026-11-13', '2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20'];
const WEEKS = [
  ...DAYS,
  '2026-11-23',
  '2026-11-25',
  '2026-11-26',
  '2026-11-27',
  '2026-11-30',
  '2026-12-01',
  '2026-12-02',
];

const MARKETS: Readonly<
  Record<'30m' | '2h' | '1d', { readonly dates: readonly string[]; readonly longer: readonly Timeframe[] }>
> = {
  '30m': { dates: DAYS, longer: ['30m', '1h', '2h', '1d', '1w'] },
  '2h': { dates: WEEKS, longer: ['2h', '4h', '1d', '1w', '1mo'] },
  '1d': { dates: WEEKS, longer: ['1d', '1w', '1mo'] },
};

/** Rules whose numbers lie where the made-up prices do. */
function rules(timeframe: keyof typeof MARKETS): fc.Arbitrary<Rule> {
  const text = scanConditions({
    functions: SCAN_FUNCTIONS,
    timeframes: MARKETS[timeframe].longer,
    maxPeriod: 4,
    maxReach: 4,
    depth: 2,
    literals: fc.oneof(
      fc.integer({ min: 45, max: 60 }),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 100 }),
    ),
    symbols: fc.constantFrom('INFY', 'TCS'),
    sectors: fc.constantFrom('it', 'Banks'),
  }).map(formatScan);
  const maybe = fc.option(text, { nil: null });
  return fc
    .record({
      buy: text,
      sell: maybe,
      arithmetic: fc.constantFrom('trading-view', 'ta-lib'),
      rearm: fc.oneof(
        fc.record({ kind: fc.constant('bars' as const), bars: fc.integer({ min: 1, max: 4 }) }),
        fc.record({ kind: fc.constant('condition' as const), buy: maybe, sell: maybe }),
      ),
      cooldownMinutes: fc.constantFrom(0, 0, 45, 120),
      onlyNew: fc.nat(4).map((n) => n === 0),
      activeHours: fc.constantFrom(null, null, { from: '10:00', to: '14:15' }),
      expiresOn: fc.constantFrom(null, null, '2026-11-19' as NonNullable<Rule['expiresOn']>),
    })
    .map((fields) => sampleRule({ ...fields, timeframe }));
}

/** What a lane says on each bar, in the same words as the naive evaluator. */
function laneVerdicts(compiled: CompiledRule, market: NaiveMarket) {
  const lane = new ScanLane([compiled], market.timeframe, contextOf(market));
  return laneBars(market).map((bar) => {
    const told = lane.close(bar)[0]?.side;
    const truths = new Map(lane.judgements().map(({ side, truth }) => [side, truth]));
    return { buy: truths.get('buy'), sell: truths.get('sell'), told };
  });
}

describe.each(['30m', '2h', '1d'] as const)('a lane of %s bars', (timeframe) => {
  const { dates } = MARKETS[timeframe];

  it('says on every bar what a naive evaluator says that starts afresh each time', () => {
    const seen = { true: 0, false: 0, undefined: 0, told: 0 };
    fc.assert(
      fc.property(rules(timeframe), scanMarkets({ timeframe, dates, past: 3 }), (rule, market) => {
        const compiled = compileRule(rule);
        const verdicts = laneVerdicts(compiled, market);
        expect(verdicts).toEqual(naiveVerdicts(compiled, market));
        for (const { buy, told } of verdicts) {
          seen[`${buy}`] += 1;
          if (told !== undefined) seen.told += 1;
        }
      }),
      { numRuns: 150 },
    );
    // The rules say something.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(50);
  });
});

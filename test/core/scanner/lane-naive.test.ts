import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CompiledRule, compileRule } from '../../../src/core/scanner/compile-rule.ts';
import { ScanLane } from '../../../src/core/scanner/scan-lane.ts';
import { contextOf, laneBars, type NaiveMarket } from '../../support/naive-market.ts';
import { naiveVerdicts } from '../../support/naive-trigger.ts';
import { scanMarkets } from '../../support/scan-markets.ts';
import { MARKETS, rulesOn } from './random-rules.ts';

/** What a lane says on each bar, in the same words as the naive evaluator. */
function laneVerdicts(compiled: CompiledRule, market: NaiveMarket) {
  const lane = new ScanLane([compiled], market.timeframe, contextOf(market));
  return laneBars(market).map((bar) => {
    const told = lane.close(bar)[0]?.side;
    const truths = new Map(lane.judgements().map(({ side, truth }) => [side, truth]));
    return { buy: truths.get('buy'), sell: truths.get('sell'), told };
  });
}

/** The naive evaluator has no hurry. */
const SLOW = { timeout: 60_000 };
const RUNS = { '30m': 80, '2h': 120, '1d': 400 };

describe.each(['30m', '2h', '1d'] as const)('a lane of %s bars', (timeframe) => {
  const { dates } = MARKETS[timeframe];

  it('says on every bar what a naive evaluator says that starts afresh each time', SLOW, () => {
    const seen = { true: 0, false: 0, undefined: 0, told: 0 };
    fc.assert(
      fc.property(rulesOn(timeframe), scanMarkets({ timeframe, dates, past: 3 }), (rule, market) => {
        const compiled = compileRule(rule);
        const verdicts = laneVerdicts(compiled, market);
        expect(verdicts).toEqual(naiveVerdicts(compiled, market));
        for (const { buy, told } of verdicts) {
          seen[`${buy}`] += 1;
          if (told !== undefined) seen.told += 1;
        }
      }),
      { numRuns: RUNS[timeframe] },
    );
    // The rules say something.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(10);
  });
});

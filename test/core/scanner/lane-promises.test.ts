import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import type { Candle } from '../../../src/core/candle.ts';
import { SCAN_FUNCTIONS } from '../../../src/core/scanner/catalogue.ts';
import { type CompiledRule, compileRule } from '../../../src/core/scanner/compile-rule.ts';
import type { Finding } from '../../../src/core/scanner/finding.ts';
import { ScanLane } from '../../../src/core/scanner/scan-lane.ts';
import { contextOf, laneBars, type NaiveMarket } from '../../support/naive-market.ts';
import { NaiveScan } from '../../support/naive-scan.ts';
import { scanMarkets } from '../../support/scan-markets.ts';
import { MARKETS, rulesOn } from './random-rules.ts';
import { read } from './read.ts';

const { dates } = MARKETS['30m'];
const market = scanMarkets({ timeframe: '30m', dates, past: 3 });
const rule = rulesOn('30m');

function laneOf(rules: readonly CompiledRule[], of: NaiveMarket): ScanLane {
  return new ScanLane(rules, of.timeframe, contextOf(of));
}

function findings(rules: readonly CompiledRule[], of: NaiveMarket): readonly Finding[] {
  const lane = laneOf(rules, of);
  return laneBars(of).flatMap((bar) => lane.close(bar));
}

/** The bar as it may have looked before it closed. */
function younger(bar: Candle, by: number): Candle {
  const close = bar.low + ((bar.high - bar.low) * by) / 10;
  return { ...bar, close, high: Math.max(bar.open, close), low: Math.min(bar.open, close) };
}

/** On a busy machine too. */
const SLOW = { timeout: 60_000 };

describe('a lane', SLOW, () => {
  it('finds of a rule what it finds of that rule alone', () => {
    fc.assert(
      fc.property(fc.array(rule, { minLength: 2, maxLength: 4 }), market, (rules, of) => {
        const compiled = rules.map((each, at) => compileRule({ ...each, id: `rule-${at}` }));
        const together = findings(compiled, of);
        for (const each of compiled) {
          const own = together.filter((finding) => finding.rule.id === each.rule.id);
          expect(own).toEqual(findings([each], of));
        }
      }),
    );
  });

  it('finds on a bar that closes as it is what it said it would, and no look at a bar changes what it finds', () => {
    let previewed = 0;
    fc.assert(
      fc.property(rule, market, fc.array(fc.nat(10), { minLength: 8, maxLength: 8 }), (each, of, looks) => {
        const compiled = [compileRule(each)];
        const [quiet, looking] = [laneOf(compiled, of), laneOf(compiled, of)];
        const bars = laneBars(of);
        bars.forEach((bar, at) => {
          looking.preview(younger(bar, looks[at % looks.length] ?? 0));
          const later = bars[at + 3];
          if (later !== undefined) looking.preview(later);
          const would = looking.preview(bar);
          const closed = looking.close(bar);
          expect(would).toEqual(closed);
          expect(closed).toEqual(quiet.close(bar));
          expect(looking.judgements()).toEqual(quiet.judgements());
          expect(looking.newestLonger()).toEqual(quiet.newestLonger());
          previewed += would.length;
        });
      }),
    );
    expect(previewed).toBeGreaterThan(50);
  });

  it('keeps what it has seen: an older bar changes nothing', () => {
    fc.assert(
      fc.property(rule, market, (each, of) => {
        const lane = laneOf([compileRule(each)], of);
        const bars = laneBars(of);
        const found = bars.flatMap((bar, at) => {
          const fresh = lane.close(bar);
          const before = bars[at - 1] ?? bar;
          expect([...lane.close(bar), ...lane.close({ ...before, close: 1 }), ...lane.preview(bar)]).toEqual([]);
          return fresh;
        });
        expect(found).toEqual(findings([compileRule(each)], of));
        expect([lane.bars, lane.previousBar]).toEqual([bars.length, bars.at(-2)]);
      }),
      { numRuns: 30 },
    );
  });

  it('reads every operand as a naive evaluator does, now and on the bar before', () => {
    fc.assert(
      fc.property(rule, market, (each, of) => {
        const compiled = compileRule({ ...each, sell: null });
        const lane = laneOf([compiled], of);
        const naive = new NaiveScan(of, each.arithmetic);
        laneBars(of).forEach((bar, at) => {
          lane.close(bar);
          for (const clause of lane.judgements()[0]?.clauses ?? []) {
            for (const { text, now, before } of clause.operands) {
              const comparison = read(`${text} > 0`);
              if (comparison.kind !== 'compare') throw new Error(text);
              expect([text, now, before]).toEqual([
                text,
                naive.number(comparison.left, at),
                at === 0 ? undefined : naive.number(comparison.left, at - 1),
              ]);
            }
          }
        });
      }),
      { numRuns: 60 },
    );
  });
});

/** What they say depends on their last bars alone. */
const WINDOWS = ['sma', 'max', 'min', 'stddev', 'sum', 'roc', 'change', 'bollinger', 'donchian', 'stochastic', 'vwap'];
const windows = SCAN_FUNCTIONS.filter(({ name }) => WINDOWS.includes(name));

describe('what fires today', SLOW, () => {
  it('does not depend on where the data began', () => {
    let found = 0;
    const whole = scanMarkets({ timeframe: '30m', dates, past: 0, isWhole: true });
    fc.assert(
      fc.property(rulesOn('30m', windows), whole, fc.integer({ min: 1, max: 3 }), (each, of, later) => {
        const compiled = [compileRule(each)];
        const { calendar } = of;
        const newest = of.bars.at(-1)?.openTime ?? (0 as EpochMs);
        const today = (from: number): readonly Finding[] =>
          findings(compiled, { ...of, from, asked: new Map() }).filter(
            ({ barTime }) => calendar.dateOf(barTime) === calendar.dateOf(newest),
          );
        const early = today(0);
        found += early.length;
        const told = (all: readonly Finding[]) =>
          all.map(({ side, barTime, price, text }) => ({ side, barTime, price, text }));
        expect(told(today(13 * later))).toEqual(told(early));
      }),
      { numRuns: 300 },
    );
    expect(windows.length).toBeGreaterThan(8);
    expect(found).toBeGreaterThan(50);
  });
});

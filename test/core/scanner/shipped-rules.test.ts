import { describe, expect, it } from 'vitest';
import { ruleSchema } from '../../../src/contract/rules.ts';
import { compileRule, needsOf } from '../../../src/core/scanner/compile-rule.ts';
import { formatScan } from '../../../src/core/scanner/format.ts';
import { SHIPPED_RULES } from '../../../src/core/scanner/shipped-rules.ts';
import { read } from './read.ts';

describe('the rules that come with the app', () => {
  it('are ten, each with a name of its own, switched off', () => {
    expect(SHIPPED_RULES).toHaveLength(10);
    expect(new Set(SHIPPED_RULES.flatMap(({ id, name }) => [id, name])).size).toBe(20);
    expect(SHIPPED_RULES.some(({ enabled }) => enabled)).toBe(false);
  });

  it.each(SHIPPED_RULES.map((rule) => [rule.id, rule] as const))('%s can be read and kept', (_id, rule) => {
    expect(ruleSchema.parse(structuredClone(rule))).toEqual(rule);
    expect(() => compileRule(rule)).not.toThrow();
    expect(rule.note).toMatch(/^[A-Z].{20,140}\.$/u);
    const again = rule.rearm.kind === 'condition' ? [rule.rearm.buy, rule.rearm.sell] : [];
    for (const text of [rule.buy, rule.sell, ...again]) expect(formatScan(read(text ?? ''))).toBe(text);
  });

  it('have what they need in some weeks of bars', () => {
    const days = { '5m': 75, '15m': 25, '1d': 1 } as const;
    for (const rule of SHIPPED_RULES)
      for (const { timeframe, bars } of needsOf([compileRule(rule)], rule.timeframe))
        expect(bars / (days[timeframe as keyof typeof days] ?? Number.NaN)).toBeLessThanOrEqual(
          timeframe === '1d' ? 200 : 25,
        );
  });
});

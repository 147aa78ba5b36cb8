import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COOLDOWNS } from '../../src/core/outcome/noise.ts';
import type { Rule } from '../../src/core/rule.ts';
import { barsOf, NEVER, NOW, ruleOf, runnerOver, stocks, storeOf } from './market.ts';

const STOCKS = stocks(6);
const SESSIONS = 6;

const rules: fc.Arbitrary<Rule> = fc
  .record({
    buy: fc.constantFrom('close > open', 'close crosses above sma(close, 5)', 'close > day open and volume > 4000'),
    sell: fc.constantFrom(null, 'close < open', 'close crosses below sma(close, 5)'),
    timeframe: fc.constantFrom('5m' as const, '10m' as const, '30m' as const, '1d' as const),
    cooldownMinutes: fc.constantFrom(0, 5, 7, 15, 60, 200, 1_440),
    onlyNew: fc.boolean(),
    activeHours: fc.constantFrom(null, { from: '10:00', to: '13:30' }),
    rearm: fc.constantFrom(
      { kind: 'bars' as const, bars: 1 },
      { kind: 'bars' as const, bars: 3 },
      { kind: 'condition' as const, buy: 'close < sma(close, 5)', sell: null },
    ),
  })
  .filter(({ timeframe, buy }) => timeframe !== '1d' || !buy.includes('day'))
  .map(ruleOf);

describe('the noise preview', () => {
  it('tells of each cooldown what a whole run with it would have said', async () => {
    const runner = runnerOver(storeOf(barsOf(STOCKS), 'memory'));
    let filtered = 0;
    await fc.assert(
      fc.asyncProperty(rules, async (rule) => {
        const request = { rule, sessions: SESSIONS, instruments: STOCKS, now: NOW };
        const noise = await runner.noise(request, NEVER);
        const countWith = async (cooldownMinutes: number): Promise<number> =>
          (await runner.run({ ...request, rule: { ...rule, cooldownMinutes } }, NEVER)).signals.length;
        expect(noise.sessions).toBe(SESSIONS);
        expect(noise.perDay * SESSIONS).toBeCloseTo(await countWith(rule.cooldownMinutes), 9);
        for (const { minutes, perDay } of noise.cooldowns)
          expect(perDay * SESSIONS, `${minutes} minutes`).toBeCloseTo(await countWith(minutes), 9);
        expect(noise.days.reduce((sum, { count }) => sum + count, 0)).toBeCloseTo(noise.perDay * SESSIONS, 9);
        if ((noise.cooldowns[0]?.perDay ?? 0) > (noise.cooldowns.at(-1)?.perDay ?? 0)) filtered += 1;
      }),
      { numRuns: 30 },
    );
    expect(filtered, 'rules of which a cooldown leaves less').toBeGreaterThan(5);
  });

  it('has a row for each cooldown, and every session', async () => {
    const runner = runnerOver(storeOf(barsOf(STOCKS), 'memory'));
    const rule = ruleOf({ buy: 'close > open', sell: null });
    const noise = await runner.noise({ rule, sessions: SESSIONS, instruments: STOCKS, now: NOW }, NEVER);
    expect(noise.cooldowns.map(({ minutes }) => minutes)).toEqual([...COOLDOWNS]);
    expect(noise.days).toHaveLength(SESSIONS);
    expect(noise.busiest?.count).toBe(Math.max(...noise.days.map(({ count }) => count)));
    expect(noise.cooldowns.at(-1)?.perDay, 'once a day and symbol').toBe(STOCKS.length);
  });
});

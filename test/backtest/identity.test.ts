import { describe, expect, it } from 'vitest';
import { barCloseTime } from '../../src/core/bar-time.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import { candlesOf } from '../../src/core/candle-columns.ts';
import { lookBack } from '../../src/core/look-back.ts';
import type { Rule } from '../../src/core/rule.ts';
import { compileRule, needsOf } from '../../src/core/scanner/compile-rule.ts';
import { signalOf } from '../../src/core/scanner/finding-signal.ts';
import { ScanLane } from '../../src/core/scanner/scan-lane.ts';
import { Archive } from '../../src/main/engine/archive.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { nse } from '../support/nse.ts';
import { sessionsUpTo } from '../support/session-bars.ts';
import { barsOf, NEVER, NOW, ruleOf, runnerOver, stocks, storeOf, wordOf } from './market.ts';

const RULES: readonly Rule[] = [
  ruleOf(),
  ruleOf({ buy: 'rsi(14, 15m) < 40 and close > vwap', sell: 'close < previous day low', cooldownMinutes: 30 }),
  ruleOf({ buy: 'close > max(high, 20)[1]', sell: null, timeframe: '15m', onlyNew: true }),
  ruleOf({ buy: 'close crosses above sma(close, 3)', sell: 'day change < -1', timeframe: '1h' }),
  ruleOf({ buy: 'close > sma(close, 3)', sell: 'close < sma(close, 3)', timeframe: '1d' }),
];
const STOCKS = stocks(9);

/** The rule over the bars, as plainly as can be: everything asked of the store for itself, nothing kept. */
function plainly(store: Store, rule: Rule, sessions: number, now: EpochMs): readonly string[] {
  const calendar = nse();
  const archive = new Archive(store, () => undefined);
  const rules = [compileRule(rule)];
  const { timeframe } = rule;
  const bars = needsOf(rules, timeframe).find((need) => need.timeframe === timeframe)?.bars ?? 0;
  const first = sessionsUpTo(calendar, sessions, now)[0]?.open ?? now;
  const signals = STOCKS.flatMap((instrument) => {
    const { key } = instrument;
    const load = (frame: Rule['timeframe'], from: EpochMs, until: EpochMs) =>
      candlesOf(archive.load(key, frame, calendar, from, until), key, frame).filter(
        ({ openTime }) => barCloseTime(openTime, frame, calendar) <= until,
      );
    const lane = new ScanLane(rules, timeframe, { instrument, calendar, longer: load });
    return load(timeframe, lookBack(calendar, timeframe, bars, first), now).flatMap((bar) =>
      lane
        .close(bar)
        .filter(() => bar.openTime >= first)
        .map((finding) => ({ signal: signalOf(finding, key, timeframe), text: finding.text })),
    );
  });
  return signals
    .sort((a, b) => a.signal.barTime - b.signal.barTime || (a.signal.instrument < b.signal.instrument ? -1 : 1))
    .map((each) => JSON.stringify(each));
}

describe('a run over what is stored', () => {
  it.each(['5m', '1m'] as const)(
    'of bars of %s finds what the lane finds that is given them plainly',
    async (frame) => {
      const store = storeOf(barsOf(STOCKS, frame), 'memory');
      // In the midst of a session: the bar that is forming is not judged.
      for (const now of [NOW, (NOW - 5 * 3_600_000 - 90_000) as EpochMs]) {
        for (const rule of RULES) {
          const { signals } = await runnerOver(store).run({ rule, sessions: 5, instruments: STOCKS, now }, NEVER);
          const found = signals.map(({ signal, text }) => JSON.stringify({ signal, text }));
          expect(found, `${rule.buy} on ${rule.timeframe}`).toEqual(plainly(store, rule, 5, now));
          expect(found.length, `${rule.buy} fires`).toBeGreaterThan(0);
        }
      }
    },
  );

  it('says the same in this thread, in one of its own, and dealt out to several', async () => {
    const bars = barsOf(STOCKS);
    const memory = runnerOver(storeOf(bars, 'memory'));
    const file = storeOf(bars, 'file');
    for (const [index, rule] of RULES.entries()) {
      const request = { rule, sessions: 6, instruments: STOCKS, now: NOW };
      const here = await memory.run(request, NEVER);
      expect(here.signals.length).toBeGreaterThan(0);
      for (const threads of index === 0 ? [1, 2] : [2])
        expect(wordOf(await runnerOver(file, { threads }).run(request, NEVER)), `${threads}`).toBe(wordOf(here));
    }
    const request = { rule: ruleOf({ cooldownMinutes: 15 }), sessions: 6, instruments: STOCKS, now: NOW };
    const noise = await memory.noise(request, NEVER);
    expect(wordOf(await runnerOver(file).noise(request, NEVER))).toBe(wordOf(noise));
  });

  it('says the same whatever the order of the instruments', async () => {
    const runner = runnerOver(storeOf(barsOf(STOCKS), 'memory'));
    const request = { rule: ruleOf(), sessions: 6, now: NOW };
    const forwards = await runner.run({ ...request, instruments: STOCKS }, NEVER);
    const backwards = await runner.run({ ...request, instruments: STOCKS.toReversed() }, NEVER);
    expect(wordOf(backwards)).toBe(wordOf(forwards));
  });
});

import { describe, expect, it } from 'vitest';
import type { Candle } from '../../../src/core/candle.ts';
import { candlesOf } from '../../../src/core/candle-columns.ts';
import type { Instrument } from '../../../src/core/instrument.ts';
import { resampleColumns } from '../../../src/core/resample.ts';
import { EMA_CROSS, emaCrossStudy, judgeEmaCross } from '../../../src/core/scanner/ema-cross.ts';
import type { Signal } from '../../../src/core/signal.ts';
import type { Timeframe } from '../../../src/core/timeframe.ts';
import { instrumentOf, keyOfSymbol } from '../../../src/main/brokers/replay/replay-file.ts';
import { defaultSignals, USUAL_NUMBERS } from '../../support/default-lane.ts';
import { nse } from '../../support/nse.ts';
import { readAll, universeFiles } from '../../support/replay.ts';
import { barsOf, INFY, TCS, tapeOf } from '../../support/tape.ts';

/** The default rule as it was written by hand before there was a language. */
function judged(bars: readonly Candle[], instrument: Instrument, timeframe: Timeframe): readonly Signal[] {
  let study = emaCrossStudy(USUAL_NUMBERS);
  return bars.flatMap(({ openTime: barTime, close: price }) => {
    const before = study.value;
    study = study.next(price);
    const verdict = judgeEmaCross(USUAL_NUMBERS, before, study.value);
    if (verdict.kind !== 'fires') return [];
    const { side, values } = verdict;
    return { instrument: instrument.key, timeframe, rule: EMA_CROSS, side, barTime, price, values };
  });
}

describe('the default rule as a sentence', () => {
  it.each(['1m', '5m'] as const)(
    'gives the signals of the rule written by hand, on generated days of %s bars',
    (timeframe) => {
      const calendar = nse();
      const tape = tapeOf([INFY, TCS], ['2026-07-30', '2026-07-31', '2026-08-03', '2026-08-04'], calendar);
      for (const instrument of [INFY, TCS]) {
        const bars = candlesOf(barsOf(tape, instrument.key, timeframe, calendar), instrument.key, timeframe);
        const expected = judged(bars, instrument, timeframe);
        expect(defaultSignals(bars, instrument, timeframe, calendar)).toEqual(expected);
        expect(expected.length).toBeGreaterThan(2);
      }
    },
  );

  const files = universeFiles();
  it.skipIf(files.length === 0)(
    'and on fifty stocks in eighteen sessions (skipped where ../shared is absent)',
    { timeout: 60_000 },
    async () => {
      let found = 0;
      for (const { symbol, file } of await readAll(files)) {
        if (file.kind !== 'bars') throw new Error('bars only');
        const instrument = instrumentOf(keyOfSymbol(symbol), []);
        const calendar = nse(instrument.segment);
        const bars = candlesOf(resampleColumns(file.columns, '5m', calendar), instrument.key, '5m');
        const signals = defaultSignals(bars, instrument, '5m', calendar);
        expect(signals).toEqual(judged(bars, instrument, '5m'));
        found += signals.length;
      }
      expect(found).toBe(2_854);
    },
  );
});

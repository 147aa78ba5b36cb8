import type { Calendar } from '../../src/core/calendar.ts';
import type { Candle } from '../../src/core/candle.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import { compileRule } from '../../src/core/scanner/compile-rule.ts';
import { defaultRule } from '../../src/core/scanner/default-rule.ts';
import type { EmaCrossParameters } from '../../src/core/scanner/ema-cross.ts';
import { signalOf } from '../../src/core/scanner/finding-signal.ts';
import type { Signal } from '../../src/core/signal.ts';
import type { Timeframe } from '../../src/core/timeframe.ts';
import { RuleLane } from '../../src/main/engine/rule-lane.ts';

export const USUAL_NUMBERS: EmaCrossParameters = { fast: 9, slow: 21, rsi: 14, momentum: 50 };

/** The default rule on an instrument, without an engine. */
export function defaultLane(
  instrument: Instrument,
  timeframe: Timeframe,
  calendar: Calendar,
  numbers: EmaCrossParameters = USUAL_NUMBERS,
): RuleLane {
  const rule = compileRule(defaultRule({ ...numbers, enabled: true, forming: false, timeframe }));
  return new RuleLane({ timeframe, rules: [rule], study: numbers }, { instrument, calendar, longer: () => [] });
}

/** What the default rule finds in these bars. */
export function defaultSignals(
  bars: readonly Candle[],
  instrument: Instrument,
  timeframe: Timeframe,
  calendar: Calendar,
  numbers?: EmaCrossParameters,
): readonly Signal[] {
  const lane = defaultLane(instrument, timeframe, calendar, numbers);
  return bars.flatMap((bar) => lane.close(bar).map((finding) => signalOf(finding, instrument.key, timeframe)));
}

import type { EpochMs } from '../../../src/core/brand.ts';
import { MINUTE_MS } from '../../../src/core/brand.ts';
import type { Candle } from '../../../src/core/candle.ts';
import type { Instrument } from '../../../src/core/instrument.ts';
import type { Rule } from '../../../src/core/rule.ts';
import type { Truth } from '../../../src/core/scanner/expression.ts';
import type { LaneContext } from '../../../src/core/scanner/lane-context.ts';
import { ScanLane } from '../../../src/core/scanner/scan-lane.ts';
import { ist } from '../../support/ist.ts';
import { nse } from '../../support/nse.ts';
import { STOCK } from '../../support/scan-markets.ts';
import { compiled } from './sample-rule.ts';

export const contextOf = (fields: Partial<LaneContext> = {}): LaneContext => ({
  instrument: STOCK,
  calendar: nse('nse-cash'),
  longer: () => [],
  ...fields,
});

/** A lane of bars of 15 minutes with one rule. */
export function tapeLane(fields: Partial<Rule>, context: Partial<LaneContext> = {}): ScanLane {
  const rule = compiled(fields);
  return new ScanLane([rule], rule.rule.timeframe, contextOf(context));
}

/** A bar that opens at that time, of one price unless more is said. An unknown close makes a bar without a volume. */
export function barAt(openTime: EpochMs, close: number, fields: Partial<Candle> = {}): Candle {
  const { key } = STOCK;
  return {
    instrument: key,
    timeframe: '15m',
    openTime,
    open: close,
    high: close,
    low: close,
    close,
    volume: 10,
    ...fields,
  };
}

/** Bars of 15 minutes from that time on, of these closes; undefined is a bar that is missing. */
export function tape(closes: readonly (number | undefined)[], from = '2026-11-18 09:15'): readonly Candle[] {
  return closes.flatMap((close, at) =>
    close === undefined ? [] : barAt((ist(from) + at * 15 * MINUTE_MS) as EpochMs, close),
  );
}

/** What a sentence is on each of the bars. */
export function truthsOf(text: string, bars: readonly Candle[], instrument: Instrument = STOCK): readonly Truth[] {
  const lane = tapeLane({ buy: text }, { instrument });
  return bars.map((bar) => {
    lane.close(bar);
    return lane.judgements()[0]?.truth;
  });
}

/** The bars on which something is found, as their number and side: `3 buy`. */
export function foundIn(lane: ScanLane, bars: readonly Candle[]): readonly string[] {
  return bars.flatMap((bar, at) => lane.close(bar).map(({ side }) => `${at} ${side}`));
}

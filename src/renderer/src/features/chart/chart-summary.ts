import { symbolOf } from '../../../../core/instrument.ts';
import { timeframeName } from '../../format/timeframe.ts';
import type { ChartKey } from './follow-bars.ts';
import type { LegendReading } from './legend-reading.ts';

/** One sentence for those who hear the chart instead of seeing it. */
export function chartSummary({ instrument, timeframe }: ChartKey, reading: LegendReading | undefined): string {
  const chart = `${symbolOf(instrument)}, ${timeframeName(timeframe)}`;
  if (reading === undefined) return `${chart}: no bars yet.`;
  return `${chart}: last ${reading.close}, ${reading.change} from the bar before. RSI ${reading.rsi}.`;
}

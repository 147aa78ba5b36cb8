import { barCloseTime } from '../../core/bar-time.ts';
import type { EpochMs } from '../../core/brand.ts';
import type { Calendar, Span } from '../../core/calendar.ts';
import { type Candle, PROVENANCES, type Provenance } from '../../core/candle.ts';
import type { Timeframe } from '../../core/timeframe.ts';
import { MADE_OF } from './archive.ts';
import { BAR_MARKS, type BarMark, type CandleStore, type StoredCandle } from './store-port.ts';

/** How a bar is known that may be made of several rows. */
export interface BarGround {
  /** The weakest of its rows'; undefined where none is stored. */
  readonly provenance: Provenance | undefined;
  /** Those that any of its rows has. */
  readonly marks: readonly BarMark[];
}

/** What is known of the stored rows that a bar is made of: its own, and where it has none those of shorter bars. */
export function groundOf(
  store: Pick<CandleStore, 'storedCandles'>,
  bar: Pick<Candle, 'instrument' | 'timeframe' | 'openTime'>,
  calendar: Calendar,
): BarGround {
  const close = barCloseTime(bar.openTime, bar.timeframe, calendar);
  const rowsIn = (timeframe: Timeframe): readonly StoredCandle[] => {
    const own = store.storedCandles(bar.instrument, timeframe, bar.openTime, close);
    const finer = MADE_OF[timeframe];
    const spans = own.map(({ candle }) => spanOf(candle, calendar));
    if (finer === undefined || isFilled(spans, bar.openTime, close)) return own;
    const isAlone = ({ candle }: StoredCandle): boolean =>
      !spans.some(({ open, close: end }) => open <= candle.openTime && candle.openTime < end);
    return [...own, ...rowsIn(finer).filter(isAlone)];
  };
  const rows = rowsIn(bar.timeframe);
  return {
    provenance: PROVENANCES.find((each) => rows.some(({ provenance }) => provenance === each)),
    marks: BAR_MARKS.filter((each) => rows.some(({ marks }) => marks.includes(each))),
  };
}

function spanOf({ openTime, timeframe }: Candle, calendar: Calendar): Span {
  return { open: openTime, close: barCloseTime(openTime, timeframe, calendar) };
}

/** Whether the spans, in order, leave nothing of the stretch out. */
function isFilled(spans: readonly Span[], from: EpochMs, to: EpochMs): boolean {
  let known = from;
  for (const { open, close } of spans) if (open <= known && close > known) known = close;
  return known >= to;
}

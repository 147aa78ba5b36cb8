import type { EpochMs } from '../../core/brand.ts';
import { type CandleColumns, NO_CANDLES } from '../../core/candle-columns.ts';
import { lookBack } from '../../core/look-back.ts';
import { Grader } from '../../core/outcome/grader.ts';
import { rowsBetween } from '../../core/outcome/session-bars.ts';
import type { GradedAlert } from '../../core/outcome.ts';
import { isIntraday, type Timeframe } from '../../core/timeframe.ts';
import type { Archive } from './archive.ts';
import { type Awaited, isFinal } from './outcome-due.ts';

/** Days among which entries at random are drawn beside an alert of a day's bar. */
const RANDOM_DAYS = 60;

/** How alerts turned out as far as the archive knows at `now`. Those of one instrument and session share its bars. */
export function gradeAlerts(
  due: readonly Awaited[],
  archive: Pick<Archive, 'load' | 'loadAsTraded'>,
  now: EpochMs,
): readonly GradedAlert[] {
  const groups = Map.groupBy(due, ({ alert: { signal }, closedAt, session }) =>
    [signal.instrument, signal.timeframe, isIntraday(signal.timeframe) ? session?.date : closedAt].join(' '),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { instrument, timeframe } = first.alert.signal;
    const load = (frame: Timeframe): CandleColumns => barsFor(first, frame, archive, now);
    const grader = new Grader({ instrument, timeframe, calendar: first.calendar, now, load });
    return group.map((each) => {
      const { id, signal } = each.alert;
      const { outcome, random } = grader.grade(signal, each.closedAt);
      return {
        alert: id,
        rule: signal.rule,
        instrument,
        side: signal.side,
        barTime: signal.barTime,
        outcome,
        random,
        gradedAt: now,
        isFinal: isFinal(each, outcome.atClose !== undefined, now),
      };
    });
  });
}

/** In the shares of the signal's day, as its price is. */
function barsFor(
  { alert, calendar, closedAt, session }: Awaited,
  frame: Timeframe,
  archive: Pick<Archive, 'load' | 'loadAsTraded'>,
  now: EpochMs,
): CandleColumns {
  const { instrument } = alert.signal;
  if (isIntraday(frame))
    return session === undefined
      ? NO_CANDLES
      : archive.loadAsTraded(instrument, frame, calendar, session.open, session.close);
  const from = lookBack(calendar, frame, RANDOM_DAYS, closedAt);
  const today = archive.load(instrument, frame, calendar, from, now);
  const traded = archive.loadAsTraded(instrument, frame, calendar, from, now);
  const unit = lastClose(traded, closedAt) / lastClose(today, closedAt);
  if (unit === 1 || Number.isNaN(unit)) return today;
  const scaled = (prices: Float64Array): Float64Array => prices.map((price) => price * unit);
  const { high, low, close } = today;
  return { ...today, high: scaled(high), low: scaled(low), close: scaled(close) };
}

/** Of the newest bar that opened before `time`. */
function lastClose(columns: CandleColumns, time: EpochMs): number {
  return rowsBetween(columns, 0, time).close.at(-1) ?? Number.NaN;
}

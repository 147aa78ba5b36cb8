import type { EpochMs } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { Candle } from '../../core/candle.ts';
import type { Passport, PassportBar, PassportOperand, ProofDifference } from '../../core/passport.ts';
import type { LongerStart } from '../../core/scanner/lane-context.ts';
import { isIntraday, type Timeframe } from '../../core/timeframe.ts';

/** What a recomputation came to. */
export interface Recomputed {
  /** What the rule's side says of the bar now. */
  readonly verdict: string;
  readonly price: number | undefined;
  readonly operands: readonly PassportOperand[];
  /** Where the lane's own bars and the longer ones began, and how many there are. */
  readonly starts: readonly LongerStart[];
  /** The bar that a passport's bar is now; undefined where there is none. */
  barOf(bar: PassportBar): Candle | undefined;
}

/** Everything in which a recomputation differs from the passport, to the last bit. */
export function differencesOf(passport: Passport, now: Recomputed, calendar: Calendar): readonly ProofDifference[] {
  return [
    ...different('verdict', passport.side, now.verdict),
    ...different('price', passport.price, now.price),
    ...startsOf(passport).flatMap((told) => startDifferences(told, now.starts, calendar)),
    ...passport.bars.flatMap((bar) => barDifferences(bar, now.barOf(bar), calendar)),
    ...operandDifferences(passport.operands, now.operands, calendar),
  ];
}

/** Of the lane's own bars, and of the longer ones. */
export function startsOf({ timeframe, firstBar, barCount, longer }: Passport): readonly LongerStart[] {
  return [{ timeframe, firstBar, barCount }, ...longer];
}

function startDifferences(
  { timeframe, firstBar, barCount }: LongerStart,
  starts: readonly LongerStart[],
  calendar: Calendar,
): readonly ProofDifference[] {
  const now = starts.find((each) => each.timeframe === timeframe);
  const place = (start: LongerStart | undefined) => start && placeOf(start.firstBar, timeframe, calendar);
  return [
    ...different(`first bar of ${timeframe}`, placeOf(firstBar, timeframe, calendar), place(now)),
    ...different(`bars of ${timeframe}`, barCount, now?.barCount),
  ];
}

function barDifferences(then: PassportBar, now: Candle | undefined, calendar: Calendar): readonly ProofDifference[] {
  const what = `${then.timeframe} ${placeOf(then.openTime, then.timeframe, calendar)}`;
  if (now === undefined) return [{ what, told: 'there', now: 'missing' }];
  // Of a longer timeframe the newest bar may be another one.
  if (now.openTime !== then.openTime)
    return [{ what, told: 'the newest', now: placeOf(now.openTime, now.timeframe, calendar) }];
  const fields = ['open', 'high', 'low', 'close', 'volume'] as const;
  return fields.flatMap((field) => different(`${what} ${field}`, then[field], now[field]));
}

function operandDifferences(
  then: readonly PassportOperand[],
  now: readonly PassportOperand[],
  calendar: Calendar,
): readonly ProofDifference[] {
  const byText = new Map(now.map((operand) => [operand.text, operand]));
  const known = then.flatMap((operand) => {
    const { text, timeframe } = operand;
    const again = byText.get(text);
    byText.delete(text);
    if (again === undefined) return [{ what: text, told: shown(operand.now), now: 'missing' }];
    const place = (time: EpochMs | null): string => (time === null ? 'none' : placeOf(time, timeframe, calendar));
    return [
      ...different(text, operand.now, again.now),
      ...different(`${text} before`, operand.before, again.before),
      ...different(`${text} settled`, operand.isSettled, again.isSettled),
      ...different(`${text} timeframe`, timeframe, again.timeframe),
      ...different(`${text} bar`, place(operand.barTime), place(again.barTime)),
    ];
  });
  const added = [...byText.values()].map((operand) => ({
    what: operand.text,
    told: 'missing',
    now: shown(operand.now),
  }));
  return [...known, ...added];
}

type Shown = number | string | boolean | null | undefined;

function different(what: string, then: Shown, now: Shown): readonly ProofDifference[] {
  // JSON knows one zero: `===` takes both for the same, and no value is NaN.
  return (then ?? null) === (now ?? null) ? [] : [{ what, told: shown(then), now: shown(now) }];
}

/** A number with all its digits. */
function shown(value: Shown): string {
  return value === null || value === undefined ? 'unknown' : String(value);
}

/** A bar's place by the market's own clock: `2026-10-30 10:15`, or the date alone for a day and longer. */
export function placeOf(time: EpochMs, timeframe: Timeframe, calendar: Calendar): string {
  const date = calendar.dateOf(time);
  if (!isIntraday(timeframe)) return date;
  const clock = new Date(time - calendar.midnight(date)).toISOString().slice(11, 19);
  return `${date} ${clock.endsWith(':00') ? clock.slice(0, 5) : clock}`;
}

import { type EpochMs, MINUTE_MS } from '../brand.ts';
import type { Moment, Outcome } from '../outcome.ts';
import type { Side } from '../signal.ts';
import type { Extremes, SessionBars } from './session-bars.ts';

interface Priced {
  readonly side: Side;
  readonly price: number;
}

/** A purchase or sale at a bar's close. */
export interface Entry extends Priced {
  readonly closedAt: EpochMs;
}

/** A day's prices that an entry before it is graded by. */
export interface DayPrices extends Extremes {
  readonly close: number;
}

export const NO_OUTCOME: Outcome = {
  after5: undefined,
  after15: undefined,
  after60: undefined,
  atClose: undefined,
  best: undefined,
  worst: undefined,
};

/**
 * What became of an entry within its session. The price at an instant is the close of the bar that ends then: where
 * that bar is missing, or the session was over before, nothing is known. An entry at the session's last close has no
 * outcome. Excursions are known once the close is, and come of all bars from the entry on that there are.
 */
export function gradeInSession(entry: Entry, bars: SessionBars): Outcome {
  const gains = gainsInSession(entry, bars);
  const extremes = gains.atClose === undefined ? undefined : bars.extremesFrom(entry.closedAt);
  return { ...gains, ...excursions(entry, extremes) };
}

/** The outcome without its excursions, which take a look at each bar. */
export function gainsInSession(entry: Entry, bars: SessionBars): Pick<Outcome, Moment> {
  const { close } = bars.session;
  if (entry.closedAt >= close) return NO_OUTCOME;
  const after = (minutes: number): number | undefined =>
    gain(entry, bars.priceAt((entry.closedAt + minutes * MINUTE_MS) as EpochMs));
  return { after5: after(5), after15: after(15), after60: after(60), atClose: gain(entry, bars.priceAt(close)) };
}

/**
 * What became of an entry at the close of a day, week or month: the day after it, by its official close, high and low.
 * Minutes are unknown: the market was closed.
 */
export function gradeByNextDay(entry: Priced, next: DayPrices | undefined): Outcome {
  return { ...NO_OUTCOME, atClose: gain(entry, next?.close), ...excursions(entry, next) };
}

/** In percent, seen from the entry's side. */
function gain({ side, price }: Priced, later: number | undefined): number | undefined {
  if (later === undefined || price <= 0) return undefined;
  const percent = (later / price - 1) * 100;
  // No minus zero: it would be another text.
  return side === 'buy' || percent === 0 ? percent : -percent;
}

function excursions(entry: Priced, extremes: Extremes | undefined): Pick<Outcome, 'best' | 'worst'> {
  const [up, down] = [gain(entry, extremes?.high), gain(entry, extremes?.low)];
  if (up === undefined || down === undefined) return { best: undefined, worst: undefined };
  return { best: Math.max(0, up, down), worst: Math.min(0, up, down) };
}

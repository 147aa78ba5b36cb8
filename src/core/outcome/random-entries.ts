import type { Moment, Outcome, RandomEntries, RandomShare } from '../outcome.ts';
import type { Side } from '../signal.ts';
import { type DayPrices, gainsInSession, gradeByNextDay } from './grade.ts';
import { seededRandom } from './seeded-random.ts';
import type { SessionBars } from './session-bars.ts';

/** How far the price moved after each bar of a stretch, in percent; only known moves. */
export type Moves = Readonly<Record<Moment, readonly number[]>>;

/** Draws a signal is compared with, at each moment. */
const DRAWS = 20;

/** The moves after each bar of a session. `bars` are those entered at, `priced` those by which they are graded. */
export function movesIn(bars: SessionBars, priced: SessionBars): Moves {
  return movesOf(bars.closes().map((close) => gainsInSession({ ...close, side: 'buy' }, priced)));
}

/** The moves from each day's close to the next day's; `days` lie one after another. */
export function movesByDay(days: readonly DayPrices[]): Moves {
  const outcomes = days
    .slice(0, -1)
    .map(({ close: price }, index) => gradeByNextDay({ side: 'buy', price }, days[index + 1]));
  return movesOf(outcomes);
}

/**
 * Entries at random bars of the same instrument and side, drawn with replacement from those of which the moment is
 * known. `seed` names the signal: the same one draws the same bars, whatever else is looked at.
 */
export function drawEntries(seed: string, side: Side, moves: Moves): RandomEntries {
  const draw = (moment: Moment): RandomShare => {
    const known = moves[moment];
    if (known.length === 0) return { count: 0, gains: 0 };
    const random = seededRandom(`${seed} ${moment}`);
    let gains = 0;
    for (let drawn = 0; drawn < DRAWS; drawn += 1) {
      const move = known[Math.floor(random() * known.length)] ?? 0;
      if (side === 'buy' ? move > 0 : move < 0) gains += 1;
    }
    return { count: DRAWS, gains };
  };
  return { after5: draw('after5'), after15: draw('after15'), after60: draw('after60'), atClose: draw('atClose') };
}

function movesOf(outcomes: readonly Pick<Outcome, Moment>[]): Moves {
  const known = (moment: Moment): readonly number[] => outcomes.flatMap((outcome) => outcome[moment] ?? []);
  return { after5: known('after5'), after15: known('after15'), after60: known('after60'), atClose: known('atClose') };
}

import type { EpochMs } from '../../core/brand.ts';
import { type Calendar, sessionAtOrBefore } from '../../core/calendar.ts';
import { AppError } from '../../core/errors.ts';
import { lookBack } from '../../core/look-back.ts';
import type { Rule } from '../../core/rule.ts';
import { compileRule, looksAt, needsOf } from '../../core/scanner/compile-rule.ts';
import type { Desks } from './desks.ts';

/**
 * Asks history for the bars that a look back over the last `sessions` needs and that are not stored: how many
 * instruments were asked, and of how many it did not answer. Throws an AppError where the feed has no history.
 */
export async function fetchPast(
  rule: Rule,
  sessions: number,
  { tracks, history, plan, exchangeClock }: Pick<Desks, 'tracks' | 'history' | 'plan' | 'exchangeClock'>,
): Promise<{ readonly asked: number; readonly failed: number }> {
  if (history === undefined)
    throw new AppError('not-supported', 'This feed has no history to ask. What was recorded is all there is.');
  const needs = needsOf([compileRule(rule)], rule.timeframe);
  const looked = [...tracks.values()].filter(({ instrument }) => looksAt(rule, instrument));
  let failed = 0;
  await history.fillAll(
    looked,
    (track) => {
      const first = firstOpen(track.calendar, sessions, exchangeClock.now());
      return needs.flatMap(({ timeframe, bars }) =>
        plan(track, timeframe, lookBack(track.calendar, timeframe, bars, first)),
      );
    },
    (_track, trouble) => {
      if (trouble !== undefined) failed += 1;
    },
    'history',
  );
  return { asked: looked.length, failed };
}

/** When the first of the last `sessions` opened. */
function firstOpen(calendar: Calendar, sessions: number, now: EpochMs): EpochMs {
  let open = now;
  for (let left = sessions; left > 0; left -= 1) {
    const session = sessionAtOrBefore(calendar, (open - 1) as EpochMs);
    if (session === undefined) break;
    open = session.open;
  }
  return open;
}

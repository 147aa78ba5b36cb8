import { type EpochMs, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';
import type { PacedClock } from '../paced-clock.ts';
import type { Playlist } from '../play.ts';

/** Longer without a row than any quiet hour of trading: a night, a weekend, the pause of a two-part day. */
const NIGHT_MS = HOUR_MS;
/** After the last row of a day the last bars close, and the eye sees an end. */
const EVENING_MS = 2 * MINUTE_MS;
/** Before the next. */
const DAWN_MS = 5 * SECOND_MS;

/** The rows with their nights leapt over: nobody wants to watch a market that is closed. */
export function leapNights(rows: Playlist, clock: PacedClock): Playlist {
  let last: EpochMs | undefined;
  /** When the clock leaps; undefined where the next row follows soon. */
  const leapTime = (next: EpochMs): EpochMs | undefined =>
    last !== undefined && next - last >= NIGHT_MS ? ((last + EVENING_MS) as EpochMs) : undefined;
  return {
    nextTime() {
      const next = rows.nextTime();
      return next === undefined ? undefined : (leapTime(next) ?? next);
    },
    deliver() {
      const next = rows.nextTime();
      if (next === undefined) return;
      const isNight = leapTime(next) !== undefined;
      last = next;
      if (isNight) clock.skipTo((next - DAWN_MS) as EpochMs);
      else rows.deliver();
    },
  };
}

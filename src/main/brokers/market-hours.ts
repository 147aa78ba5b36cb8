import type { EpochMs } from '../../core/brand.ts';
import { type Calendar, isTrading } from '../../core/calendar.ts';
import type { Instrument, Segment } from '../../core/instrument.ts';

/**
 * Whether all kinds of instruments trade. While one kind pauses, as stocks do when the closing auction has begun, silence
 * is no sign of a broken feed.
 */
export function whileAllTrade(
  instruments: readonly { readonly instrument: Instrument }[],
  calendarOf: (segment: Segment) => Calendar,
): (now: EpochMs) => boolean {
  const calendars = [...new Set(instruments.map(({ instrument }) => instrument.segment))].map(calendarOf);
  return (now) =>
    calendars.every((calendar) => {
      const session = calendar.session(calendar.dateOf(now));
      return session !== undefined && isTrading(session, now);
    });
}

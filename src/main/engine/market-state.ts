import type { MarketState } from '../../contract/events.ts';
import { auctionAt } from '../../core/auction.ts';
import type { EpochMs } from '../../core/brand.ts';
import { type Calendar, isTrading, sessionAtOrAfter } from '../../core/calendar.ts';
import { calendarWarning } from '../../core/calendar-warning.ts';

/** Where the market stands at `now` by its calendar, until when, and what the calendar does not know. */
export function marketStateAt(calendar: Calendar, now: EpochMs): MarketState {
  return { ...phaseAt(calendar, now), warning: calendarWarning(calendar, now) };
}

function phaseAt(calendar: Calendar, now: EpochMs): Pick<MarketState, 'phase' | 'until'> {
  const today = calendar.session(calendar.dateOf(now));
  const session = sessionAtOrAfter(calendar, now);
  if (session !== undefined && isTrading(session, now)) {
    const part = session.parts.find(({ open, close }) => now >= open && now < close);
    return { phase: 'open', until: part?.close };
  }
  const auction = today === undefined ? undefined : auctionAt(today, now);
  if (auction === 'pre-open') return { phase: 'pre-open', until: today?.open };
  if (auction === 'closing') return { phase: 'closing-auction', until: today?.closingAuction?.close };
  return { phase: 'closed', until: session?.parts.find(({ open }) => open > now)?.open };
}

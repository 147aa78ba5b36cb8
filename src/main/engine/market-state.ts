import type { MarketState } from '../../contract/events.ts';
import type { EpochMs } from '../../core/brand.ts';
import { type Calendar, isTrading, sessionAtOrAfter } from '../../core/calendar.ts';

/** Where the market stands at `now` by its calendar, and until when. */
export function marketStateAt(calendar: Calendar, now: EpochMs): MarketState {
  const today = calendar.session(calendar.dateOf(now));
  const auction = today?.closingAuction;
  if (auction !== undefined && now >= auction.open && now < auction.close)
    return { phase: 'closing-auction', until: auction.close, warning: undefined };

  const session = sessionAtOrAfter(calendar, now);
  if (session === undefined) return { phase: 'closed', until: undefined, warning: undefined };
  if (isTrading(session, now)) {
    const part = session.parts.find(({ open, close }) => now >= open && now < close);
    return { phase: 'open', until: part?.close, warning: undefined };
  }
  return { phase: 'closed', until: session.parts.find(({ open }) => open > now)?.open, warning: undefined };
}

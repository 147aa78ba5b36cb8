import { CalendarClock } from 'lucide-react';
import type { ReactElement } from 'react';
import { useFeedStore } from '../../stores/feed-store.ts';
import './calendar-warning.css';

/** What the calendar does not know and a person should. */
export function CalendarWarning(): ReactElement | null {
  const warning = useFeedStore(({ market }) => market?.warning);
  if (warning === undefined) return null;
  return (
    <p className="calendar-warning" role="note">
      <CalendarClock aria-hidden />
      {warning}
    </p>
  );
}

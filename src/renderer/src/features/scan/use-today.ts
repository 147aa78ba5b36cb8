import { useMemo } from 'react';
import { dateAt, IST_OFFSET_MS } from '../../../../core/calendar-date.ts';
import { marketNow } from '../../live/market-clock.ts';
import { useAlertStore } from '../../stores/alert-store.ts';

/** How many of the alerts in the list each rule raised today, by the market's clock. */
export function useFiredToday(): ReadonlyMap<string, number> {
  const alerts = useAlertStore((state) => state.alerts);
  return useMemo(() => {
    const now = marketNow();
    const counts = new Map<string, number>();
    if (now === undefined) return counts;
    const today = dateAt(now, IST_OFFSET_MS);
    for (const { signal } of alerts) {
      if (dateAt(signal.barTime, IST_OFFSET_MS) !== today) continue;
      counts.set(signal.rule, (counts.get(signal.rule) ?? 0) + 1);
    }
    return counts;
  }, [alerts]);
}

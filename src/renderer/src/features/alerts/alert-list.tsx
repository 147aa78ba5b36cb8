import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactElement, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { marketNow } from '../../live/market-clock.ts';
import { useTicking } from '../../live/use-ticking.ts';
import { useAlertStore } from '../../stores/alert-store.ts';
import { useAttention } from '../../stores/attention.ts';
import { AlertCard } from './alert-card.tsx';
import { groupByBar } from './alert-groups.ts';
import { EmptyAlerts } from './empty-alerts.tsx';
import { FormingList } from './forming-list.tsx';
import { ListTools } from './list-tools.tsx';
import { MuteLines } from './mute-lines.tsx';
import { useStay } from './use-stay.ts';

const HEADING_HEIGHT = 28;
const CARD_HEIGHT = 76;
/** Ages are read in minutes; they need no quicker hand. */
const AGE_MS = 5_000;

/** Alerts by bar, newest first. Only those in view are built, however long the list. */
export function AlertList(): ReactElement {
  const alerts = useAlertStore((state) => state.alerts);
  const asked = useAttention((state) => state.alert);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  useTicking(AGE_MS);
  // The headings only need today's date: one look at the clock per list will do.
  const lines = useMemo(() => groupByBar(alerts, marketNow()), [alerts]);
  const list = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => lines[index]?.id ?? index,
    estimateSize: (index) => (lines[index]?.kind === 'bar' ? HEADING_HEIGHT : CARD_HEIGHT),
    overscan: 6,
  });

  const items = list.getVirtualItems();
  useStay(scroller, lines, items, (index) => list.measurementsCache[index]?.start);
  const toggle = useCallback((id: string): void => {
    setOpen((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  // The wish is granted when its card has taken the focus.
  useEffect(() => {
    if (asked === undefined) return;
    const index = lines.findIndex(({ id }) => id === asked.id);
    if (index < 0) {
      // Cleared meanwhile, or a forming signal, whose card has seen to itself.
      useAttention.setState({ alert: undefined });
      return;
    }
    setOpen((now) => new Set(now).add(asked.id));
    list.scrollToIndex(index, { align: 'center' });
  }, [asked, lines, list]);

  return (
    <div className="alert-list">
      <ListTools />
      <MuteLines />
      <FormingList />
      {alerts.length === 0 ? (
        <EmptyAlerts />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <section ref={scroller} className="alert-scroll" aria-label="Alert list" tabIndex={0}>
          <div className="alert-lines" style={{ height: list.getTotalSize() }}>
            {items.map(({ key, index, start }) => {
              const line = lines[index];
              if (line === undefined) return null;
              return (
                <div
                  key={key}
                  ref={list.measureElement}
                  data-index={index}
                  className="alert-line"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  {line.kind === 'bar' ? (
                    <h3>{line.text}</h3>
                  ) : (
                    <AlertCard
                      alert={line.alert}
                      open={open.has(line.id)}
                      asked={asked?.id === line.id}
                      onToggle={toggle}
                    />
                  )}
                </div>
              );
            })}
          </div>
        </section>
      )}
    </div>
  );
}

// biome-ignore-all lint/a11y/useSemanticElements: a virtual list places its rows itself, which table elements do not allow
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
} from 'react';
import type { InstrumentKey } from '../../../../core/brand.ts';
import { priceStyleOf } from '../../format/price-style.ts';
import { useAlertStore } from '../../stores/alert-store.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { useSelection } from '../../stores/selection.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { neighbour, useWatchStore } from '../../stores/watch-store.ts';
import { lastSignals } from './last-signals.ts';
import { priceWidth } from './price-width.ts';
import { WatchHead } from './watch-head.tsx';
import { rowId, WatchRow } from './watch-row.tsx';

const ROW_HEIGHT = 26;
const HEAD_HEIGHT = 24;
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 15,
  PageUp: -15,
  Home: -Infinity,
  End: Infinity,
};

interface WatchGridProps {
  readonly list: RefObject<HTMLDivElement | null>;
}

/** The rows. One tab stop: arrow keys move within, Enter puts a row on the chart. */
export function WatchGrid({ list }: WatchGridProps): ReactElement {
  const order = useWatchStore((state) => state.order);
  const cursor = useWatchStore((state) => state.cursor);
  const charted = useSelection((state) => state.instrument);
  const select = useSelection((state) => state.select);
  const byKey = useSettingsStore((state) => state.byKey);
  const alerts = useAlertStore((state) => state.alerts);
  const forming = useAlertStore((state) => state.formingSignals);
  const lastBarTime = useFeedStore((state) => state.scan?.lastBarTime);
  const signals = useMemo(() => lastSignals(alerts, forming, lastBarTime), [alerts, forming, lastBarTime]);
  const active = cursor !== undefined && order.includes(cursor) ? cursor : charted;

  const rows = useVirtualizer({
    count: order.length,
    getScrollElement: () => list.current,
    getItemKey: (row) => order[row] ?? row,
    estimateSize: () => ROW_HEIGHT,
    paddingStart: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    overscan: 6,
  });

  const open = useCallback(
    (instrument: InstrumentKey) => {
      useWatchStore.setState({ cursor: instrument });
      select(instrument);
    },
    [select],
  );
  // What the chart shows stays in sight, wherever it was chosen.
  const filled = order.length > 0;
  useEffect(() => {
    if (charted === undefined || !filled) return;
    // Looked up, not depended on: a new order must not scroll.
    const row = useWatchStore.getState().order.indexOf(charted);
    if (row !== -1) rows.scrollToIndex(row);
  }, [charted, filled, rows]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
    const steps = STEPS[event.key];
    if (steps !== undefined) {
      const next = neighbour(order, active, steps);
      if (next === undefined) return;
      useWatchStore.setState({ cursor: next });
      rows.scrollToIndex(order.indexOf(next));
    } else if ((event.key === 'Enter' || event.key === ' ') && active !== undefined) {
      open(active);
    } else {
      return;
    }
    event.preventDefault();
  };

  return (
    <div
      ref={list}
      id="watch-grid"
      role="grid"
      className="watch-grid"
      aria-label="Watchlist"
      aria-rowcount={order.length + 1}
      aria-activedescendant={active !== undefined && order.includes(active) ? rowId(active) : undefined}
      tabIndex={0}
      style={{ '--price-width': priceWidth(byKey.values()) } as CSSProperties}
      onKeyDown={onKeyDown}
    >
      <WatchHead />
      <div role="rowgroup" className="watch-rows" style={{ height: rows.getTotalSize() - HEAD_HEIGHT }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const instrument = order[index];
          const known = instrument === undefined ? undefined : byKey.get(instrument);
          if (instrument === undefined || known === undefined) return null;
          const signal = signals.get(instrument);
          return (
            <WatchRow
              key={instrument}
              instrument={instrument}
              name={known.name}
              style={priceStyleOf(known)}
              index={index}
              top={start - HEAD_HEIGHT}
              charted={instrument === charted}
              active={instrument === active}
              side={signal?.side}
              age={signal?.age}
              onOpen={open}
            />
          );
        })}
      </div>
    </div>
  );
}

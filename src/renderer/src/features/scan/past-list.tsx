// biome-ignore-all lint/a11y/useSemanticElements: only some rows are there at a time, which no table element knows
// biome-ignore-all lint/a11y/useFocusableInteractive: the button in a row takes the focus
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the button hears the keys; the row is a larger mark for the pointer
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactElement, useMemo, useRef } from 'react';
import type { BacktestReport } from '../../../../contract/backtest.ts';
import { symbolOf } from '../../../../core/instrument.ts';
import type { Rule } from '../../../../core/rule.ts';
import { formatPercent, formatPrice } from '../../format/price.ts';
import { priceStyleOf } from '../../format/price-style.ts';
import { formatBarTime, formatDate } from '../../format/time.ts';
import { showBar } from '../../stores/attention.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { closeOverlay } from '../../stores/ui-store.ts';

type Past = BacktestReport['signals'][number];

const ROW_HEIGHT = 28;
const COLUMNS = ['Bar', 'Symbol', 'Side', 'Price', '+5 min', '+15 min', '+60 min', 'Close', 'Best', 'Worst'] as const;

interface PastListProps {
  readonly signals: readonly Past[];
  readonly timeframe: Rule['timeframe'];
}

/** What would have been alerted, newest first. A row shows its bar on the chart; the list is still there afterwards. */
export function PastList({ signals, timeframe }: PastListProps): ReactElement {
  const scroller = useRef<HTMLDivElement>(null);
  const newest = useMemo(() => [...signals].sort((a, b) => b.signal.barTime - a.signal.barTime), [signals]);
  const list = useVirtualizer({
    count: newest.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  return (
    <div role="table" className="past-list" aria-label="What it would have alerted" aria-rowcount={newest.length + 1}>
      <div role="row" aria-rowindex={1} className="past-row past-names">
        {COLUMNS.map((name) => (
          <span key={name} role="columnheader">
            {name}
          </span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <div ref={scroller} className="past-scroll" role="rowgroup" tabIndex={0}>
        <div role="presentation" style={{ height: list.getTotalSize(), position: 'relative' }}>
          {list.getVirtualItems().map(({ index, start }) => {
            const past = newest[index];
            if (past === undefined) return null;
            return <PastRow key={index} past={past} index={index} start={start} timeframe={timeframe} />;
          })}
        </div>
      </div>
    </div>
  );
}

interface PastRowProps {
  readonly past: Past;
  readonly index: number;
  readonly start: number;
  readonly timeframe: Rule['timeframe'];
}

function PastRow({ past: { signal, text, outcome }, index, start, timeframe }: PastRowProps): ReactElement {
  const { instrument, side, price, barTime } = signal;
  const style = useSettingsStore(({ byKey }) => priceStyleOf(byKey.get(instrument)));
  const symbol = symbolOf(instrument);
  const show = (): void => {
    closeOverlay();
    showBar({ instrument, timeframe, openTime: barTime });
  };
  const time = formatBarTime(barTime, timeframe);
  const day = formatDate(barTime);
  const { after5, after15, after60, atClose, best, worst } = outcome;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="past-row"
      title={text}
      style={{ transform: `translateY(${start}px)` }}
      onClick={show}
    >
      <span role="cell">{time === day ? day : `${day} ${time}`}</span>
      <span role="cell">
        <button type="button" aria-label={`Chart ${symbol} at ${day} ${time}`}>
          {symbol}
        </button>
      </span>
      <span role="cell">
        <span className="badge" data-side={side}>
          {side.toUpperCase()}
        </span>
      </span>
      <span role="cell">{formatPrice(price, style)}</span>
      {[after5, after15, after60, atClose, best, worst].map((change, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: six columns that never move.
        <span key={column} role="cell" data-change={signOf(change)}>
          {formatPercent(change)}
        </span>
      ))}
    </div>
  );
}

function signOf(change: number | undefined): 'up' | 'down' | undefined {
  if (change === undefined || change === 0) return undefined;
  return change > 0 ? 'up' : 'down';
}

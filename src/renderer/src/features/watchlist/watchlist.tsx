import { PanelLeftClose, X } from 'lucide-react';
import { type KeyboardEvent, type ReactElement, useMemo, useRef } from 'react';
import { useFeedStore } from '../../stores/feed-store.ts';
import { useSelection } from '../../stores/selection.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { openSettings, togglePanel } from '../../stores/ui-store.ts';
import { useWatchStore } from '../../stores/watch-store.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { BreadthLine } from './breadth-line.tsx';
import { IndexRow } from './index-row.tsx';
import { useOrder } from './use-order.ts';
import { WatchGrid } from './watch-grid.tsx';
import './watchlist.css';

export const FILTER_ID = 'watch-filter';

/** The instruments with their prices: the index on top, the rows, and how many rise and fall. */
export function Watchlist(): ReactElement {
  const instruments = useSettingsStore((state) => state.instruments);
  const rowCount = useWatchStore((state) => state.order.length);
  const list = useRef<HTMLDivElement>(null);
  // The first index stands above the list; others are rows like all the rest.
  const index = instruments.find(({ segment }) => segment === 'nse-index');
  const rows = useMemo(() => instruments.filter((one) => one !== index), [instruments, index]);
  useOrder(rows, list);

  return (
    <section className="watchlist" aria-label="Watchlist">
      <header className="watch-bar">
        <h2>Watchlist</h2>
        <span className="watch-count">{rows.length}</span>
        <FilterBox list={list} />
        <IconButton label="Hide the watchlist" keys="[" small onClick={() => togglePanel('watchlist')}>
          <PanelLeftClose aria-hidden />
        </IconButton>
      </header>
      {index === undefined ? null : <IndexRow instrument={index} />}
      <WatchGrid list={list} />
      {rowCount === 0 ? <EmptyList any={rows.length > 0} hasIndex={index !== undefined} /> : null}
      <BreadthLine instruments={rows} />
    </section>
  );
}

function FilterBox({ list }: { readonly list: { readonly current: HTMLElement | null } }): ReactElement {
  const filter = useWatchStore((state) => state.filter);
  const select = useSelection((state) => state.select);
  const onKeyDown = (event: KeyboardEvent): void => {
    const [first] = useWatchStore.getState().order;
    if (event.key === 'Enter' && first !== undefined) select(first);
    else if (event.key === 'Escape') useWatchStore.setState({ filter: '' });
    else if (event.key === 'ArrowDown') useWatchStore.setState({ cursor: first });
    else return;
    event.preventDefault();
    list.current?.focus();
  };
  return (
    <span className="watch-filter">
      <input
        id={FILTER_ID}
        className="text-input"
        placeholder="Filter  /"
        aria-label="Filter the watchlist"
        autoComplete="off"
        spellCheck={false}
        value={filter}
        onChange={({ target }) => useWatchStore.setState({ filter: target.value })}
        onKeyDown={onKeyDown}
      />
      {filter === '' ? null : (
        <IconButton label="Clear the filter" keys="Esc" small onClick={() => useWatchStore.setState({ filter: '' })}>
          <X aria-hidden />
        </IconButton>
      )}
    </span>
  );
}

interface EmptyListProps {
  readonly any: boolean;
  readonly hasIndex: boolean;
}

function EmptyList({ any, hasIndex }: EmptyListProps): ReactElement | null {
  const filter = useWatchStore((state) => state.filter);
  const connected = useFeedStore((state) => state.connected);
  if (any && filter === '') return null;
  if (any) {
    return (
      <div className="empty">
        <p>Nothing matches “{filter}”.</p>
        <button type="button" className="link-button" onClick={() => useWatchStore.setState({ filter: '' })}>
          Clear the filter
        </button>
      </div>
    );
  }
  if (!connected) return <p className="empty">Waiting for the engine.</p>;
  return (
    <div className="empty">
      <p>{hasIndex ? 'This feed has the index only.' : 'This feed knows none of the instruments.'}</p>
      <button type="button" className="link-button" onClick={() => openSettings('feed')}>
        Choose instruments, or another feed
      </button>
    </div>
  );
}

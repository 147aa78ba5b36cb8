// biome-ignore-all lint/a11y/useSemanticElements: a virtual list places its rows itself, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus stays in one place, which points here with aria-activedescendant
import type { ReactElement } from 'react';
import { nextSort, type SortColumn, useWatchStore } from '../../stores/watch-store.ts';

const COLUMNS: readonly { readonly column: SortColumn; readonly label: string; readonly name: string }[] = [
  { column: 'symbol', label: 'Symbol', name: 'Symbol' },
  { column: 'ltp', label: 'LTP', name: 'Last traded price' },
  { column: 'change', label: 'Chg', name: 'Change since the previous close' },
  { column: 'rsi', label: 'RSI', name: 'RSI of the scan' },
];

/** The columns' heads. A click sorts: the useful way first, then the other, then not at all. */
export function WatchHead(): ReactElement {
  const sort = useWatchStore((state) => state.sort);
  return (
    <div role="row" aria-rowindex={1} className="watch-head">
      {COLUMNS.map(({ column, label, name }) => {
        const sorted = sort?.column === column;
        return (
          <span
            key={column}
            role="columnheader"
            aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
          >
            <button type="button" title={name} onClick={() => useWatchStore.setState({ sort: nextSort(sort, column) })}>
              {label}
              {sorted ? <i aria-hidden>{sort.descending ? '▼' : '▲'}</i> : null}
            </button>
          </span>
        );
      })}
      <span role="columnheader">
        <span className="quiet">Session so far</span>
      </span>
    </div>
  );
}

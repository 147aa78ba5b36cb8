import { type ReactElement, useState } from 'react';
import type { LedgerRow } from '../../../../contract/coverage.ts';
import type { InstrumentKey } from '../../../../core/brand.ts';
import { formatCount } from '../../format/quantity.ts';
import { LedgerRows } from './ledger-rows.tsx';
import { worstFirst } from './ledger-words.ts';

/** The worst are enough to see how a day went. */
const SHORT = 6;

const COLUMNS = [
  ['Exp.', 'Expected', 'Minutes of trading that are over'],
  ['Recv.', 'Received', 'Minutes the feed told without a gap'],
  ['Rep.', 'Repaired', 'Minutes known from history'],
  ['Miss.', 'Missing', 'Minutes nobody told of'],
] as const;

/** A day's instruments, worst first, in minutes. */
export function LedgerTable({ rows }: { readonly rows: readonly LedgerRow[] }): ReactElement {
  const [all, setAll] = useState(false);
  const [open, setOpen] = useState<ReadonlySet<InstrumentKey>>(new Set());
  const sorted = worstFirst(rows);
  const toggle = (instrument: InstrumentKey): void => {
    const next = new Set(open);
    if (!next.delete(instrument)) next.add(instrument);
    setOpen(next);
  };
  return (
    <>
      <table className="ledger-table">
        <thead>
          <tr>
            <th scope="col">Instrument</th>
            <th scope="col">Grade</th>
            {COLUMNS.map(([short, name, means]) => (
              <th key={name} scope="col" abbr={name} title={`${name}: ${means}`}>
                {short}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        {(all ? sorted : sorted.slice(0, SHORT)).map((row) => (
          <LedgerRows
            key={row.instrument}
            row={row}
            open={open.has(row.instrument)}
            onToggle={() => toggle(row.instrument)}
          />
        ))}
      </table>
      {sorted.length <= SHORT ? null : (
        <button type="button" className="link-button ledger-more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show the worst only' : `Show all ${formatCount(sorted.length)}`}
        </button>
      )}
    </>
  );
}

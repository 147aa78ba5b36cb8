import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import type { LedgerRow } from '../../../../contract/coverage.ts';
import { symbolOf } from '../../../../core/instrument.ts';
import { type PriceStyle, priceStyleOf } from '../../format/price-style.ts';
import { formatCount } from '../../format/quantity.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { GradeMark } from './grade-mark.tsx';
import { differenceLines, holesInShort, lateWords, missingWords } from './ledger-words.ts';
import { showLedgerChart } from './show-ledger-chart.ts';

const NAMED_HOLES = 2;
const ALL_COLUMNS = 7;

interface LedgerRowsProps {
  readonly row: LedgerRow;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** One instrument's line, what is missing below it, and where somebody asked all of it, with what history said otherwise. */
export function LedgerRows({ row, open, onToggle }: LedgerRowsProps): ReactElement {
  const style = useSettingsStore(({ byKey }) => priceStyleOf(byKey.get(row.instrument)));
  const symbol = symbolOf(row.instrument);
  // A day that is whole again tells its story only when asked.
  const missing = row.missing > 0 || open ? missingWords(row) : undefined;
  const lines = detailLines(row, style);
  const isRepaired = row.missing === 0 && row.missingBefore > 0;
  const hasMore = lines.length > 0 || row.holes.length > NAMED_HOLES || isRepaired;
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <tbody data-grade={row.grade}>
      <tr>
        <th scope="row">
          <button type="button" title={`Chart of ${symbol}`} onClick={() => showLedgerChart(row)}>
            {symbol}
          </button>
        </th>
        <td>
          <GradeMark grade={row.grade} />
        </td>
        {[row.expected, row.received, row.repaired, row.missing].map((count, column) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change places.
          <td key={column} data-none={count === 0 || undefined}>
            {formatCount(count)}
          </td>
        ))}
        <td>
          {!hasMore ? null : (
            <button
              type="button"
              className="ledger-toggle"
              aria-label={`Details of ${symbol}`}
              aria-expanded={open}
              onClick={onToggle}
            >
              <Chevron aria-hidden />
            </button>
          )}
        </td>
      </tr>
      {missing === undefined ? null : (
        <Note>
          {missing}
          {row.holes.length === 0 ? null : <b> {holesInShort(row.holes, open ? row.holes.length : NAMED_HOLES)}</b>}
        </Note>
      )}
      {open && lines.length > 0 ? (
        <Note>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Note>
      ) : null}
    </tbody>
  );
}

function Note({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <tr className="ledger-note">
      <td colSpan={ALL_COLUMNS}>{children}</td>
    </tr>
  );
}

function detailLines(row: LedgerRow, style: PriceStyle): readonly string[] {
  const differences = differenceLines(row, style).map((line) => `History differed: ${line}`);
  const late = lateWords(row);
  return [...differences, ...(late === undefined ? [] : [late])];
}

import type { ReactElement } from 'react';
import type { JournalEntry } from '../../../../contract/orders.ts';
import type { InstrumentKey } from '../../../../core/brand.ts';
import { symbolOf } from '../../../../core/instrument.ts';
import { formatPrice } from '../../format/price.ts';
import { priceStyleOf } from '../../format/price-style.ts';
import { formatQuantity } from '../../format/quantity.ts';
import { formatDate, formatMinute } from '../../format/time.ts';
import { ruleName, useRuleStore } from '../../stores/rule-store.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { journalCsv } from './journal-csv.ts';
import { direction, profitWords } from './paper-words.ts';
import { useJournal } from './use-journal.ts';

/** As many as can be read; all of them go into the copy. */
const SHOWN = 50;

/** Trades on paper, newest first, and the whole of them for a spreadsheet. */
export function Journal(): ReactElement | null {
  const entries = useJournal();
  if (entries === undefined) return null;
  if (entries.length === 0) return <p className="side-hint">No trade has been made on paper yet.</p>;
  return (
    <div className="journal">
      <ul className="order-list" aria-label="Journal">
        {entries.slice(0, SHOWN).map((entry) => (
          <Trade key={`${entry.alert} ${entry.entryAt}`} entry={entry} />
        ))}
      </ul>
      <p>
        <small>{entries.length > SHOWN ? `The newest ${SHOWN} of ${entries.length} trades.` : null}</small>
        <CopyButton what="the journal as CSV" text={() => journalCsv(entries)} />
      </p>
    </div>
  );
}

const REASONS = { stop: 'stop', target: 'target', exit: 'closed' } as const;

function Trade({ entry }: { readonly entry: JournalEntry }): ReactElement {
  // The journal's key is text of the same form.
  const instrument = entry.instrument as InstrumentKey;
  const style = useSettingsStore(({ byKey }) => priceStyleOf(byKey.get(instrument)));
  const name = useRuleStore((book) => ruleName(book, entry.rule));
  const { side, quantity, entryAt, entryPrice, exitPrice, exitReason, profit } = entry;
  return (
    <li>
      <p>
        <span className="order-line">
          {side === 'buy' ? 'Long' : 'Short'} {formatQuantity(quantity, style.grouping)} {symbolOf(instrument)}
        </span>
        <b data-profit={direction(profit)}>{exitPrice === null ? 'Open' : profitWords(profit, style)}</b>
      </p>
      <p>
        <small>
          {formatDate(entryAt)} {formatMinute(entryAt)} · {name}
        </small>
        <small>
          {formatPrice(entryPrice, style)} → {exitPrice === null ? '…' : formatPrice(exitPrice, style)}
          {exitReason === null ? '' : ` ${REASONS[exitReason]}`}
        </small>
      </p>
    </li>
  );
}

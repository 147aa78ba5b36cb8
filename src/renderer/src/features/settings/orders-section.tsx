import type { ReactElement } from 'react';
import type { Settings } from '../../../../contract/settings.ts';
import { SwitchRow } from '../../ui/form-row.tsx';
import { NumberRow } from '../../ui/number-row.tsx';
import { SectionFrame } from './section-frame.tsx';
import { useSave } from './use-save.ts';

/** Whether rules may trade on paper at all, and how often. */
export function OrdersSection({ settings: { orders } }: { readonly settings: Settings }): ReactElement {
  const { problem, save } = useSave();
  return (
    <SectionFrame title="Paper orders" problem={problem}>
      <p className="settings-lead">
        A rule trades on paper when its own paper orders are switched on, in Scan. Nothing is ever sent to a broker.
      </p>
      <SwitchRow
        label="Let rules place paper orders"
        hint="Off, signals open nothing new; stops and targets of what is held go on."
        checked={orders.paper}
        onChange={(paper) => void save({ orders: { paper } })}
      />
      <NumberRow
        label="Entries a day"
        hint="Over all rules. Signals beyond it are refused and listed."
        min={1}
        max={10_000}
        value={orders.mostEntriesADay}
        onSave={(mostEntriesADay) => save({ orders: { mostEntriesADay } })}
      />
    </SectionFrame>
  );
}

import type { LedgerRow } from '../../../../contract/coverage.ts';
import { showBar } from '../../stores/attention.ts';
import { useSelection } from '../../stores/selection.ts';
import { useUiStore } from '../../stores/ui-store.ts';

/** Opens the chart of a row's instrument: where the first minutes are missing, or where it stands. */
export function showLedgerChart({ instrument, holes }: Pick<LedgerRow, 'instrument' | 'holes'>): void {
  const { select, timeframe } = useSelection.getState();
  const hole = holes[0];
  if (hole !== undefined) {
    showBar({ instrument, timeframe, openTime: hole.open });
    return;
  }
  // A drawer would cover the chart that was asked for.
  useUiStore.setState(({ drawer }) => (drawer === 'alerts' ? { drawer: undefined } : {}));
  select(instrument);
}

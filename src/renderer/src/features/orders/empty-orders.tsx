import type { ReactElement } from 'react';
import { showTab } from '../../stores/attention.ts';
import { useRuleStore } from '../../stores/rule-store.ts';

/** Says how orders come about, while there are none. */
export function EmptyOrders(): ReactElement {
  const trading = useRuleStore(({ rules }) => rules.filter(({ rule }) => rule.paper?.enabled === true).length);
  return (
    <div className="empty orders-empty">
      <h3>No orders today</h3>
      <p>
        {trading === 0
          ? 'No rule trades on paper yet. Open a rule in Scan and switch on its paper orders: each signal of a closed bar then places one.'
          : `${trading === 1 ? 'One rule trades' : `${trading} rules trade`} on paper. The next signal of a closed bar places an order.`}
      </p>
      <button type="button" className="button" onClick={() => showTab('scan')}>
        Show the rules
      </button>
    </div>
  );
}

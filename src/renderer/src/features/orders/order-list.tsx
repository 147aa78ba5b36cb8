import { type ReactElement, useState } from 'react';
import type { OrderRecord } from '../../../../core/paper-order.ts';
import { formatPrice } from '../../format/price.ts';
import { priceStyleOf } from '../../format/price-style.ts';
import { formatClock } from '../../format/time.ts';
import { attempt } from '../../live/engine.ts';
import { ruleName, useRuleStore } from '../../stores/rule-store.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { canCancel, orderLine, stateWord } from './paper-words.ts';

/** More than a day usually brings; the rest opens on demand. */
const SHOWN = 20;

/** Today's orders, newest first, each with what became of it and why. */
export function OrderList({ orders }: { readonly orders: readonly OrderRecord[] }): ReactElement {
  const [all, setAll] = useState(false);
  const shown = all ? orders : orders.slice(0, SHOWN);
  const rest = orders.length - SHOWN;
  if (orders.length === 0) return <p className="side-hint">No order was placed today.</p>;
  return (
    <>
      <ul className="order-list" aria-label="Orders today">
        {shown.map((order) => (
          <OrderRow key={order.ticket.key} order={order} />
        ))}
      </ul>
      {rest > 0 ? (
        <button type="button" className="link-button" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `${rest} more`}
        </button>
      ) : null}
    </>
  );
}

function OrderRow({ order }: { readonly order: OrderRecord }): ReactElement {
  const { ticket, state, filledPrice, message } = order;
  const style = useSettingsStore(({ byKey }) => priceStyleOf(byKey.get(ticket.instrument)));
  const name = useRuleStore((book) => ruleName(book, ticket.rule));
  const line = orderLine(order, style);
  return (
    <li data-state={state}>
      <p>
        <span className="order-line">{line}</span>
        <b>
          {stateWord(order)}
          {filledPrice === undefined ? '' : ` ${formatPrice(filledPrice, style)}`}
        </b>
      </p>
      <p>
        <small>
          {formatClock(ticket.at)} · {name}
        </small>
        {canCancel(order) ? (
          <button
            type="button"
            className="link-button"
            aria-label={`Cancel: ${line}`}
            onClick={() => void attempt('orders.cancel', { key: ticket.key })}
          >
            Cancel
          </button>
        ) : null}
      </p>
      {message === undefined ? null : <small className="order-message">{message}</small>}
    </li>
  );
}

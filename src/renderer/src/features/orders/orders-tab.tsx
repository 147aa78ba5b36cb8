import type { ReactElement } from 'react';
import type { OrdersState } from '../../../../contract/orders.ts';
import { priceStyleOf } from '../../format/price-style.ts';
import { useOrderStore } from '../../stores/order-store.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { openSettings } from '../../stores/ui-store.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Facts } from '../alerts/facts.tsx';
import { EmptyOrders } from './empty-orders.tsx';
import { Journal } from './journal.tsx';
import { OrderList } from './order-list.tsx';
import { direction, entriesWords, profitWords } from './paper-words.ts';
import { PositionCard } from './position-card.tsx';
import './orders.css';

/** What rules hold on paper, what they ordered today, and what came of it. */
export function OrdersTab(): ReactElement | null {
  const orders = useOrderStore((state) => state.orders);
  if (orders === undefined) return null;
  const isEmpty = orders.positions.length === 0 && orders.orders.length === 0;
  return (
    <div className="side-page orders-page">
      <p className="orders-banner" role="note">
        <b>On paper.</b> These orders are only noted down here. Nothing is sent to a broker.
      </p>
      {orders.enabled ? null : (
        <p className="side-hint">
          Rules place no orders: paper orders are switched off.{' '}
          <button type="button" className="link-button" onClick={() => openSettings('orders')}>
            Settings
          </button>
        </p>
      )}
      {isEmpty ? <EmptyOrders /> : <Trading orders={orders} />}
      <Disclosure title="Journal" state="trades from entry to exit">
        <Journal />
      </Disclosure>
    </div>
  );
}

function Trading({ orders }: { readonly orders: OrdersState }): ReactElement {
  const style = useSettingsStore(({ instruments }) => priceStyleOf(instruments[0]));
  const { positions, realisedToday, unrealised } = orders;
  const money = (profit: number): ReactElement => (
    <span data-profit={direction(profit)}>{profitWords(profit, style)}</span>
  );
  return (
    <>
      <Facts
        rows={[
          ['Realised today', money(realisedToday)],
          ['Unrealised', money(unrealised)],
          ['Orders', entriesWords(orders)],
        ]}
      />
      <h3>Positions</h3>
      {positions.length === 0 ? (
        <p className="side-hint">Nothing is held now.</p>
      ) : (
        <ul className="position-list" aria-label="Positions">
          {positions.map((position) => (
            <PositionCard key={`${position.rule} ${position.instrument}`} position={position} />
          ))}
        </ul>
      )}
      <h3>Orders today</h3>
      <OrderList orders={orders.orders} />
    </>
  );
}

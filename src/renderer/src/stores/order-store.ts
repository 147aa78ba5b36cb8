import { create } from 'zustand';
import type { OrdersState } from '../../../contract/orders.ts';

interface OrderStoreState {
  /** Undefined before the engine has answered. */
  readonly orders: OrdersState | undefined;
}

/** Orders on paper and what they have come to, as the engine has them. */
export const useOrderStore = create<OrderStoreState>()(() => ({ orders: undefined }));

export function replaceOrders(orders: OrdersState): void {
  useOrderStore.setState({ orders });
}

/** Counts fills: the journal is another when it changes. */
export function fillCount({ orders }: OrderStoreState): number {
  return orders?.orders.filter(({ state }) => state === 'filled').length ?? 0;
}

import { symbolOf } from '../../../core/instrument.ts';
import type { OrderState, OrderUpdate } from '../../../core/order-update.ts';
import { formatPrice } from '../format/price.ts';
import { type PriceStyle, priceStyleOf } from '../format/price-style.ts';
import { formatQuantity } from '../format/quantity.ts';

/** What to say of an order that moved: `RELIANCE BUY 10 filled at 1,412.00`. Undefined while it only travels. */
export function orderWords(order: OrderUpdate, style: PriceStyle = priceStyleOf(undefined)): string | undefined {
  const { instrument, symbol, side, quantity, filledQuantity, state } = order;
  if (state === 'in-flight') return undefined;
  const count = (amount: number): string => formatQuantity(amount, style.grouping);
  const name = instrument === undefined ? symbol : symbolOf(instrument);
  const what = `${name} ${side.toUpperCase()} ${count(quantity)}`;
  const isPart = filledQuantity > 0 && filledQuantity < quantity;
  const part = isPart ? `, ${count(filledQuantity)} of it filled${at(order, style)}` : '';
  const why = order.message === undefined || order.message === '' ? '' : `: ${order.message}`;
  return `${what} ${STATE_WORDS[state]}${state === 'filled' ? at(order, style) : part}${why}`;
}

const STATE_WORDS: Readonly<Record<Exclude<OrderState, 'in-flight'>, string>> = {
  open: 'waits in the market',
  filled: 'filled',
  cancelled: 'cancelled',
  rejected: 'rejected',
};

function at({ averagePrice }: OrderUpdate, style: PriceStyle): string {
  return averagePrice === undefined ? '' : ` at ${formatPrice(averagePrice, style)}`;
}

import type { OrdersState } from '../../../../contract/orders.ts';
import { symbolOf } from '../../../../core/instrument.ts';
import type { OrderRecord, Position, TicketState } from '../../../../core/paper-order.ts';
import { formatChange, formatPrice, UNKNOWN } from '../../format/price.ts';
import type { PriceStyle } from '../../format/price-style.ts';
import { formatCount, formatQuantity } from '../../format/quantity.ts';

const STATES: Readonly<Record<TicketState, string>> = {
  intended: 'Waiting',
  placed: 'Open',
  filled: 'Filled',
  cancelled: 'Cancelled',
  rejected: 'Refused',
  expired: 'Expired',
};

/** What became of an order, in a word. */
export function stateWord({ state }: OrderRecord): string {
  return STATES[state];
}

/** `Buy 10 INFY`, and what for where it closes: `Sell 10 INFY at the stop`. */
export function orderLine({ ticket }: OrderRecord, { grouping }: PriceStyle): string {
  const { side, quantity, instrument, purpose } = ticket;
  const what = `${side === 'buy' ? 'Buy' : 'Sell'} ${formatQuantity(quantity, grouping)} ${symbolOf(instrument)}`;
  if (purpose === 'entry') return what;
  return `${what} ${purpose === 'exit' ? 'to close' : `at the ${purpose}`}`;
}

/** Whether a person may take it back: a stop that was touched runs its course. */
export function canCancel({ state, ticket: { purpose } }: OrderRecord): boolean {
  return (state === 'intended' || state === 'placed') && (purpose === 'entry' || purpose === 'exit');
}

export function isLong({ quantity }: Pick<Position, 'quantity'>): boolean {
  return quantity > 0;
}

/** `10 at 1,500.05`. */
export function heldWords({ quantity, averagePrice }: Position, style: PriceStyle): string {
  return `${formatQuantity(Math.abs(quantity), style.grouping)} at ${formatPrice(averagePrice, style)}`;
}

/** `Stop 1,485.00, target 1,530.00`; undefined where the rule has neither. */
export function levelWords({ stop, target }: Position, style: PriceStyle): string | undefined {
  const parts = [
    stop === undefined ? [] : [`stop ${formatPrice(stop, style)}`],
    target === undefined ? [] : [`target ${formatPrice(target, style)}`],
  ].flat();
  const text = parts.join(', ');
  return text === '' ? undefined : text.charAt(0).toUpperCase() + text.slice(1);
}

/** Which way a profit goes, for the colour; undefined where it is nothing or unknown. */
export function direction(profit: number | null | undefined): 'up' | 'down' | undefined {
  if (profit === null || profit === undefined || profit === 0) return undefined;
  return profit > 0 ? 'up' : 'down';
}

/** `▲ +1,250.50`, `▼ −310.00`, `0.00`: the arrow says it without the colour. */
export function profitWords(profit: number | null | undefined, { decimals, grouping }: PriceStyle): string {
  if (profit === null || profit === undefined) return UNKNOWN;
  // Money is told in hundredths at least, whatever the steps of the price.
  const text = formatChange(profit, { decimals: Math.max(2, decimals), grouping });
  const way = direction(profit);
  return way === undefined ? text : `${way === 'up' ? '▲' : '▼'} ${text}`;
}

/** `3 of 100 entries today`. */
export function entriesWords({ ordersToday, mostOrdersToday }: OrdersState): string {
  return `${formatCount(ordersToday)} of ${formatCount(mostOrdersToday)} entries today`;
}

import { z } from 'zod';
import type { EpochMs, InstrumentKey } from '../../../core/brand.ts';
import { isRecord } from '../../../core/is-record.ts';
import type { OrderState, OrderUpdate } from '../../../core/order-update.ts';
import type { PacketReject } from '../packet-reject.ts';
import { fromOrderTime } from './order-time.ts';

/** What is asked for once the order socket is open. */
export const SUBSCRIBE_ORDERS = JSON.stringify({ T: 'SUB_ORD', SLIST: ['orders', 'trades', 'positions'], SUB_T: 1 });
/** Keeps the order socket open; it is answered with `pong`. */
export const ORDER_PING = 'ping';

/** A text or a number, of which numbers are taken as they are written. */
const word = z.union([z.string(), z.number()]).transform(String);

/** The fields used; Fyers sends more. Prices are rupees, times the clock on a wall in India. */
const orderSchema = z.object({
  id: word,
  symbol: z.string(),
  qty: z.number().nonnegative(),
  qty_filled: z.number().nonnegative().nullish(),
  price_traded: z.number().nullish(),
  tran_side: z.number(),
  ord_status: z.number(),
  org_ord_status: z.number().nullish(),
  oms_msg: z.string().nullish(),
  time_oms: z.union([z.string(), z.number()]).nullish(),
});

export type OrderMessage =
  | { readonly type: 'order'; readonly update: OrderUpdate }
  | { readonly type: 'pong' }
  /** The subscription was answered. */
  | { readonly type: 'answer'; readonly ok: boolean; readonly code: number }
  /** A trade, a position, or what nobody documented: the order itself is told as well. */
  | { readonly type: 'other' }
  | ({ readonly type: 'reject' } & PacketReject);

/** Reads a text message of the order socket. Never throws. Fields: docs/wire-formats/fyers.md, "Order socket". */
export function parseOrderMessage(
  text: string,
  instrumentOf: (ticker: string) => InstrumentKey | undefined,
  receivedAt: EpochMs,
): OrderMessage {
  if (text === 'pong') return { type: 'pong' };
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return { type: 'reject', reject: 'unreadable-text', detail: `${text.length} characters` };
  }
  if (!isRecord(message)) return { type: 'reject', reject: 'unreadable-text', detail: `${text.length} characters` };
  const { orders, code, s } = message;
  if (orders === undefined)
    return typeof code === 'number' ? { type: 'answer', ok: s === 'ok', code } : { type: 'other' };
  const checked = orderSchema.safeParse(orders);
  if (!checked.success) return { type: 'reject', reject: 'unreadable-order', detail: `${text.length} characters` };
  const order = checked.data;
  const filledQuantity = order.qty_filled ?? 0;
  return {
    type: 'order',
    update: {
      id: order.id,
      instrument: instrumentOf(order.symbol),
      symbol: order.symbol,
      side: order.tran_side < 0 ? 'sell' : 'buy',
      quantity: order.qty,
      filledQuantity,
      averagePrice: filledQuantity > 0 && order.price_traded ? order.price_traded : undefined,
      state: stateOf(order.org_ord_status ?? order.ord_status, order.ord_status),
      message: order.oms_msg || undefined,
      time: fromOrderTime(order.time_oms) ?? receivedAt,
    },
  };
}

/** The public numbers, as REST gives them and as `org_ord_status` is: 1 cancelled, 2 filled, 5 rejected, 6 pending, 7 expired. */
const PUBLIC: Readonly<Record<number, OrderState>> = {
  1: 'cancelled',
  2: 'filled',
  4: 'in-flight',
  5: 'rejected',
  6: 'open',
  7: 'cancelled',
};

/** The numbers of the order system, as the official Node client turns them into public ones. */
const INTERNAL: Readonly<Record<number, OrderState>> = {
  ...Object.fromEntries([11, 12, 20, 21].map((status) => [status, 'in-flight' as const])),
  ...Object.fromEntries(
    [22, 23, 24, 25, 26, 51, 52, 53, 54, 55, 61, 62, 63, 64, 71, 72].map((status) => [status, 'open' as const]),
  ),
  73: 'cancelled',
  90: 'filled',
  91: 'cancelled',
  92: 'rejected',
  93: 'rejected',
  94: 'rejected',
};

function stateOf(publicStatus: number, internalStatus: number): OrderState {
  return PUBLIC[publicStatus] ?? INTERNAL[internalStatus] ?? 'in-flight';
}

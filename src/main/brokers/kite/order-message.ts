import type { EpochMs, InstrumentKey } from '../../../core/brand.ts';
import { isRecord } from '../../../core/is-record.ts';
import type { OrderState, OrderUpdate } from '../../../core/order-update.ts';
import { fromIst } from './ist.ts';

/** Kite's statuses in our words. All others are on the way to one of these; their names change without notice. */
const STATES: ReadonlyMap<string, OrderState> = new Map([
  ['COMPLETE', 'filled'],
  ['REJECTED', 'rejected'],
  ['CANCELLED', 'cancelled'],
  ['CANCELLED AMO', 'cancelled'],
  ['OPEN', 'open'],
  ['TRIGGER PENDING', 'open'],
  ['AMO REQ RECEIVED', 'open'],
  ['MODIFIED', 'open'],
  // An open order that was modified or partly filled.
  ['UPDATE', 'open'],
]);

const ID = /^[\w-]{1,64}$/;
const LONGEST_TEXT = 200;

/**
 * Kite's order object, as it comes over the ticker. Undefined when it is none. `keys` are the instruments we know, by
 * token. Source: https://kite.trade/docs/connect/v3/postbacks/; table: docs/wire-formats/kite.md, "Orders".
 */
export function readOrder(
  data: unknown,
  keys: ReadonlyMap<number, InstrumentKey>,
  receivedAt: EpochMs,
): OrderUpdate | undefined {
  if (!isRecord(data)) return undefined;
  const id = idOf(data['order_id']);
  const side = SIDES.get(data['transaction_type']);
  const { tradingsymbol, instrument_token: token, status } = data;
  const quantity = amount(data['quantity']);
  const filledQuantity = amount(data['filled_quantity']) ?? 0;
  if (id === undefined || side === undefined || quantity === undefined) return undefined;
  if (typeof status !== 'string' || typeof tradingsymbol !== 'string' || tradingsymbol === '') return undefined;
  const averagePrice = amount(data['average_price']) ?? 0;
  return {
    id,
    instrument: typeof token === 'number' ? keys.get(token) : undefined,
    symbol: tradingsymbol.slice(0, LONGEST_TEXT),
    side,
    quantity,
    filledQuantity,
    averagePrice: filledQuantity > 0 && averagePrice > 0 ? averagePrice : undefined,
    state: STATES.get(status) ?? 'in-flight',
    message: textOf(data['status_message']),
    time: timeOf(data['exchange_update_timestamp']) ?? timeOf(data['order_timestamp']) ?? receivedAt,
  };
}

const SIDES: ReadonlyMap<unknown, OrderUpdate['side']> = new Map([
  ['BUY', 'buy'],
  ['SELL', 'sell'],
] as const);

/** Newer ids have 19 digits. As a number such a one has lost its end, and would be another order's. */
function idOf(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? String(value) : undefined;
  return typeof value === 'string' && ID.test(value) ? value : undefined;
}

function amount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, LONGEST_TEXT) : undefined;
}

function timeOf(value: unknown): EpochMs | undefined {
  return typeof value === 'string' ? fromIst(value) : undefined;
}

import type { OrdersState } from '../../contract/orders.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import { DAY_MS } from '../../core/brand.ts';
import { type ExactMoney, moneyOf, numberOf, stepsOf } from '../../core/exact-money.ts';
import type { OrderRecord, Position } from '../../core/paper-order.ts';
import { averageOf, quantityOf, unrealisedAt } from '../../core/positions.ts';
import { levelsOfLane } from './stop-watch.ts';
import { isOpen, type OrderLane, type TicketBook } from './ticket-book.ts';

/** The newest orders, as many as a screen lists. */
const LISTED_ORDERS = 300;

/** Longer than any closure between an order and its fill. */
const LONGEST_WAIT_MS = 10 * DAY_MS;

/** What the state is made of beside the book. */
export interface StateParts {
  readonly book: TicketBook;
  readonly now: EpochMs;
  /** Whether a time is of the day that the instrument's market has now. */
  isToday(instrument: InstrumentKey, time: EpochMs): boolean;
  ltpOf(instrument: InstrumentKey): number | undefined;
  tickSizeOf(instrument: InstrumentKey): number | undefined;
}

/** What today's orders have come to. */
export interface Today {
  /** Newest first. */
  readonly orders: readonly OrderRecord[];
  readonly entries: number;
  readonly realised: ExactMoney;
}

/** Today's orders and those still open. */
export function todayOf({ book, now, isToday }: Pick<StateParts, 'book' | 'now' | 'isToday'>): Today {
  const orders: OrderRecord[] = [];
  let entries = 0;
  let realised = 0n;
  for (const record of book.newestFirst()) {
    const { ticket, state, filledAt } = record;
    const isOfToday = isToday(ticket.instrument, ticket.at);
    if (isOfToday && ticket.purpose === 'entry' && state !== 'rejected') entries += 1;
    if (filledAt !== undefined && isToday(ticket.instrument, filledAt)) realised += book.gainOf(record) ?? 0n;
    if (isOfToday || isOpen(record)) orders.push(record);
    // Nothing older is of today: an order asked for before a long closure is filled on the day after it.
    if (ticket.at < now - LONGEST_WAIT_MS) break;
  }
  return { orders, entries, realised };
}

export function positionsOf({ book, ltpOf, tickSizeOf }: StateParts): readonly Position[] {
  const held = [...book.lanes].filter(({ holding }) => holding.quantity !== 0n);
  return held.map((lane) => positionOf(lane, ltpOf(lane.instrument), tickSizeOf(lane.instrument)));
}

function positionOf(lane: OrderLane, ltp: number | undefined, tickSize: number | undefined): Position {
  const { instrument, rule, holding, opened } = lane;
  return {
    instrument,
    rule,
    quantity: quantityOf(holding),
    averagePrice: averageOf(holding) ?? 0,
    ...levelsOfLane(lane, tickSize),
    openedAt: holding.openedAt ?? opened?.filledAt ?? (0 as EpochMs),
    ltp,
    unrealised: ltp === undefined ? undefined : unrealisedAt(holding, ltp),
  };
}

/** The Orders panel as it stands. */
export function ordersStateOf(
  parts: StateParts,
  { paper, mostEntriesADay }: { readonly paper: boolean; readonly mostEntriesADay: number },
): OrdersState {
  const { orders, entries, realised } = todayOf(parts);
  const positions = positionsOf(parts);
  const unrealised = positions.reduce((sum, each) => sum + stepsOf(each.unrealised ?? 0), 0n);
  return {
    enabled: paper,
    positions,
    orders: orders.slice(0, LISTED_ORDERS),
    realisedToday: moneyOf(realised),
    unrealised: numberOf(unrealised),
    ordersToday: entries,
    mostOrdersToday: mostEntriesADay,
  };
}

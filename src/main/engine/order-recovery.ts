import type { EpochMs } from '../../core/brand.ts';
import { DAY_MS } from '../../core/brand.ts';
import type { OrderRecord } from '../../core/paper-order.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../core/timeframe.ts';
import type { OrderFlow } from './order-flow.ts';
import { isOpen, type TicketBook } from './ticket-book.ts';

const OLD = 'Tickscope ended before it was placed, and its bar is past.';
const MISSED = 'Tickscope ended before it was filled, and its bar is past.';
const UNKNOWN = 'The broker no longer knows it.';

/**
 * What an earlier run left open meets what the venue has. An entry that was not filled within a bar of its rule is
 * given up; an exit never is, because what is held has to be closed. Then orders may be placed.
 */
export async function recoverOrders(
  flow: OrderFlow,
  book: TicketBook,
  now: () => EpochMs,
  onTrouble: (thrown: unknown) => void,
): Promise<void> {
  const left = book.records.filter(isOpen);
  if (left.length > 0) {
    const known = new Map((await flow.venue.orders()).map((order) => [order.key, order]));
    for (const record of left) {
      const order = known.get(record.ticket.key);
      if (order !== undefined) flow.order(order);
      await settle(flow, book.record(record.ticket.key) ?? record, order !== undefined, now()).catch(onTrouble);
    }
  }
  flow.begin();
}

async function settle(flow: OrderFlow, record: OrderRecord, isKnown: boolean, now: EpochMs): Promise<void> {
  if (!isOpen(record)) return;
  if (record.state === 'placed' && !isKnown) return flow.giveUp(record, { state: 'expired', message: UNKNOWN });
  if (record.ticket.purpose !== 'entry' || isWithinBar(record.ticket.timeframe, record.updatedAt, now)) return;
  const message = record.state === 'placed' ? MISSED : OLD;
  await flow.withdraw(record, { state: 'expired', message });
}

/** Whether less than a bar has passed. A clock that went back, as that of a day played again, is as far away. */
export function isWithinBar(timeframe: Timeframe, from: EpochMs, to: EpochMs): boolean {
  const bar = isIntraday(timeframe) ? INTRADAY_MS[timeframe] : DAY_MS;
  return Math.abs(to - from) <= bar;
}

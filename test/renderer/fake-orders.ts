import type { JournalEntry, OrdersState } from '../../src/contract/orders.ts';
import { type EpochMs, type InstrumentKey, SECOND_MS } from '../../src/core/brand.ts';
import type { Position } from '../../src/core/paper-order.ts';
import { sampleRecord, sampleTicket } from '../support/sample-ticket.ts';

const KEY = 'NSE:INFY' as InstrumentKey;
const OPENED = sampleTicket().at;

/** Ten INFY held from 1,500 with a stop and a target, at 1,512.35. */
export const fakePosition = (other: Partial<Position> = {}): Position => ({
  ...{ instrument: KEY, rule: 'ema-cross', quantity: 10, averagePrice: 1_500, stop: 1_485, target: 1_530 },
  ...{ openedAt: OPENED, ltp: 1_512.35, unrealised: 123.5 },
  ...other,
});

/** A position, and under it an order in each state. */
export function fakeOrders(other: Partial<OrdersState> = {}): OrdersState {
  const at = (index: number) => (OPENED + index * SECOND_MS) as EpochMs;
  const ticket = (index: number) => sampleTicket({ barTime: at(index), at: at(index) });
  const exit = sampleTicket({ barTime: at(9), at: at(9), side: 'sell', purpose: 'stop' });
  return {
    enabled: true,
    positions: [fakePosition()],
    orders: [
      sampleRecord(exit, { state: 'placed' }),
      sampleRecord(ticket(5), { state: 'intended' }),
      sampleRecord(ticket(4), { state: 'placed' }),
      sampleRecord(ticket(3), { state: 'rejected', message: 'The market was closed when the rule fired.' }),
      sampleRecord(ticket(2), { state: 'expired', message: 'No price came in time to fill it.' }),
      sampleRecord(ticket(1), { state: 'cancelled', message: 'Taken back by hand.' }),
      sampleRecord(ticket(0), { state: 'filled', filledPrice: 1_500, filledAt: at(1) }),
    ],
    ...{ realisedToday: -310.25, unrealised: 123.5, ordersToday: 4, mostOrdersToday: 100 },
    ...other,
  };
}

/** A trade that was stopped, and one that goes on. */
export const FAKE_JOURNAL: readonly JournalEntry[] = [
  {
    ...{ rule: 'ema-cross', instrument: KEY, side: 'buy', quantity: 10, entryAt: OPENED, entryPrice: 1_500 },
    ...{ exitAt: null, exitPrice: null, exitReason: null, profit: null, alert: 'b' },
  },
  {
    ...{ rule: 'rsi-dip', instrument: 'NSE:M&M', side: 'sell', quantity: 25, entryAt: OPENED, entryPrice: 3_000.05 },
    ...{ exitAt: (OPENED + 3_600_000) as EpochMs, exitPrice: 3_012.45, exitReason: 'stop', profit: -310, alert: 'a' },
  },
];

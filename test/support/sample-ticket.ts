import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import { type OrderRecord, type OrderTicket, orderKey } from '../../src/core/paper-order.ts';

/** To buy ten INFY for the bar of 09:15 IST on 2026-11-20, asked when it had closed, unless told otherwise. */
export function sampleTicket(other: Partial<Omit<OrderTicket, 'key'>> = {}): OrderTicket {
  const ticket = {
    rule: 'ema-cross',
    instrument: 'NSE:INFY' as InstrumentKey,
    side: 'buy',
    quantity: 10,
    limit: undefined,
    purpose: 'entry',
    timeframe: '5m',
    barTime: Date.UTC(2026, 10, 20, 3, 45) as EpochMs,
    at: Date.UTC(2026, 10, 20, 3, 50) as EpochMs,
    stop: undefined,
    target: undefined,
    ...other,
  } as const;
  return { key: orderKey(ticket), ...ticket };
}

/** Intended, unless told otherwise. */
export function sampleRecord(ticket: OrderTicket = sampleTicket(), other: Partial<OrderRecord> = {}): OrderRecord {
  return {
    ticket,
    state: 'intended',
    brokerOrderId: undefined,
    filledPrice: undefined,
    filledAt: undefined,
    message: undefined,
    updatedAt: ticket.at,
    ...other,
  };
}

/** Filled a second after it was asked. */
export function filled(ticket: OrderTicket, price: number): OrderRecord {
  const at = (ticket.at + 1_000) as EpochMs;
  return sampleRecord(ticket, { state: 'filled', filledPrice: price, filledAt: at, updatedAt: at });
}

import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey, TradingDate } from '../../src/core/brand.ts';
import { type OrderRecord, type OrderTicket, orderKey, TICKET_STATES } from '../../src/core/paper-order.ts';
import { sampleRecord, sampleTicket } from '../support/sample-ticket.ts';
import { INFY, minute } from './sample-bars.ts';
import { tempStore } from './temp-store.ts';

const EVER = 0 as EpochMs;

/** The ticket of the bar `index`. */
const ticket = (index: number, other: Partial<OrderTicket> = {}): OrderTicket =>
  sampleTicket({ barTime: minute(index), at: minute(index + 5), ...other });

const fate = (state: OrderRecord['state']): Partial<OrderRecord> =>
  state === 'filled'
    ? { state, brokerOrderId: 'paper-7', filledPrice: 1_412.35, filledAt: minute(6), updatedAt: minute(6) }
    : { state, message: state === 'placed' ? undefined : 'The market was closed.', updatedAt: minute(6) };

describe('orders in the store', () => {
  it('are new once, whatever else they say', () => {
    const { store, reopen } = tempStore();
    expect(store.addTicket(ticket(0))).toBe(true);
    expect(store.addTicket(ticket(0, { side: 'sell', quantity: 99 }))).toBe(false);
    expect(store.addTicket(ticket(0), 'No more today.')).toBe(false);
    expect(reopen().addTicket(ticket(0))).toBe(false);
  });

  it.each([
    ['rule', { rule: 'rsi-dip' }],
    ['instrument', { instrument: 'NSE:TCS' as InstrumentKey }],
    ['bar', { barTime: minute(9) }],
    ['purpose', { purpose: 'stop' as const }],
  ])('differ by %s', (_what, other) => {
    const { store } = tempStore();
    store.addTicket(ticket(0));
    expect(store.addTicket(ticket(0, other))).toBe(true);
  });

  it('come back whole, in the order in which they were added', () => {
    const { store, reopen } = tempStore();
    const later = ticket(3, { stop: { kind: 'percent', percent: 1.5 }, target: { kind: 'points', points: 12.25 } });
    const limited = ticket(1, { limit: 1_400.05, side: 'sell', quantity: 0.5, purpose: 'exit' });
    for (const each of [later, limited, ticket(0)]) store.addTicket(each);
    const all = [later, limited, ticket(0)].map((each) => sampleRecord(each));
    expect(store.tickets(EVER)).toEqual(all);
    expect(reopen().tickets(EVER)).toEqual(all);
  });

  it('that were refused are so from the first moment', () => {
    const { store, reopen } = tempStore();
    store.addTicket(ticket(0), 'The market is closed.');
    expect(reopen().tickets(EVER)).toEqual([
      sampleRecord(ticket(0), { state: 'rejected', message: 'The market is closed.' }),
    ]);
  });

  it.each(TICKET_STATES)('can be %s', (state) => {
    const { store, reopen } = tempStore();
    store.addTicket(ticket(0));
    store.addTicket(ticket(1));
    const record = sampleRecord(ticket(0), fate(state));
    store.updateTicket(record);
    expect(reopen().tickets(EVER)).toEqual([record, sampleRecord(ticket(1))]);
  });

  it('are not filled without a price, nor have one unless filled', () => {
    const { store } = tempStore();
    store.addTicket(ticket(0));
    expect(() => store.updateTicket(sampleRecord(ticket(0), { state: 'filled' }))).toThrow();
    expect(() => store.updateTicket(sampleRecord(ticket(0), { filledPrice: 1, filledAt: minute(1) }))).toThrow();
    expect(store.tickets(EVER)).toEqual([sampleRecord(ticket(0))]);
  });

  it('are asked for since a time: what changed later, and what is not at its end', () => {
    const { store } = tempStore();
    TICKET_STATES.forEach((state, index) => {
      store.addTicket(ticket(index));
      store.updateTicket(sampleRecord(ticket(index), { ...fate(state), updatedAt: minute(index) }));
    });
    const states = (since: EpochMs) => store.tickets(since).map((record) => record.state);
    expect(states(EVER)).toEqual(TICKET_STATES);
    expect(states(minute(4))).toEqual(['intended', 'placed', 'rejected', 'expired']);
    expect(states(minute(99))).toEqual(['intended', 'placed']);
  });

  it('can be read by another program the moment they are added', () => {
    const { store, path } = tempStore();
    store.addTicket(ticket(0));
    const other = new Database(path, { readonly: true });
    expect(other.prepare('SELECT key, state FROM order_ticket').all()).toEqual([
      { key: ticket(0).key, state: 'intended' },
    ]);
    other.close();
  });

  it('keep their key right when the instrument trades under another symbol', () => {
    const { store } = tempStore();
    const odd = 'NSE:NIFTY 50' as InstrumentKey;
    store.addTicket(ticket(0, { instrument: odd }));
    store.addTicket(ticket(0, { rule: 'rsi-dip' }));
    expect(store.renameInstrument({ from: odd, to: INFY, firstSession: '2026-11-20' as TradingDate })).toBe(1);
    expect(store.tickets(EVER).map((record) => record.ticket.key)).toEqual(
      store.tickets(EVER).map((record) => orderKey(record.ticket)),
    );
    expect(store.addTicket(ticket(0)), 'the same signal under the new symbol').toBe(false);
  });
});

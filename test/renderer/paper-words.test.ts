import { describe, expect, it } from 'vitest';
import { journalCsv } from '../../src/renderer/src/features/orders/journal-csv.ts';
import {
  canCancel,
  direction,
  entriesWords,
  heldWords,
  levelWords,
  orderLine,
  profitWords,
  stateWord,
} from '../../src/renderer/src/features/orders/paper-words.ts';
import { sampleRecord, sampleTicket } from '../support/sample-ticket.ts';
import { FAKE_JOURNAL, fakeOrders, fakePosition } from './fake-orders.ts';

const RUPEES = { decimals: 2, grouping: 'indian' } as const;
const COIN = { decimals: 5, grouping: 'western' } as const;

describe('what orders say', () => {
  it('is a line each, with what becomes of it', () => {
    const { orders } = fakeOrders();
    expect(orders.map((order) => `${orderLine(order, RUPEES)}: ${stateWord(order)}`)).toEqual([
      'Sell 10 INFY at the stop: Open',
      'Buy 10 INFY: Waiting',
      'Buy 10 INFY: Open',
      'Buy 10 INFY: Refused',
      'Buy 10 INFY: Expired',
      'Buy 10 INFY: Cancelled',
      'Buy 10 INFY: Filled',
    ]);
    expect(orderLine(sampleRecord(sampleTicket({ purpose: 'exit', side: 'sell' })), RUPEES)).toBe(
      'Sell 10 INFY to close',
    );
    expect(orderLine(sampleRecord(sampleTicket({ quantity: 0.5 })), COIN)).toBe('Buy 0.5000 INFY');
  });

  it('lets go only of what waits, and of no stop that was touched', () => {
    expect(fakeOrders().orders.map(canCancel)).toEqual([false, true, true, false, false, false, false]);
  });

  it('counts entries against the cap', () => {
    expect(entriesWords(fakeOrders({ ordersToday: 4, mostOrdersToday: 1_000 }))).toBe('4 of 1,000 entries today');
  });
});

describe('what a position says', () => {
  it('is how much at what price, in lakh', () => {
    expect(heldWords(fakePosition({ quantity: -10, averagePrice: 123_456.5 }), RUPEES)).toBe('10 at 1,23,456.50');
  });

  it('is where it is closed', () => {
    expect(levelWords(fakePosition(), RUPEES)).toBe('Stop 1,485.00, target 1,530.00');
    expect(levelWords(fakePosition({ stop: undefined }), RUPEES)).toBe('Target 1,530.00');
    expect(levelWords(fakePosition({ stop: undefined, target: undefined }), RUPEES)).toBeUndefined();
  });
});

describe('a profit', () => {
  it.each([
    [123_456.5, '▲ +1,23,456.50', 'up'],
    [-310, '▼ −310.00', 'down'],
    [0, '0.00', undefined],
    [undefined, '–', undefined],
    [null, '–', undefined],
  ] as const)('of %s reads %s', (profit, words, way) => {
    expect(profitWords(profit, RUPEES)).toBe(words);
    expect(direction(profit)).toBe(way);
  });

  it('of a coin keeps the steps of its price', () => {
    expect(profitWords(1_234.56789, COIN)).toBe('▲ +1,234.56789');
    expect(profitWords(1, { decimals: 0, grouping: 'western' })).toBe('▲ +1.00');
  });
});

describe('the journal for a spreadsheet', () => {
  it('has a line a trade, by the clock of India', () => {
    expect(journalCsv(FAKE_JOURNAL)).toBe(
      [
        'rule,instrument,side,quantity,entry time,entry price,exit time,exit price,exit reason,profit',
        'ema-cross,NSE:INFY,buy,10,2026-11-20 09:20:00,1500,,,,',
        'rsi-dip,NSE:M&M,sell,25,2026-11-20 09:20:00,3000.05,2026-11-20 10:20:00,3012.45,stop,-310',
        '',
      ].join('\n'),
    );
  });

  it('quotes what would break it', () => {
    const [entry] = FAKE_JOURNAL;
    if (entry === undefined) return expect.unreachable('the journal has entries');
    expect(journalCsv([{ ...entry, instrument: 'NSE:A,"B"' }])).toContain('ema-cross,"NSE:A,""B""",buy');
  });
});

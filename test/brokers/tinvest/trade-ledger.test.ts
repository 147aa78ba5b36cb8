import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import type { VenueTrade } from '../../../src/main/brokers/tinvest/messages.ts';
import { TradeLedger } from '../../../src/main/brokers/tinvest/trade-ledger.ts';
import { SBER } from './worked-examples.ts';

const trade = (ms: number, price = 250, quantity = 1): VenueTrade => ({
  ...SBER,
  price,
  quantity,
  side: 'buy',
  time: ms as EpochMs,
  isDealer: false,
});
const from = 0 as EpochMs;

describe('the trades that were told', () => {
  it('are missed by count: equal ones are not one', () => {
    const ledger = new TradeLedger();
    ledger.take(trade(1));
    ledger.take(trade(1));
    expect(ledger.newest).toBe(1);
    const missed = ledger.missed([trade(1), trade(1), trade(1), trade(1, 251), trade(2)], from);
    expect(missed).toEqual([trade(1), trade(1, 251), trade(2)]);
  });

  it('are not told twice when the stream brings what was asked for already', () => {
    const ledger = new TradeLedger();
    ledger.take(trade(1));
    ledger.missed([trade(1), trade(2), trade(2)], from);
    expect([ledger.take(trade(2)), ledger.take(trade(2)), ledger.take(trade(2))]).toEqual([false, false, true]);
  });

  it('are looked at from a moment on only', () => {
    const ledger = new TradeLedger();
    expect(ledger.missed([trade(4), trade(5)], 5 as EpochMs)).toEqual([trade(5)]);
  });

  it('are forgotten with time, but not while somebody is about to ask', () => {
    const ledger = new TradeLedger();
    ledger.hold(0 as EpochMs);
    const all = Array.from({ length: 5_000 }, (_none, index) => trade(index * 20));
    for (const each of all) ledger.take(each);
    expect(ledger.missed(all, from)).toEqual([]);
    for (const each of all) ledger.take(trade(each.time + 100_000));
    expect(ledger.missed(all.slice(0, 10), from), 'long forgotten').toHaveLength(10);
  });

  it('however a loss and the stream cut them: each is told once', () => {
    const trades = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 2 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(trades, fc.nat(30), fc.nat(10), fc.nat(10), (made, cut, gap, late) => {
        const all = made.map(([ms, price]) => trade(ms, price)).sort((a, b) => a.time - b.time);
        const ledger = new TradeLedger();
        const told = all.slice(0, cut).filter((each) => ledger.take(each));
        // The stream comes back after `gap` trades, and brings `late` of them before the answer.
        const back = all.slice(cut + gap);
        told.push(...back.slice(0, late).filter((each) => ledger.take(each)));
        told.push(...ledger.missed(all, from));
        told.push(...back.slice(late).filter((each) => ledger.take(each)));
        const marks = (list: readonly VenueTrade[]) => list.map(({ time, price }) => `${time} ${price}`).sort();
        expect(marks(told)).toEqual(marks(all));
      }),
      { numRuns: 2_000 },
    );
  });
});

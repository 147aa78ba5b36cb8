import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import { ROUND_THE_CLOCK } from '../../src/core/calendar.ts';
import { type EntryFacts, isSameSession, refusalOf } from '../../src/core/order-checks.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

const NOW = ist('2026-11-20 10:20');

/** To buy ten INFY at 10:20 on an ordinary day, with nothing against it. */
const facts = (other: Partial<EntryFacts> = {}): EntryFacts => ({
  plan: { enabled: true, quantity: 10, stop: null, target: null },
  side: 'buy',
  timeframe: '5m',
  inputs: 'whole',
  instrument: {
    key: 'NSE:INFY' as InstrumentKey,
    name: 'Infosys',
    segment: 'nse-cas',
    sector: undefined,
    tickSize: 0.05,
    priceDecimals: 2,
    lotSize: 1,
  },
  calendar: nse(),
  now: NOW,
  price: { ltp: 1_500, at: NOW },
  stop: undefined,
  target: undefined,
  isOn: true,
  mostEntriesADay: 5,
  entriesToday: 4,
  held: 0,
  waiting: undefined,
  ...other,
});

const { instrument, plan } = facts();
const quantity = (value: number, lotSize = 1): Partial<EntryFacts> => ({
  plan: { ...plan, quantity: value },
  instrument: { ...instrument, lotSize },
});

describe('an entry', () => {
  it('with nothing against it may be placed', () => {
    expect(refusalOf(facts())).toBeUndefined();
  });

  it.each<[string, Partial<EntryFacts>, RegExp]>([
    ['while orders are off', { isOn: false }, /switched off/],
    ['beyond the cap', { entriesToday: 5 }, /5 entries .* used up/],
    ['of an index', { instrument: { ...instrument, segment: 'nse-index' } }, /is an index/],
    ['of no quantity', quantity(0), /above 0/],
    ['of less than nothing', quantity(-1), /above 0/],
    ['of a quantity that is none', quantity(Number.NaN), /above 0/],
    ['beside the lots', quantity(100, 75), /lots of 75/],
    ['of less than a lot', quantity(0.4), /lots of 1/],
    ['on bars that are not whole', { inputs: 'incomplete' }, /whole/],
    ['on bars that history changed', { inputs: 'revised' }, /whole/],
    ['before the open', { now: ist('2026-11-20 09:14:59') }, /closed/],
    ['in the closing auction', { now: ist('2026-11-20 15:20') }, /closed/],
    ['on a holiday', { now: ist('2026-11-24 11:00') }, /closed/],
    ['of a daily rule after the close', { now: ist('2026-11-20 18:00'), timeframe: '1d' }, /after the close/],
    ['in the last minute', { now: ist('2026-11-20 15:14:00') }, /Less than a minute/],
    ['without a price', { price: undefined }, /No price of INFY/],
    ['with a price of zero', { price: { ltp: 0, at: NOW } }, /No price of INFY/],
    ['with an old price', { price: { ltp: 1, at: ist('2026-11-20 10:05') } }, /15 minutes old/],
    ['on top of a position', { held: 10 }, /long already/],
    ['to sell on top of a short', { held: -10, side: 'sell' }, /short already/],
    ['beside one that waits', { waiting: 'buy' }, /waits already/],
    ['without its stop', { plan: { ...plan, stop: { kind: 'atr', multiple: 2 } } }, /true range/],
    ['without its target', { plan: { ...plan, target: { kind: 'atr', multiple: 2 } } }, /true range/],
    ['with a stop below zero', { stop: { kind: 'points', points: 1_500 } }, /stop would lie below/],
    ['with a target below zero', { side: 'sell', target: { kind: 'percent', percent: 100 } }, /target would lie below/],
  ])('%s is refused', (_what, other, reason) => {
    const refusal = refusalOf(facts(other));
    expect(refusal).toMatch(reason);
    expect(refusal, 'a sentence').toMatch(/^[A-Z].*\.$/);
  });

  it.each<[string, Partial<EntryFacts>]>([
    ['in whole lots', quantity(225, 75)],
    ['in lots of a coin', quantity(0.3, 0.1)],
    ['a minute before the close', { now: ist('2026-11-20 15:13:59'), price: { ltp: 1, at: ist('2026-11-20 15:13') } }],
    ['against what is held', { held: -10 }],
    ['against what waits', { waiting: 'sell' }],
    ['on an hour-old price of an hourly rule', { timeframe: '1h', price: { ltp: 1, at: ist('2026-11-20 09:21') } }],
    [
      'with its stop known',
      { plan: { ...plan, stop: { kind: 'atr', multiple: 2 } }, stop: { kind: 'points', points: 9 } },
    ],
    ['before midnight where trading never ends', { calendar: ROUND_THE_CLOCK, now: midnight(-1), price: at(-2) }],
  ])('%s may be placed', (_what, other) => {
    expect(refusalOf(facts(other))).toBeUndefined();
  });
});

function midnight(seconds: number): EpochMs {
  return (Date.UTC(2026, 10, 20) + seconds * 1_000) as EpochMs;
}

function at(seconds: number): EntryFacts['price'] {
  return { ltp: 1, at: midnight(seconds) };
}

describe('one stretch of trading', () => {
  it('is a day at an exchange, and never ends round the clock', () => {
    expect(isSameSession(nse(), ist('2026-11-19 15:10'), ist('2026-11-19 15:14'))).toBe(true);
    expect(isSameSession(nse(), ist('2026-11-19 15:10'), ist('2026-11-20 09:15'))).toBe(false);
    expect(isSameSession(ROUND_THE_CLOCK, midnight(-1), midnight(1))).toBe(true);
    expect(isSameSession(ROUND_THE_CLOCK, midnight(-1), midnight(86_401))).toBe(false);
  });
});

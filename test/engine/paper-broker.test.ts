import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import type { OrderTicket } from '../../src/core/paper-order.ts';
import { printOfBar, printOfPrice } from '../../src/core/price-print.ts';
import type { VenueOrder } from '../../src/main/engine/order-venue.ts';
import { PaperBroker } from '../../src/main/engine/paper-broker.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { sampleRecord, sampleTicket } from '../support/sample-ticket.ts';

const AT = 1_000_000;
const { instrument } = sampleTicket();

function brokerWith(placed: Parameters<typeof sampleRecord>[1][] = []) {
  const clock = new FakeClock(AT);
  const told: VenueOrder[] = [];
  const records = placed.map((other) => sampleRecord(sampleTicket(), { state: 'placed', ...other }));
  const broker = new PaperBroker(clock, { order: (order) => told.push(order) }, records);
  const price = (ltp: number, after: number, bid?: number, ask?: number): void =>
    broker.price(printOfPrice(instrument, ltp, (AT + after) as EpochMs, bid, ask));
  const bar = (open: number, high: number, low: number, after: number): void =>
    broker.price(
      printOfBar({
        ...{ instrument, timeframe: '5m', open, high, low, close: low, volume: 1 },
        openTime: (AT + after) as EpochMs,
      }),
    );
  const fills = () => told.filter(({ state }) => state === 'filled').map(({ averagePrice }) => averagePrice);
  return { broker, clock, told, price, bar, fills };
}

const ticket = (other: Partial<OrderTicket> = {}) => sampleTicket(other);

describe('the market on paper', () => {
  it('fills with the first price stamped later than the order, at that price, once', async () => {
    const { broker, price, fills } = brokerWith();
    await broker.place(ticket());
    price(99, -5);
    price(99, 0);
    price(101, 1);
    price(102, 2);
    expect(fills()).toEqual([101]);
  });

  it('does not fill an order again that is placed again', async () => {
    const { broker, price, fills } = brokerWith();
    await broker.place(ticket());
    await broker.place(ticket());
    price(101, 1);
    expect(await broker.place(ticket())).toMatchObject({ state: 'filled', averagePrice: 101 });
    price(102, 2);
    expect(fills()).toEqual([101]);
  });

  it('fills nothing of another instrument', async () => {
    const { broker, fills } = brokerWith();
    await broker.place(ticket());
    broker.price(printOfPrice('NSE:TCS' as OrderTicket['instrument'], 99, (AT + 1) as EpochMs, undefined, undefined));
    expect(fills()).toEqual([]);
  });

  it.each([
    ['buy', 99.95, 100.05, 100.05],
    ['sell', 99.95, 100.05, 99.95],
    ['buy', 99.95, undefined, 100],
    ['sell', undefined, 100.05, 100],
    ['buy', 0, 0, 100],
    ['sell', Number.NaN, Number.NaN, 100],
  ] as const)('to %s with a bid of %s and an ask of %s costs %d', async (side, bid, ask, expected) => {
    const { broker, price, fills } = brokerWith();
    await broker.place(ticket({ side }));
    price(100, 1, bid, ask);
    expect(fills()).toEqual([expected]);
  });

  it('of bars takes the open of the first that opened no earlier', async () => {
    const { broker, bar, fills } = brokerWith();
    await broker.place(ticket());
    bar(90, 95, 85, -300_000);
    bar(101, 105, 99, 0);
    expect(fills()).toEqual([101]);
  });

  it.each<['buy' | 'sell', number, [ltp: number, bid?: number, ask?: number], boolean]>([
    ['buy', 100, [100.05], false],
    ['buy', 100, [100], true],
    ['buy', 100, [90], true],
    ['buy', 100, [99, 98, 100.05], false],
    ['buy', 100, [101, 99, 100], true],
    ['sell', 100, [99.95], false],
    ['sell', 100, [100], true],
    ['sell', 100, [110], true],
    ['sell', 100, [101, 99.95, 102], false],
  ])('to %s with a limit of %d, at %o: %s', async (side, limit, [ltp, bid, ask], isFilled) => {
    const { broker, price, fills } = brokerWith();
    await broker.place(ticket({ side, limit }));
    price(ltp, 1, bid, ask);
    expect(fills(), 'at the limit, and never better').toEqual(isFilled ? [limit] : []);
  });

  it('reaches a limit within a bar', async () => {
    const { broker, bar, fills } = brokerWith();
    await broker.place(ticket({ limit: 100 }));
    bar(102, 103, 100.5, 0);
    bar(102, 103, 99, 300_000);
    expect(fills()).toEqual([100]);
  });

  it('forgets what is cancelled, and says when there is nothing to cancel', async () => {
    const { broker, price, fills, told } = brokerWith();
    const { brokerOrderId } = await broker.place(ticket());
    await broker.cancel(brokerOrderId);
    price(101, 1);
    expect(fills()).toEqual([]);
    expect(told.at(-1)?.state).toBe('cancelled');
    await expect(broker.cancel(brokerOrderId)).rejects.toThrow(/no longer be taken back/);
  });

  it('knows what an earlier run placed, also when the clock has gone back', async () => {
    const { broker, price, fills } = brokerWith([{ brokerOrderId: 'paper x', updatedAt: (AT + 9_999) as EpochMs }]);
    expect(await broker.orders()).toMatchObject([{ brokerOrderId: 'paper x', state: 'open' }]);
    price(101, 0);
    expect(fills()).toEqual([]);
    price(102, 1);
    expect(fills()).toEqual([102]);
    expect(await broker.orders()).toMatchObject([{ state: 'filled' }]);
  });
});

import { describe, expect, it } from 'vitest';
import { SECOND_MS } from '../../src/core/brand.ts';
import { ist } from '../support/ist.ts';
import { INFY, minutesBefore, OrderRig, PLAN, START, TCS } from './order-rig.ts';

const rejected = (rig: OrderRig) => rig.desk.state().orders.map(({ state, message }) => [state, message]);

describe('a signal of a rule that trades on paper', () => {
  it('is bought at the next price, and not at its own', async () => {
    const rig = await OrderRig.open();
    rig.fire();
    expect(rig.orders).toEqual(['buy 10 entry placed']);
    rig.desk.price(INFY, 1_499, START);
    rig.desk.price(INFY, 1_499, minutesBefore(START, 1));
    expect(rig.orders, 'not by a price that is no later than the order').toEqual(['buy 10 entry placed']);
    rig.tick(1_501);
    expect(rig.orders).toEqual(['buy 10 entry filled 1501']);
    expect(rig.held).toEqual(['INFY 10 @ 1501']);
    rig.tick(1_502);
    expect(rig.orders, 'once').toEqual(['buy 10 entry filled 1501']);
  });

  it('buys at the ask and sells at the bid where they are known', async () => {
    const rig = await OrderRig.open();
    rig.fire();
    rig.fire({ instrument: TCS, side: 'sell' });
    rig.tick(1_501, { bid: 1_500.95, ask: 1_501.05 });
    rig.tick(1_501, { instrument: TCS, bid: 1_500.95, ask: 1_501.05 });
    expect(rig.held).toEqual(['INFY 10 @ 1501.05', 'TCS -10 @ 1500.95']);
  });

  it('is on disk before the broker hears of it', async () => {
    const seen: string[] = [];
    const rig: OrderRig = await OrderRig.open({
      openVenue: () => ({
        place: async ({ key }) => {
          seen.push(...rig.desk.state().orders.map(({ state }) => state));
          return { key, brokerOrderId: '1', state: 'open', averagePrice: undefined, time: START, message: undefined };
        },
        cancel: async () => undefined,
        orders: async () => [],
      }),
    });
    rig.fire();
    expect(seen).toEqual(['intended']);
    await Promise.resolve();
    await Promise.resolve();
    expect(rig.orders).toEqual(['buy 10 entry placed']);
  });

  it.each([
    ['of a rule that does not trade', { plan: null }],
    ['of a rule whose trading is off', { plan: { ...PLAN, enabled: false } }],
    ['that comes late', { isLate: true }],
  ])('%s is left alone', async (_what, fired) => {
    const rig = await OrderRig.open();
    rig.fire(fired);
    rig.tick(1_501);
    expect(rig.orders).toEqual([]);
  });

  it.each([
    ['bars that are not whole', { ground: 'not-whole' as const }],
    ['bars that history changed', { inputs: 'revised' as const }],
  ])('on %s is refused, and listed with the reason', async (_what, fired) => {
    const rig = await OrderRig.open();
    rig.fire(fired);
    rig.tick(1_501);
    expect(rejected(rig)).toEqual([['rejected', 'Not every bar that the signal rests on was told whole.']]);
  });

  it('is refused while paper orders are off, though stops still hold', async () => {
    const rig = await OrderRig.open();
    rig.fire({ plan: { ...PLAN, stop: { kind: 'percent', percent: 1 } } });
    rig.tick(1_500);
    rig.settings = { ...rig.settings, paper: false };
    rig.fire({ instrument: TCS });
    expect(rig.orders[0]).toBe('buy 10 entry rejected');
    rig.tick(1_485);
    rig.tick(1_484);
    expect(rig.held).toEqual([]);
  });

  it('beyond the cap of the day is refused, and taken again on the next', async () => {
    const rig = await OrderRig.open();
    rig.settings = { ...rig.settings, mostEntriesADay: 1 };
    rig.fire();
    rig.fire({ instrument: TCS });
    expect(rig.orders).toEqual(['buy 10 entry rejected', 'buy 10 entry placed']);
    expect(rig.desk.state()).toMatchObject({ ordersToday: 1, mostOrdersToday: 1, enabled: true });
    const monday = ist('2026-11-23 10:20');
    rig.clock.advance(monday - rig.clock.now());
    rig.tick(1_500, { instrument: TCS });
    expect(rig.desk.state().ordersToday).toBe(0);
    rig.fire({ instrument: TCS });
    expect(rig.orders[0]).toBe('buy 10 entry placed');
  });

  it('adds nothing to a position, and says why', async () => {
    const rig = await OrderRig.open();
    rig.fire();
    rig.tick(1_501);
    rig.fire({ barTime: START });
    expect(rejected(rig)[0]).toEqual(['rejected', 'The rule is long already, and adds nothing to a position.']);
  });

  it('of another rule opens a position of its own', async () => {
    const rig = await OrderRig.open();
    rig.fire();
    rig.fire({ rule: 'other', side: 'sell' });
    rig.tick(1_501);
    expect(rig.held).toEqual(['INFY 10 @ 1501', 'INFY -10 @ 1501']);
  });
});

describe('a signal against what the rule holds', () => {
  it('closes first, and opens the other side at the price after', async () => {
    const rig = await OrderRig.open();
    rig.fire();
    rig.tick(1_501);
    rig.fire({ side: 'sell', barTime: START });
    expect(rig.orders.slice(0, 2)).toEqual(['sell 10 entry intended', 'sell 10 exit placed']);
    rig.tick(1_505);
    expect(rig.orders.slice(0, 2)).toEqual(['sell 10 entry placed', 'sell 10 exit filled 1505']);
    rig.tick(1_506);
    expect(rig.held).toEqual(['INFY -10 @ 1506']);
    expect(rig.desk.state().realisedToday).toBe(40);
  });

  it('takes back an entry that was not filled yet', async () => {
    const rig = await OrderRig.open();
    rig.fire();
    rig.fire({ side: 'sell', barTime: START });
    expect(rig.orders).toEqual(['sell 10 entry placed', 'buy 10 entry cancelled']);
    rig.tick(1_501);
    expect(rig.held).toEqual(['INFY -10 @ 1501']);
  });
});

describe('an entry that meets no price', () => {
  it('is given up when the day has ended', async () => {
    const rig = await OrderRig.open({}, ist('2026-11-20 15:10'));
    rig.fire();
    rig.clock.advance(ist('2026-11-20 15:21') - rig.clock.now());
    rig.tick(1_501);
    expect(rig.orders, 'the closing auction fills nothing').toEqual(['buy 10 entry placed']);
    rig.clock.advance(ist('2026-11-23 09:15') - rig.clock.now());
    rig.tick(1_502);
    expect(rig.desk.held.size).toBe(0);
    expect(rig.desk.journal(9)).toEqual([]);
  });

  it('is given up after a long silence', async () => {
    const rig = await OrderRig.open();
    rig.fire();
    rig.clock.advance(20 * 60 * SECOND_MS);
    rig.tick(1_501);
    expect(rejected(rig)).toEqual([['expired', 'No price came in time to fill it.']]);
  });
});

describe('the screens', () => {
  it('are told at once, and then of prices twice a second at the most', async () => {
    const rig = await OrderRig.open();
    rig.fire();
    rig.clock.advance(100);
    expect(rig.states).toHaveLength(1);
    rig.tick(1_500);
    rig.clock.advance(600);
    const before = rig.states.length;
    for (let step = 0; step < 100; step += 1) {
      rig.desk.price(INFY, 1_500 + step, rig.clock.now());
      rig.clock.advance(10);
    }
    rig.clock.advance(1_000);
    expect(rig.states.length - before).toBeLessThanOrEqual(4);
    expect(rig.states.at(-1)?.positions[0]).toMatchObject({ quantity: 10, averagePrice: 1_500 });
  });

  it('see what is held at its newest price', async () => {
    const rig = await OrderRig.open();
    rig.fire();
    rig.fire({ instrument: TCS, side: 'sell' });
    rig.tick(1_500.1);
    rig.tick(1_500.1, { instrument: TCS });
    rig.tick(1_500.35);
    rig.tick(1_500.2, { instrument: TCS });
    const { positions, unrealised } = rig.desk.state();
    expect(positions.map((each) => [each.ltp, each.unrealised])).toEqual([
      [1_500.35, 2.5],
      [1_500.2, -1],
    ]);
    expect(unrealised).toBe(1.5);
  });

  it('are told nothing after the end', async () => {
    const rig = await OrderRig.open();
    rig.fire();
    rig.clock.advance(1_000);
    rig.desk.stop();
    const before = rig.states.length;
    rig.fire({ instrument: TCS });
    rig.tick(1_501);
    rig.clock.advance(5_000);
    expect(rig.states).toHaveLength(before);
    expect(rig.clock.timers).toBe(0);
  });
});

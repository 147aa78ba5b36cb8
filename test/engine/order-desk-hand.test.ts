import { describe, expect, it } from 'vitest';
import { ist } from '../support/ist.ts';
import { INFY, OrderRig, PLAN } from './order-rig.ts';

const rejected = (rig: OrderRig) => rig.desk.state().orders.map(({ state, message }) => [state, message]);

describe('a position closed by hand', () => {
  it('is gone at the next price', async () => {
    const rig = await OrderRig.open();
    rig.fire();
    rig.tick(1_501);
    rig.desk.exit('dip', INFY);
    expect(() => rig.desk.exit('dip', INFY)).toThrow(/being closed already/);
    rig.tick(1_503.5);
    expect(rig.held).toEqual([]);
    expect(rig.desk.state().realisedToday).toBe(25);
    expect(() => rig.desk.exit('dip', INFY)).toThrow(/holds nothing/);
  });

  it('may be asked for when the market is closed: it waits for the open', async () => {
    const rig = await OrderRig.open({}, ist('2026-11-20 15:10'));
    rig.fire();
    rig.tick(1_501);
    rig.clock.advance(ist('2026-11-20 18:00') - rig.clock.now());
    rig.desk.exit('dip', INFY);
    rig.clock.advance(ist('2026-11-23 09:15') - rig.clock.now());
    rig.tick(1_490);
    expect(rig.held).toEqual([]);
  });
});

describe('an order taken back', () => {
  it('is not filled any more', async () => {
    const rig = await OrderRig.open();
    rig.fire();
    const key = rig.desk.state().orders[0]?.ticket.key ?? '';
    await rig.desk.cancel(key);
    rig.tick(1_501);
    expect(rejected(rig)).toEqual([['cancelled', 'Taken back by hand.']]);
    await expect(rig.desk.cancel(key)).rejects.toThrow(/cancelled already/);
    await expect(rig.desk.cancel('nobody')).rejects.toThrow(/no such order/);
  });

  it('cannot be a stop that was touched', async () => {
    const rig = await OrderRig.open();
    rig.fire({ plan: { ...PLAN, stop: { kind: 'percent', percent: 1 } } });
    rig.tick(1_500);
    rig.tick(1_480);
    const key = rig.desk.state().orders[0]?.ticket.key ?? '';
    await expect(rig.desk.cancel(key)).rejects.toThrow(/not taken back/);
  });
});

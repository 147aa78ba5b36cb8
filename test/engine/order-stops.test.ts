import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import type { Side } from '../../src/core/signal.ts';
import { INFY, OrderRig, PLAN, START } from './order-rig.ts';

const GUARDED = { ...PLAN, stop: { kind: 'percent', percent: 1 }, target: { kind: 'percent', percent: 2 } } as const;

async function holding(side: Side = 'buy', plan: typeof PLAN = GUARDED): Promise<OrderRig> {
  const rig = await OrderRig.open();
  rig.fire({ side, plan });
  rig.tick(1_500);
  return rig;
}

const bar = (minute: number, open: number, high: number, low: number): Candle => ({
  ...{ instrument: INFY, timeframe: '5m', open, high, low, close: low, volume: 1 },
  openTime: (START + minute * 60_000) as EpochMs,
});

describe('stop and target', () => {
  it('lie where the rule says, counted from the price of the fill', async () => {
    const rig = await OrderRig.open();
    rig.fire({ plan: GUARDED });
    rig.tick(1_600);
    expect(rig.desk.state().positions).toMatchObject([{ stop: 1_584, target: 1_632 }]);
  });

  it('may be counted in average true ranges of the bar of the signal', async () => {
    const rig = await holding('sell', {
      ...PLAN,
      stop: { kind: 'atr', multiple: 1.5 },
      target: { kind: 'atr', multiple: 3 },
    });
    expect(rig.desk.state().positions).toMatchObject([{ quantity: -10, stop: 1_512, target: 1_476 }]);
  });

  it('that cannot be known open nothing', async () => {
    const rig = await OrderRig.open();
    rig.atr = undefined;
    rig.fire({ plan: { ...PLAN, stop: { kind: 'atr', multiple: 1.5 } } });
    expect(rig.orders).toEqual(['buy 10 entry rejected']);
    expect(rig.desk.state().orders[0]?.message).toMatch(/true range of 14 bars is not known/);
  });

  it.each<[Side, 'stop' | 'target', number, number, number]>([
    ['buy', 'stop', 1_485, 1_484.5, -155],
    ['buy', 'target', 1_530, 1_531, 310],
    ['sell', 'stop', 1_515, 1_515.5, -155],
    ['sell', 'target', 1_470, 1_469, 310],
  ])('of a %s: a touched %s at %d closes at the next price, %d', async (side, level, touch, next, profit) => {
    const rig = await holding(side);
    rig.tick(touch);
    expect(rig.orders[0]).toBe(`${side === 'buy' ? 'sell' : 'buy'} 10 ${level} placed`);
    rig.tick(next);
    expect(rig.held).toEqual([]);
    expect(rig.desk.state().realisedToday).toBe(profit);
    expect(rig.desk.journal(1)).toMatchObject([{ side, exitReason: level, exitPrice: next, profit }]);
  });

  it('jumped over close at the price that is there, not at the level', async () => {
    const rig = await holding();
    rig.tick(1_400);
    rig.tick(1_390);
    expect(rig.desk.state().realisedToday).toBe(-1_100);
  });

  it('close once, however often they are touched', async () => {
    const rig = await holding();
    for (const price of [1_485, 1_480, 1_540, 1_400]) rig.tick(price);
    expect(rig.orders).toEqual(['sell 10 stop filled 1480', 'buy 10 entry filled 1500']);
    expect(rig.desk.held.size).toBe(0);
  });

  it('are not touched by the very price of the fill, nor by one stamped before', async () => {
    const rig = await OrderRig.open();
    rig.fire({ plan: GUARDED });
    rig.tick(1_500, { ask: 1_600, bid: 1_500 });
    expect(rig.held, 'bought at the ask, a stop of 1,584 above the price').toEqual(['INFY 10 @ 1600']);
    rig.desk.price(INFY, 1_400, START);
    expect(rig.orders).toHaveLength(1);
    rig.tick(1_500);
    expect(rig.orders[0]).toBe('sell 10 stop placed');
  });

  it('sleep outside continuous trading, and hold again on the next day', async () => {
    const rig = await holding();
    const evening = (START + 5 * 3_600_000) as EpochMs;
    rig.desk.price(INFY, 1_400, evening);
    expect(rig.orders).toHaveLength(1);
    rig.clock.advance(3 * 86_400_000);
    rig.tick(1_400);
    expect(rig.orders[0]).toBe('sell 10 stop placed');
  });

  it('go with the position when it is closed by hand', async () => {
    const rig = await holding();
    rig.desk.exit('dip', INFY);
    rig.tick(1_485);
    rig.tick(1_480);
    expect(rig.orders).toEqual(['sell 10 exit filled 1485', 'buy 10 entry filled 1500']);
  });
});

describe('on bars', () => {
  it('an entry is filled at the open of the next, and its levels hold within it', async () => {
    const rig = await OrderRig.open();
    rig.fire({ plan: GUARDED });
    rig.clock.advance(300_000);
    rig.desk.bar(bar(0, 1_510, 1_511, 1_490));
    expect(rig.orders).toEqual(['sell 10 stop placed', 'buy 10 entry filled 1510']);
  });

  it('a level is left at the open of a bar that begins after it was touched', async () => {
    const rig = await holding();
    rig.clock.advance(299_000);
    rig.desk.bar(bar(5, 1_500, 1_500, 1_480));
    rig.desk.bar(bar(5, 1_500, 1_500, 1_480));
    expect(rig.orders[0]).toBe('sell 10 stop placed');
    rig.clock.advance(300_000);
    rig.desk.bar(bar(10, 1_470, 1_480, 1_460));
    expect(rig.orders[0]).toBe('sell 10 stop filled 1470');
  });

  it('the stop is assumed first where one bar touches both', async () => {
    const rig = await holding();
    rig.clock.advance(300_000);
    rig.desk.bar(bar(5, 1_500, 1_600, 1_400));
    expect(rig.orders[0]).toBe('sell 10 stop placed');
  });

  it('those that are older than what is held tell nothing', async () => {
    const rig = await holding();
    rig.desk.bar(bar(-5, 1_500, 1_600, 1_400));
    rig.desk.bar(bar(0, 1_500, 1_600, 1_400));
    expect(rig.orders).toHaveLength(1);
  });
});

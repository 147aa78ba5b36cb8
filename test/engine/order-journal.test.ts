import { describe, expect, it } from 'vitest';
import { INFY, OrderRig, START, TCS } from './order-rig.ts';

describe('the journal', () => {
  it('has one line a trade, the newest first, with what it came from', async () => {
    const rig = await OrderRig.open();
    rig.fire();
    rig.fire({ instrument: TCS, side: 'sell' });
    rig.tick(1_500.05);
    rig.tick(1_500, { instrument: TCS });
    rig.desk.exit('dip', INFY);
    rig.tick(1_499);
    expect(rig.desk.journal(9)).toEqual([
      {
        ...{ rule: 'dip', instrument: TCS, side: 'sell', quantity: 10, entryAt: START + 2_000, entryPrice: 1_500 },
        ...{ exitAt: null, exitPrice: null, exitReason: null, profit: null },
        alert: `NSE:TCS 5m dip ${START - 300_000}`,
      },
      {
        ...{ rule: 'dip', instrument: INFY, side: 'buy', quantity: 10, entryAt: START + 1_000, entryPrice: 1_500.05 },
        ...{ exitAt: START + 3_000, exitPrice: 1_499, exitReason: 'exit', profit: -10.5 },
        alert: `NSE:INFY 5m dip ${START - 300_000}`,
      },
    ]);
    expect(rig.desk.journal(1)).toHaveLength(1);
  });

  it('leaves out what was never filled', async () => {
    const rig = await OrderRig.open();
    rig.fire();
    rig.settings = { paper: false, mostEntriesADay: 9 };
    rig.fire({ instrument: TCS });
    expect(rig.desk.journal(9)).toEqual([]);
  });

  it('is the same after a restart', async () => {
    const rig = await OrderRig.open();
    rig.fire();
    rig.tick(1_501);
    rig.fire({ side: 'sell', barTime: START });
    rig.tick(1_505);
    rig.tick(1_506);
    const before = rig.desk.journal(9);
    expect(before).toMatchObject([{ side: 'sell' }, { side: 'buy', profit: 40, exitReason: 'exit' }]);
    await rig.reopen();
    expect(rig.desk.journal(9)).toEqual(before);
  });
});

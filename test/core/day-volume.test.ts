import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VolumeMeter } from '../../src/core/day-volume.ts';

const DAY = '2026-01-05';

const traded = (...totals: readonly (number | undefined)[]) => {
  const meter = new VolumeMeter();
  return totals.map((total) => meter.next(total, DAY));
};

describe('VolumeMeter', () => {
  it('counts what was traded since the last look', () => {
    expect(traded(1_000, 1_010, 1_010, 1_035)).toEqual([0, 10, 0, 25]);
  });

  it('counts nothing twice when a total comes late or twice', () => {
    expect(traded(1_000, 1_100, 1_050, 1_100, 1_150)).toEqual([0, 100, 0, 0, 50]);
  });

  it('starts anew when the venue does', () => {
    expect(traded(1_000, 3, 10)).toEqual([0, 0, 7]);
  });

  it('takes a lone zero for a glitch', () => {
    expect(traded(1_000, 0, 1_010)).toEqual([0, 0, 10]);
  });

  it('keeps the unknown unknown', () => {
    expect(traded(undefined, undefined)).toEqual([undefined, undefined]);
    expect(traded(1_000, undefined, 1_010), 'a packet without a total takes nothing away').toEqual([0, undefined, 10]);
  });

  it('gives the first bar of a day nothing of the day before, nor of the hours it did not see', () => {
    const meter = new VolumeMeter();
    meter.next(9_000, DAY);
    expect(meter.next(700, '2026-01-06')).toBe(0);
    expect(meter.next(750, '2026-01-06')).toBe(50);
    expect(meter.resets, 'a new day is no reset').toBe(0);
  });

  it('counts nothing of a gap', () => {
    const meter = new VolumeMeter();
    meter.next(1_000, DAY);
    meter.forget();
    expect(meter.next(9_000, DAY)).toBe(0);
    expect(meter.next(9_005, DAY)).toBe(5);
  });

  it('counts how often a venue began anew', () => {
    const meter = new VolumeMeter();
    for (const total of [1_000, 3, 10, 900, 0, 905, 7]) meter.next(total, DAY);
    expect(meter.resets).toBe(2);
  });

  it('takes no late packet for a venue that began anew, though totals are small in the morning', () => {
    const meter = new VolumeMeter();
    meter.next(10, DAY);
    meter.next(100, DAY);
    expect(meter.next(10, DAY, { isLate: true })).toBe(0);
    expect([meter.next(110, DAY), meter.resets]).toEqual([10, 0]);
  });
});

describe('VolumeMeter, before continuous trading', () => {
  it('gives the auction all that was traded by then', () => {
    const meter = new VolumeMeter();
    expect(meter.next(5_000, DAY, { isDawn: true })).toBe(5_000);
    expect(meter.next(5_030, DAY), 'and the first bar only what followed').toBe(30);
  });

  it('counts from nothing where orders are gathered and nothing was traded yet', () => {
    const meter = new VolumeMeter();
    expect(meter.next(0, DAY, { isDawn: true })).toBe(0);
    expect(meter.next(5_000, DAY, { isDawn: true })).toBe(5_000);
  });

  it('gives the auction its volume when the venue shows the day before until then', () => {
    const meter = new VolumeMeter();
    meter.next(900_000, DAY, { isDawn: true });
    expect(meter.next(0, DAY, { isDawn: true })).toBe(0);
    expect(meter.next(5_000, DAY, { isDawn: true }), 'the count of this day').toBe(5_000);
    expect(meter.next(5_030, DAY)).toBe(30);
  });

  it('gives the opening auction its volume though the line broke before it, or in the midst of it', () => {
    const dawn = { isDawn: true };
    const meter = new VolumeMeter();
    // A picture of unknown age, which shows yesterday's total; then the line begins to tell.
    meter.next(104_000, DAY);
    meter.forget();
    expect(meter.next(3_000, DAY, dawn)).toBe(3_000);
    meter.forget();
    expect(meter.next(5_000, DAY, dawn), 'and counts none of it twice').toBe(2_000);
    meter.forget();
    expect(meter.next(5_000, DAY, dawn)).toBe(0);
    meter.forget();
    expect(meter.next(5_200, DAY), 'once trading has begun, what was not heard belongs to no bar').toBe(0);
  });
});

describe('VolumeMeter, whatever order packets come in', () => {
  it('counts the growth of the highest total, once', () => {
    const packets = fc
      .array(fc.nat(500), { minLength: 1, maxLength: 40 })
      .map((steps) => steps.map((_step, at) => 1 + steps.slice(0, at + 1).reduce((sum, each) => sum + each, 0)))
      .chain((totals) => fc.array(fc.nat(totals.length - 1), { maxLength: 80 }).map((order) => ({ totals, order })));
    fc.assert(
      fc.property(packets, ({ totals, order }) => {
        const meter = new VolumeMeter();
        const first = totals[0] ?? 0;
        let sum = meter.next(first, DAY) ?? 0;
        let newest = 0;
        let highest = first;
        for (const at of order) {
          const total = totals[at] ?? 0;
          sum += meter.next(total, DAY, { isLate: at <= newest }) ?? 0;
          newest = Math.max(newest, at);
          highest = Math.max(highest, total);
        }
        expect(sum).toBe(highest - first);
        expect(meter.resets).toBe(0);
      }),
    );
  });
});

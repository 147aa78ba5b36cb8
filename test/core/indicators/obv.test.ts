import { describe, expect, it } from 'vitest';
import { obv, obvTalib } from '../../../src/core/indicators/obv.ts';
import { bar, describeIndicator, readings } from '../../support/indicator-contract.ts';
import { BARS } from './samples.ts';

const traded = (close: number, volume: number | undefined) => bar(close, close, close, { volume });
const COURSE = [traded(10, 100), traded(11, 200), traded(11, 50), traded(9, 300), traded(10, 40)];

describe('obv', () => {
  it('adds the volume of rising bars and takes off that of falling ones, from the second on', () => {
    expect(readings(obv(), COURSE)).toEqual([undefined, 200, 200, -100, -60]);
  });

  it("begins with the first bar's volume in TA-Lib's form", () => {
    expect(readings(obvTalib(), COURSE)).toEqual([100, 300, 300, 0, 40]);
  });

  it('changes alike wherever the data began', () => {
    const steps = (values: readonly (number | undefined)[]) =>
      values.map((value, index) => (value ?? Number.NaN) - (values[index - 1] ?? Number.NaN)).slice(-20);
    expect(steps(readings(obv(), BARS))).toEqual(steps(readings(obv(), BARS.slice(30))));
  });

  it.each([obv, obvTalib])('is unknown where nothing is ever traded', (make) => {
    expect(new Set(readings(make(), [traded(10, undefined), traded(11, undefined)]))).toEqual(new Set([undefined]));
    expect(new Set(readings(make(), [traded(10, 0), traded(11, 0), traded(12, 0)]))).toEqual(new Set([undefined]));
  });

  it('is unknown on a bar of unknown volume, whose close still counts', () => {
    expect(readings(obv(), [traded(10, 5), traded(12, 7), traded(9, undefined), traded(10, 3)])).toEqual([
      undefined,
      7,
      undefined,
      10,
    ]);
  });
});

describeIndicator('obv', obv(), { warmup: 2, inputs: BARS });
describeIndicator('obv_talib', obvTalib(), { warmup: 1, inputs: BARS });

import { describe, expect, it } from 'vitest';
import type { Offset } from '../../src/core/paper-order.ts';
import { levelsOf, offsetOf, touched } from '../../src/core/protective-levels.ts';

const percent = (value: number): Offset => ({ kind: 'percent', percent: value });
const points = (value: number): Offset => ({ kind: 'points', points: value });

describe('how far a stop is', () => {
  it('is the percentage, whatever the range', () => {
    expect(offsetOf({ kind: 'percent', percent: 1.5 }, undefined)).toEqual(percent(1.5));
  });

  it('is so many average true ranges', () => {
    expect(offsetOf({ kind: 'atr', multiple: 1.5 }, 8)).toEqual(points(12));
  });

  it.each([undefined, 0, Number.NaN])('is unknown with a range of %s', (atr) => {
    expect(offsetOf({ kind: 'atr', multiple: 2 }, atr)).toBeUndefined();
  });
});

describe('stop and target', () => {
  it.each<[string, 'buy' | 'sell', Offset, Offset, number | undefined, number, number]>([
    ['of a purchase in percent', 'buy', percent(1), percent(2), 0.05, 99, 102],
    ['of a short in percent', 'sell', percent(1), percent(2), 0.05, 101, 98],
    ['of a purchase in points', 'buy', points(3.5), points(7), 0.05, 96.5, 107],
    ['of a short in points', 'sell', points(3.5), points(7), 0.05, 103.5, 93],
    ['beside the grid go to the step outside', 'buy', points(0.31), points(0.31), 0.25, 99.5, 100.5],
    ['of a short beside the grid, too', 'sell', points(0.31), points(0.31), 0.25, 100.5, 99.5],
    ['closer than a step are a step away', 'buy', points(0.01), points(0.01), 0.05, 99.95, 100.05],
    ['of a grid nobody knows are as they come', 'buy', points(0.31), points(0.31), undefined, 99.69, 100.31],
  ])('%s', (_what, side, stop, target, tickSize, expectedStop, expectedTarget) => {
    const levels = levelsOf({ stop, target }, side, 100, tickSize);
    expect(levels.stop).toBeCloseTo(expectedStop, 10);
    expect(levels.target).toBeCloseTo(expectedTarget, 10);
  });

  it('are not there where the rule has none', () => {
    expect(levelsOf({ stop: undefined, target: undefined }, 'buy', 100, 0.05)).toEqual({});
  });
});

describe('a level is touched', () => {
  const long = { stop: 99, target: 102 };
  const short = { stop: 101, target: 98 };

  it.each([
    ['buy', long, 99.05, 101.95, undefined],
    ['buy', long, 99, 99, 'stop'],
    ['buy', long, 90, 90, 'stop'],
    ['buy', long, 102, 102, 'target'],
    ['buy', long, 98, 103, 'stop'],
    ['sell', short, 98.05, 100.95, undefined],
    ['sell', short, 101, 101, 'stop'],
    ['sell', short, 98, 98, 'target'],
    ['sell', short, 97, 103, 'stop'],
  ] as const)('%s %o by %d to %d: %s', (side, levels, low, high, expected) => {
    expect(touched(levels, side, { low, high })).toBe(expected);
  });

  it('never where there is none', () => {
    expect(touched({ stop: undefined, target: undefined }, 'buy', { low: 0, high: 1e9 })).toBeUndefined();
  });
});

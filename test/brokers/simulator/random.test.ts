import { describe, expect, it } from 'vitest';
import { Random, streamKey, subKey, unitOf } from '../../../src/main/brokers/simulator/random.ts';

describe('the random numbers', () => {
  it('are those of the reference implementation', () => {
    // xoshiro128starstar.c 1.1 from the state 1, 2, 3, 4.
    const random = Random.fromState(1, 2, 3, 4);
    const drawn = Array.from({ length: 10 }, () => random.uint32());
    expect(drawn).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('of one key are always the same, and of neighbouring keys have nothing in common', () => {
    const draw = (key: number): number[] => {
      const random = new Random(key);
      return Array.from({ length: 1_000 }, () => random.unit());
    };
    const key = streamKey(20, 'minutes', 'NSE:INFY', '2026-11-20');
    expect(draw(key)).toEqual(draw(key));
    const [a, b] = [draw(subKey(key, 1)), draw(subKey(key, 2))];
    const together = a.reduce((sum, value, at) => sum + (value - 0.5) * ((b[at] ?? 0) - 0.5), 0) / (a.length / 12);
    expect(Math.abs(together), 'correlation').toBeLessThan(0.1);
  });

  it('have keys that tell the parts apart', () => {
    const keys = [streamKey('a', 'bc'), streamKey('ab', 'c'), streamKey('abc'), streamKey(1, 2), streamKey(12)];
    expect(new Set(keys).size).toBe(keys.length);
    expect(unitOf(streamKey('a'))).toBe(unitOf(streamKey('a')));
  });

  it('have the mean and spread they promise', () => {
    const random = new Random(7);
    const spread = (draw: () => number): [mean: number, deviation: number] => {
      const values = Array.from({ length: 100_000 }, draw);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return [mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)];
    };
    const near = ([mean, deviation]: [number, number], means: number, deviates: number): void => {
      expect(mean).toBeCloseTo(means, 1);
      expect(deviation).toBeCloseTo(deviates, 1);
    };
    near(
      spread(() => random.unit()),
      0.5,
      Math.sqrt(1 / 12),
    );
    near(
      spread(() => random.bell()),
      0,
      1,
    );
    near(
      spread(() => random.exponential()),
      1,
      1,
    );
  });
});

import { describe, expect, it } from 'vitest';
import { damaged, type Frame, numbersFrom } from './damage.ts';
import { giveDamaged } from './damage-contract.ts';

const FRAMES: readonly Frame[] = ['{"price":"101.5","size":3,"name":"CORN"}', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)];

describe('the damage that parsers are given', () => {
  it('is the same in every run, of every kind, and leaves the frames themselves whole', () => {
    const run = () => {
      const next = numbersFrom(3);
      return Array.from({ length: 2_000 }, (_none, at) => damaged(FRAMES[at % 2] ?? '', FRAMES, next));
    };
    const [first, second] = [run(), run()];
    expect(second).toEqual(first);
    expect(FRAMES[1]).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
    const texts = first.filter((frame) => typeof frame === 'string');
    for (const sign of [/1e999/, /"other":/, /💥/, /^.{0,5}$/, /__proto__/, /[^\x20-\x7e]/])
      expect(
        texts.some((text) => sign.test(text)),
        String(sign),
      ).toBe(true);
    expect(new Set(texts).size).toBeGreaterThan(800);
    const lengths = first.flatMap((frame) => (typeof frame === 'string' ? [] : [frame.length]));
    expect([Math.min(...lengths), Math.max(...lengths) > 8]).toEqual([0, true]);
  });

  it('is told of with the frame that something was thrown at', () => {
    const read = (frame: Frame): boolean => {
      if (frame.length === 4) throw new RangeError('four is too few');
      return true;
    };
    expect(() => giveDamaged({ frames: [Uint8Array.of(0xab, 2, 3, 4, 5)], read }, 10_000)).toThrow(
      /^four is too few, at [0-9a-f]{8}$/,
    );
  });

  it('shows a parser that keeps what it reads', () => {
    const kept: object[] = [];
    const leaky = giveDamaged({ frames: FRAMES, read: (frame) => kept.push({ frame }) > 0 }, 100_000);
    expect(leaky.late - leaky.early).toBeGreaterThan(2);
    const sound = giveDamaged({ frames: FRAMES, read: (frame) => frame.length > 4 }, 100_000);
    expect(sound.late - sound.early).toBeLessThan(2);
    expect(sound).toMatchObject({ frames: 100_000 });
  });

  it('shows a parser that hangs for a while', () => {
    let count = 0;
    const read = (): boolean => {
      count += 1;
      const until = performance.now() + (count === 500 ? 300 : 0);
      while (performance.now() < until);
      return true;
    };
    expect(giveDamaged({ frames: FRAMES, read }, 1_000).slowestMs).toBeGreaterThan(100);
  });
});

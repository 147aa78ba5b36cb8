import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Window } from '../../../src/core/indicators/window.ts';

/** What the window should hold, kept the plain way. */
interface Twin {
  readonly window: Window;
  readonly numbers: readonly number[];
}

describe('window', () => {
  it('tells mean and population variance of the last n', () => {
    // The usual example of a standard deviation of 2.
    const [first = 0, ...rest] = [99, 2, 4, 4, 4, 5, 5, 7, 9];
    const window = rest.reduce((now, number) => now.next(number), Window.of(8, first));
    expect(window.mean()).toBe(5);
    expect(window.variance()).toBe(4);
  });

  it('is full with the n-th number', () => {
    expect(Window.of(1, 5).full).toBe(true);
    expect(Window.of(2, 5).full).toBe(false);
    expect(Window.of(2, 5).next(6).full).toBe(true);
  });

  it('keeps every branch apart, in whatever order they grow', () => {
    const steps = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 1_000 })), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), steps, (period, choices) => {
        const twins: Twin[] = [{ window: Window.of(period, 1), numbers: [1] }];
        for (const [choice, number] of choices) {
          const from = twins[choice % twins.length];
          if (from !== undefined) twins.push({ window: from.window.next(number), numbers: [...from.numbers, number] });
        }
        for (const { window, numbers } of twins) {
          const last = numbers.slice(-period);
          expect(window.mean()).toBe(last.reduce((sum, number) => sum + number, 0) / last.length);
        }
      }),
    );
  });

  it('lives through more numbers than its log may hold', () => {
    let window = Window.of(3, 0);
    for (let number = 1; number <= 5_000; number += 1) {
      window.next(-1);
      window = window.next(number);
      if (number >= 2) expect(window.mean()).toBe(number - 1);
    }
  });
});

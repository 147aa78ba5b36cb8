import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bar } from '../../../src/core/indicators/indicator.ts';
import { SCAN_FUNCTIONS } from '../../../src/core/scanner/catalogue.ts';
import { accumulatorOf } from '../../../src/core/scanner/functions/accumulator-of.ts';
import { ARITHMETICS, type ScanFunction } from '../../../src/core/scanner/scan-function.ts';

/** Ten steps to the unit, so that equal prices, and series that never move, are common. */
const price = fc.oneof(
  fc.integer({ min: 1, max: 30 }).map((tenths) => tenths / 10),
  fc.double({ min: 0.01, max: 1e6, noNaN: true }),
);
const bar: fc.Arbitrary<Bar> = fc
  .record({ prices: fc.tuple(price, price, price, price), volume: fc.integer({ min: 0, max: 1_000 }) })
  .map(({ prices, volume }) => {
    const [open, , , close] = prices;
    return { openTime: 0, open, high: Math.max(...prices), low: Math.min(...prices), close, volume };
  });

/** Bars to keep, each with others that are only looked at before it. */
const tape = fc.array(fc.record({ bar, looks: fc.array(bar, { maxLength: 2 }), copies: fc.boolean() }), {
  maxLength: 90,
});

const context = { dayOf: (openTime: number) => `${openTime}` };

/** Some numbers that the function takes, its bars from the fewest on. */
function numbersOf({ numbers, fault }: ScanFunction): fc.Arbitrary<readonly number[]> {
  const each = numbers.map(({ isBars, least }) =>
    isBars ? fc.integer({ min: least, max: least + 24 }) : fc.integer({ min: 1, max: 6 }).map((halves) => halves / 2),
  );
  return fc.tuple(...each).filter((given) => fault(given) === undefined);
}

describe.each(ARITHMETICS)('in the arithmetic of %s', (arithmetic) => {
  it.each(SCAN_FUNCTIONS.map((of) => [of.name, of] as const))('%s kept in place reads what it reads', (_name, of) => {
    fc.assert(
      fc.property(numbersOf(of), tape, (numbers, bars) => {
        const parts = Math.max(1, of.parts.length);
        let kept = accumulatorOf(of, numbers, { ...context, arithmetic });
        let plain = of.build(numbers, { ...context, arithmetic });
        for (const { bar, looks, copies } of bars) {
          for (const each of [...looks, bar]) {
            kept.look(each.close, each);
            const read = plain.next(each, each.close);
            for (let part = 0; part < parts; part += 1) expect(kept.value(part)).toBe(read.value(part) ?? Number.NaN);
          }
          const before = kept;
          if (copies) kept = kept.copy();
          kept.keep();
          // Whatever becomes of the one it was copied from is nothing to it.
          if (copies) before.look(1e6, { ...bar, high: 1e6, close: 1e6 });
          if (copies) before.keep();
          plain = plain.next(bar, bar.close);
        }
      }),
      { numRuns: 60 },
    );
  });
});

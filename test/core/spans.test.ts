import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import type { Span } from '../../src/core/calendar.ts';
import { addSpan, commonSpans, holds, joinSpans, type Spans, subtractSpans, totalMs } from '../../src/core/spans.ts';

const span = (open: number, close: number): Span => ({ open: open as EpochMs, close: close as EpochMs });
const spans = (...pairs: readonly (readonly [number, number])[]): Spans =>
  pairs.map(([open, close]) => span(open, close));

describe('stretches of time', () => {
  it('become one where they overlap or touch', () => {
    expect(addSpan(spans([0, 10], [20, 30]), span(10, 20))).toEqual(spans([0, 30]));
    expect(addSpan(spans([0, 10], [20, 30], [40, 50]), span(5, 45))).toEqual(spans([0, 50]));
    expect(addSpan(spans([0, 30]), span(10, 20))).toEqual(spans([0, 30]));
  });

  it('stay apart where a moment is between them, in order', () => {
    expect(addSpan(spans([10, 20]), span(0, 9))).toEqual(spans([0, 9], [10, 20]));
    expect(addSpan(spans([10, 20]), span(21, 30))).toEqual(spans([10, 20], [21, 30]));
  });

  it('are not changed by an empty one, nor by one that ends before it begins', () => {
    const some = spans([10, 20]);
    expect(addSpan(some, span(15, 15))).toBe(some);
    expect(addSpan(some, span(30, 25))).toBe(some);
    expect(joinSpans(spans([5, 5], [9, 3]))).toEqual([]);
  });

  it('may run on for ever', () => {
    const ever = span(10, Number.POSITIVE_INFINITY);
    expect(addSpan(spans([0, 10]), ever)).toEqual([span(0, Number.POSITIVE_INFINITY)]);
    expect(subtractSpans(spans([0, 100]), [ever])).toEqual(spans([0, 10]));
    expect(holds([ever], span(20, 1e15))).toBe(true);
  });

  it('leave what nobody took', () => {
    expect(subtractSpans(spans([0, 100]), spans([10, 20], [30, 40]))).toEqual(spans([0, 10], [20, 30], [40, 100]));
    expect(subtractSpans(spans([0, 10], [20, 30]), spans([5, 25]))).toEqual(spans([0, 5], [25, 30]));
    expect(subtractSpans(spans([0, 10]), spans([0, 10]))).toEqual([]);
  });

  it('hold what one of them holds, not what two hold together with a moment between', () => {
    expect(holds(spans([0, 10], [11, 20]), span(5, 15))).toBe(false);
    expect(holds(spans([0, 10]), span(0, 10))).toBe(true);
    expect(holds([], span(7, 7)), 'nothing is always held').toBe(true);
  });
});

/** Every moment of a short time, taken or not. */
const LENGTH = 60;
const momentsOf = (some: Spans): readonly boolean[] =>
  Array.from({ length: LENGTH }, (_moment, at) => some.some(({ open, close }) => open <= at && at < close));
const anySpan = fc.tuple(fc.nat(LENGTH), fc.nat(LENGTH)).map(([open, close]) => span(open, close));
const anySpans = fc.array(anySpan, { maxLength: 12 });
const orderly = anySpans.map(joinSpans);

/** In order, apart from each other, none empty. */
function isOrderly(some: Spans): boolean {
  return some.every(({ open, close }, index) => open < close && open > (some[index - 1]?.close ?? -1));
}

describe('stretches of time, against every single moment', () => {
  it('join', () => {
    fc.assert(
      fc.property(anySpans, (some) => {
        const joined = joinSpans(some);
        expect(isOrderly(joined)).toBe(true);
        expect(momentsOf(joined)).toEqual(momentsOf(some));
        expect(some.reduce<Spans>(addSpan, []), 'one by one as all at once').toEqual(joined);
      }),
    );
  });

  it('subtract and meet', () => {
    fc.assert(
      fc.property(orderly, orderly, (a, b) => {
        const [inA, inB] = [momentsOf(a), momentsOf(b)];
        const rest = subtractSpans(a, b);
        const common = commonSpans(a, b);
        expect([isOrderly(rest), isOrderly(common)]).toEqual([true, true]);
        expect(momentsOf(rest)).toEqual(inA.map((is, at) => is && !inB[at]));
        expect(momentsOf(common)).toEqual(inA.map((is, at) => is && inB[at] === true));
        expect(totalMs(rest) + totalMs(common)).toBe(totalMs(a));
      }),
    );
  });

  it('hold', () => {
    fc.assert(
      fc.property(orderly, anySpan, (some, { open, close }) => {
        const inside = momentsOf(some).slice(open, close);
        expect(holds(some, { open, close })).toBe(inside.every((is) => is));
      }),
    );
  });
});

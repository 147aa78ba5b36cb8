import { describe, expect, it } from 'vitest';
import type { Bar, Indicator } from '../../src/core/indicators/indicator.ts';

interface Sample<Input> {
  /** Closed bars the indicator needs before it has a value. */
  readonly warmup: number;
  /** More than `warmup`. */
  readonly inputs: readonly Input[];
}

/** The moment after all of `inputs`. */
export function feed<Value, Input>(start: Indicator<Value, Input>, inputs: readonly Input[]): Indicator<Value, Input> {
  return inputs.reduce((now, input) => now.next(input), start);
}

/** The value after each input, `undefined` where there is none. */
export function readings<Value, Input>(
  start: Indicator<Value, Input>,
  inputs: readonly Input[],
): readonly (Value | undefined)[] {
  let now = start;
  return inputs.map((input) => {
    now = now.next(input);
    return now.value;
  });
}

/** A bar of high, low and close; what a test says nothing of is plain. */
export function bar(high: number, low: number, close: number, rest: Partial<Bar> = {}): Bar {
  return { openTime: 0, open: close, high, low, close, volume: 1, ...rest };
}

/** What every indicator promises, checked the same way for each. */
export function describeIndicator<Value, Input>(
  name: string,
  start: Indicator<Value, Input>,
  { warmup, inputs }: Sample<Input>,
): void {
  const last = inputs.at(-1);
  const closed = inputs.slice(0, -1);

  describe(`${name}, as an indicator`, () => {
    it('has no value until it is warm, and one from then on', () => {
      expect(inputs.length, 'the sample must outlast the warm-up').toBeGreaterThan(warmup + 1);
      const known = readings(start, inputs).map((value) => value !== undefined);
      expect(known).toEqual(inputs.map((_input, index) => index + 1 >= warmup));
    });

    it('previews the forming bar without remembering it', () => {
      const now = feed(start, closed);
      const before = now.value;
      const previews = inputs.slice(0, 5).map((other) => now.next(other));
      if (last === undefined) throw new Error('The sample is empty.');
      expect(now.value, 'the closed bar keeps its value').toEqual(before);
      expect(now.next(last).value, 'after previews the close lands the same').toEqual(feed(start, inputs).value);
      const twice = previews.map((preview, index) => feed(preview, inputs).value ?? index);
      const fresh = inputs.slice(0, 5).map((other, index) => feed(start, [...closed, other, ...inputs]).value ?? index);
      expect(twice, 'a preview that is carried on goes its own way').toEqual(fresh);
    });

    it('gives every consumer of one moment the same', () => {
      const now = feed(start, closed.slice(0, warmup));
      expect(readings(now, inputs)).toEqual(readings(now, inputs));
      expect(start.value).toBeUndefined();
    });
  });
}

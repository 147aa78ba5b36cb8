import type { Indicator } from './indicator.ts';

/** `indicator`, blind to the first `count` inputs. */
export function skip<Value, Input>(count: number, indicator: Indicator<Value, Input>): Indicator<Value, Input> {
  return count === 0 ? indicator : { value: undefined, next: () => skip(count - 1, indicator) };
}

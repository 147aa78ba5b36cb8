import type { Accumulator } from '../../indicators/accumulator.ts';
import type { Bar } from '../../indicators/indicator.ts';
import type { BuildContext, ScanFunction, ScanInstance } from '../scan-function.ts';

/** A function as a lane runs it: its own accumulator, or its instances one after another where it has none. */
export function accumulatorOf(of: ScanFunction, numbers: readonly number[], context: BuildContext): Accumulator {
  return of.accumulate?.(numbers, context) ?? new Instances(of.build(numbers, context));
}

class Instances implements Accumulator {
  #now: ScanInstance;
  #next: ScanInstance;

  constructor(first: ScanInstance) {
    this.#now = first;
    this.#next = first;
  }

  look(input: number, bar: Bar): void {
    this.#next = this.#now.next(bar, input);
  }

  value(part: number): number {
    return this.#next.value(part) ?? Number.NaN;
  }

  keep(): void {
    this.#now = this.#next;
  }

  copy(): Instances {
    const copy = new Instances(this.#now);
    copy.#next = this.#next;
    return copy;
  }
}

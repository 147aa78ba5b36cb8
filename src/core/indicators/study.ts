import type { Bar, Indicator } from './indicator.ts';

/** An indicator of one number that is fed whole bars: what a column, or an operand of a rule, is made of. */
export type Study = Indicator<number, Bar>;

/** Feeds an indicator of closes whole bars. */
export function ofCloses<Value>(indicator: Indicator<Value>): Indicator<Value, Bar> {
  return new OfCloses(indicator);
}

class OfCloses<Value> implements Indicator<Value, Bar> {
  readonly #indicator: Indicator<Value>;

  constructor(indicator: Indicator<Value>) {
    this.#indicator = indicator;
  }

  get value(): Value | undefined {
    return this.#indicator.value;
  }

  next({ close }: Bar): Indicator<Value, Bar> {
    return new OfCloses(this.#indicator.next(close));
  }
}

/** One number out of an indicator that has several: the upper of three bands. */
export function partOf<Value>(indicator: Indicator<Value, Bar>, read: (value: Value) => number | undefined): Study {
  return new PartOf(indicator, read);
}

class PartOf<Value> implements Study {
  readonly #indicator: Indicator<Value, Bar>;
  readonly #read: (value: Value) => number | undefined;

  constructor(indicator: Indicator<Value, Bar>, read: (value: Value) => number | undefined) {
    this.#indicator = indicator;
    this.#read = read;
  }

  get value(): number | undefined {
    const value = this.#indicator.value;
    return value === undefined ? undefined : this.#read(value);
  }

  next(bar: Bar): Study {
    return new PartOf(this.#indicator.next(bar), this.#read);
  }
}

/** What a bar itself says: its close, its volume. */
export function fieldOf(read: (bar: Bar) => number | undefined): Study {
  const at = (value: number | undefined): Study => ({ value, next: (bar) => at(read(bar)) });
  return at(undefined);
}

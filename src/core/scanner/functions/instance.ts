import type { Bar, Indicator } from '../../indicators/indicator.ts';
import type { ScanInstance } from '../scan-function.ts';

/** How one part is read from what an indicator says. */
export type PartReader<Value> = (value: Value) => number | undefined;

/** An indicator of numbers, fed the source's series. */
export function ofSeries(indicator: Indicator): ScanInstance {
  return new OfSeries(indicator);
}

/** An indicator of whole bars. */
export function ofBars(indicator: Indicator<number, Bar>): ScanInstance {
  return new OfBars(indicator);
}

/** An indicator of numbers that says several things; readers in the order of the function's parts. */
export function partsOfSeries<Value>(indicator: Indicator<Value>, readers: readonly PartReader<Value>[]): ScanInstance {
  return new PartsOfSeries(indicator, readers);
}

/** An indicator of whole bars that says several things. */
export function partsOfBars<Value>(
  indicator: Indicator<Value, Bar>,
  readers: readonly PartReader<Value>[],
): ScanInstance {
  return new PartsOfBars(indicator, readers);
}

class OfSeries implements ScanInstance {
  readonly #indicator: Indicator;

  constructor(indicator: Indicator) {
    this.#indicator = indicator;
  }

  next(_bar: Bar, series: number): ScanInstance {
    return new OfSeries(this.#indicator.next(series));
  }

  value(): number | undefined {
    return this.#indicator.value;
  }
}

class OfBars implements ScanInstance {
  readonly #indicator: Indicator<number, Bar>;

  constructor(indicator: Indicator<number, Bar>) {
    this.#indicator = indicator;
  }

  next(bar: Bar): ScanInstance {
    return new OfBars(this.#indicator.next(bar));
  }

  value(): number | undefined {
    return this.#indicator.value;
  }
}

class PartsOfSeries<Value> implements ScanInstance {
  readonly #indicator: Indicator<Value>;
  readonly #readers: readonly PartReader<Value>[];

  constructor(indicator: Indicator<Value>, readers: readonly PartReader<Value>[]) {
    this.#indicator = indicator;
    this.#readers = readers;
  }

  next(_bar: Bar, series: number): ScanInstance {
    return new PartsOfSeries(this.#indicator.next(series), this.#readers);
  }

  value(part: number): number | undefined {
    return partOf(this.#indicator.value, this.#readers[part]);
  }
}

class PartsOfBars<Value> implements ScanInstance {
  readonly #indicator: Indicator<Value, Bar>;
  readonly #readers: readonly PartReader<Value>[];

  constructor(indicator: Indicator<Value, Bar>, readers: readonly PartReader<Value>[]) {
    this.#indicator = indicator;
    this.#readers = readers;
  }

  next(bar: Bar): ScanInstance {
    return new PartsOfBars(this.#indicator.next(bar), this.#readers);
  }

  value(part: number): number | undefined {
    return partOf(this.#indicator.value, this.#readers[part]);
  }
}

function partOf<Value>(value: Value | undefined, reader: PartReader<Value> | undefined): number | undefined {
  return value === undefined || reader === undefined ? undefined : reader(value);
}

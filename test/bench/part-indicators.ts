import { strict as assert } from 'node:assert';
import { EMA as TiEma, RSI as TiRsi } from 'technicalindicators';
import { EMA as TsEma, RSI as TsRsi } from 'trading-signals';
import { ema } from '../../src/core/indicators/ema.ts';
import type { Indicator } from '../../src/core/indicators/indicator.ts';
import { rsi } from '../../src/core/indicators/rsi.ts';
import { CATALOGUE_JOBS, checkCatalogue } from './catalogue-jobs.ts';
import type { Entry, Part } from './part.ts';
import { walk } from './prices.ts';

const CLOSES = walk(100_000);
const WARM = CLOSES.subarray(0, 500);

/** EMA 9, EMA 21 and RSI 14 by one library, at some moment. */
interface Trio {
  /** Takes one closed bar and reads all three. */
  close(price: number): number;
  /** Reads all three as if the forming bar closed at `price`. */
  preview(price: number): number;
  read(): readonly number[];
}

function ours(): Trio {
  let fast: Indicator = ema(9);
  let slow: Indicator = ema(21);
  let strength: Indicator = rsi(14);
  return {
    close(price) {
      fast = fast.next(price);
      slow = slow.next(price);
      strength = strength.next(price);
      return (fast.value ?? 0) + (slow.value ?? 0) + (strength.value ?? 0);
    },
    preview: (price) =>
      (fast.next(price).value ?? 0) + (slow.next(price).value ?? 0) + (strength.next(price).value ?? 0),
    read: () => [fast.value ?? 0, slow.value ?? 0, strength.value ?? 0],
  };
}

function tradingSignals(): Trio {
  const [fast, slow, strength] = [new TsEma(9), new TsEma(21), new TsRsi(14)];
  return {
    close: (price) => fast.update(price, false) + slow.update(price, false) + (strength.update(price, false) ?? 0),
    preview: (price) => fast.update(price, true) + slow.update(price, true) + (strength.update(price, true) ?? 0),
    read: () => [fast.getResult() ?? 0, slow.getResult() ?? 0, strength.getResult() ?? 0],
  };
}

/** Has no way to look at a bar that is still forming. */
function technicalIndicators(): Omit<Trio, 'preview'> {
  const [fast, slow] = [new TiEma({ period: 9, values: [] }), new TiEma({ period: 21, values: [] })];
  const strength = new TiRsi({ period: 14, values: [] });
  let last: readonly number[] = [];
  return {
    close(price) {
      const [a, b, c] = [fast.nextValue(price), slow.nextValue(price), strength.nextValue(price) ?? 0];
      last = [a, b, c];
      return a + b + c;
    },
    read: () => last,
  };
}

/** The least that can be done: three numbers overwritten in place, nothing kept, nothing checked. */
function byHand(): Trio {
  // Fast, slow, gain, loss, last close: a typed array, because V8 boxes numbers that a closure changes.
  const state = new Float64Array(5);
  const at = (index: number): number => state[index] as number;
  const reading = (price: number, keep: boolean): number => {
    const change = price - at(4);
    const fast = at(0) + 0.2 * (price - at(0));
    const slow = at(1) + (2 / 22) * (price - at(1));
    const gain = (at(2) * 13 + (change > 0 ? change : 0)) / 14;
    const loss = (at(3) * 13 + (change < 0 ? -change : 0)) / 14;
    if (keep) {
      state[0] = fast;
      state[1] = slow;
      state[2] = gain;
      state[3] = loss;
      state[4] = price;
    }
    return fast + slow + (100 - 100 / (1 + gain / loss));
  };
  return {
    close: (price) => reading(price, true),
    preview: (price) => reading(price, false),
    read: () => [at(0), at(1), 100 - 100 / (1 + at(2) / at(3))],
  };
}

/** After 5,000 closes no seed is remembered, so all must agree; one of them rounds its RSI to two decimals. */
function checkAgreement(): void {
  const read = (trio: Pick<Trio, 'close' | 'read'>): readonly number[] => {
    for (const close of CLOSES.subarray(0, 5_000)) trio.close(close);
    return trio.read();
  };
  const expected = read(ours());
  const check = (actual: readonly number[], rsiTolerance: number): void => {
    expected.forEach((value, index) => {
      const off = Math.abs(value - (actual[index] ?? Number.NaN));
      assert.ok(off <= (index === 2 ? rsiTolerance : 1e-9), `reading ${index} differs: ${value} and ${actual[index]}`);
    });
  };
  check(read(tradingSignals()), 1e-9);
  check(read(byHand()), 1e-9);
  check(read(technicalIndicators()), 0.00501);
}

function closing(name: string, start: () => Pick<Trio, 'close'>): Entry {
  const prepare: Entry['prepare'] = () => {
    let trio = start();
    return {
      operations: CLOSES.length,
      reset: () => {
        trio = start();
      },
      run() {
        let sum = 0;
        for (let index = 0; index < CLOSES.length; index += 1) sum += trio.close(CLOSES[index] as number);
        return sum;
      },
    };
  };
  return { name, prepare };
}

function previewing(name: string, start: () => Trio): Entry {
  const prepare: Entry['prepare'] = () => {
    const trio = start();
    for (const close of WARM) trio.close(close);
    return {
      operations: CLOSES.length,
      run() {
        let sum = 0;
        for (let index = 0; index < CLOSES.length; index += 1) sum += trio.preview(CLOSES[index] as number);
        return sum;
      },
    };
  };
  return { name, prepare };
}

export const indicators: Part = {
  name: 'indicators',
  check: () => {
    checkAgreement();
    checkCatalogue();
  },
  jobs: [
    {
      title: 'EMA 9 + EMA 21 + RSI 14, a closed bar',
      unit: 'bars',
      entries: [
        closing('tickscope', ours),
        closing('trading-signals 8.3.0', tradingSignals),
        closing('technicalindicators 3.1.0', technicalIndicators),
        closing('by hand, numbers overwritten in place', byHand),
      ],
      reference: 'trading-signals 8.4M, technicalindicators 5.4M, by hand 117M (14x and 22x)',
    },
    {
      title: 'EMA 9 + EMA 21 + RSI 14, a tick of the forming bar',
      unit: 'ticks',
      entries: [
        previewing('tickscope', ours),
        previewing('trading-signals 8.3.0', tradingSignals),
        previewing('by hand, numbers overwritten in place', byHand),
      ],
      reference: 'trading-signals 9.3M, by hand 196M (21x); technicalindicators cannot',
    },
    ...CATALOGUE_JOBS,
  ],
};

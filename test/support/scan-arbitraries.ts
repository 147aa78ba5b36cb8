import fc from 'fast-check';
import { SCAN_FUNCTIONS } from '../../src/core/scanner/catalogue.ts';
import {
  ARITHMETIC,
  BAR_FIELDS,
  COMPARISONS,
  type Condition,
  DAY_FIELDS,
  type NumberExpression,
} from '../../src/core/scanner/expression.ts';
import type { ScanFunction } from '../../src/core/scanner/scan-function.ts';
import { isConstant, reachOf } from '../../src/core/scanner/walk.ts';
import { TIMEFRAMES, type Timeframe } from '../../src/core/timeframe.ts';

/** What the trees may hold. Small periods are known soon, small numbers are crossed often. */
export interface ScanTreeOptions {
  readonly functions: readonly ScanFunction[];
  /** Of `on`; none where there are none. */
  readonly timeframes: readonly Timeframe[];
  readonly dayFields: boolean;
  readonly maxPeriod: number;
  readonly maxReach: number;
  /** Levels of numbers and of conditions inside each other. */
  readonly depth: number;
  readonly literals: fc.Arbitrary<number>;
  readonly symbols: fc.Arbitrary<string>;
  readonly sectors: fc.Arbitrary<string>;
}

const anyName = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map((name) => name.replace(/["\s]+/gu, ' ').trim())
  .filter((name) => name !== '');

/** Everything that a sentence can say. */
export const WHOLE_LANGUAGE: ScanTreeOptions = {
  functions: SCAN_FUNCTIONS,
  timeframes: TIMEFRAMES,
  dayFields: true,
  maxPeriod: 1_000,
  maxReach: 60,
  depth: 3,
  literals: fc.oneof(
    fc.integer({ min: 0, max: 100 }),
    fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map(Math.abs),
  ),
  symbols: fc.oneof(fc.constantFrom('INFY', 'M&M', 'BAJAJ-AUTO', 'NSE:TCS', 'IN', '3MINDIA', 'NIFTY 50'), anyName),
  sectors: fc.oneof(fc.constantFrom('IT', 'Oil and Gas', 'Information Technology', 'and', "Trader's"), anyName),
};

/** Conditions as the parser makes them of texts within all limits. */
export function scanConditions(options: Partial<ScanTreeOptions> = {}): fc.Arbitrary<Condition> {
  const all = { ...WHOLE_LANGUAGE, ...options };
  return conditions(all, numbersOf(all), all.depth).filter((tree) => reachOf(tree) <= 500);
}

/** Numbers, likewise. */
export function scanNumbers(options: Partial<ScanTreeOptions> = {}): fc.Arbitrary<NumberExpression> {
  const all = { ...WHOLE_LANGUAGE, ...options };
  return numbersOf(all)(all.depth, false);
}

/** Numbers of so many levels, perhaps to stand on bars of another timeframe. */
type Numbers = (depth: number, isOn: boolean) => fc.Arbitrary<NumberExpression>;

function numbersOf(options: ScanTreeOptions): Numbers {
  const made = new Map<string, fc.Arbitrary<NumberExpression>>();
  const make: Numbers = (depth, isOn) => {
    const key = `${depth} ${isOn}`;
    const arbitrary = made.get(key) ?? numbers(options, make, depth, isOn);
    made.set(key, arbitrary);
    return arbitrary;
  };
  return make;
}

function numbers(
  options: ScanTreeOptions,
  make: Numbers,
  depth: number,
  isOn: boolean,
): fc.Arbitrary<NumberExpression> {
  const fields = isOn || !options.dayFields ? BAR_FIELDS : [...BAR_FIELDS, ...DAY_FIELDS];
  const field = fc.constantFrom(...fields).map((name) => ({ kind: 'field', name }) as const);
  const literal = options.literals.map((value) => ({ kind: 'number', value }) as const);
  const plainCalls = callsOf(options, undefined);
  if (depth <= 0) return fc.oneof(field, literal, plainCalls);
  const inner = make(depth - 1, isOn);
  const moving = inner.filter((of) => !isConstant(of));
  const branches: fc.Arbitrary<NumberExpression>[] = [
    field,
    literal,
    callsOf(options, moving),
    fc.oneof(
      inner.map((of) => ({ kind: 'plain', name: 'abs', of: [of] }) as const),
      fc.tuple(inner, inner).map((of) => ({ kind: 'plain', name: 'greater', of }) as const),
      fc.tuple(inner, inner).map((of) => ({ kind: 'plain', name: 'lesser', of }) as const),
    ),
    fc.record({
      kind: fc.constant('offset' as const),
      of: moving,
      bars: fc.integer({ min: 1, max: options.maxReach }),
    }),
    fc.record({ kind: fc.constant('negate' as const), of: inner }),
    fc.record({
      kind: fc.constant('arithmetic' as const),
      op: fc.constantFrom(...ARITHMETIC),
      left: inner,
      right: inner,
    }),
  ];
  if (!isOn && options.timeframes.length > 0)
    branches.push(
      fc.record({
        kind: fc.constant('on' as const),
        of: make(depth - 1, true).filter((of) => !isConstant(of)),
        timeframe: fc.constantFrom(...options.timeframes),
        forming: fc.boolean(),
      }),
    );
  return fc.oneof(...branches);
}

function callsOf(
  { functions, maxPeriod }: ScanTreeOptions,
  sources: fc.Arbitrary<NumberExpression> | undefined,
): fc.Arbitrary<NumberExpression> {
  const volume = fc.constant<NumberExpression>({ kind: 'field', name: 'volume' });
  const calls = functions.map((scanFunction) => {
    const { name, takes, needsSource, parts, fault } = scanFunction;
    const written = (sources ?? volume).filter((of) => needsSource || of.kind !== 'field' || of.name !== 'close');
    const source =
      takes === 'bars' ? fc.constant(undefined) : needsSource ? written : fc.option(written, { nil: undefined });
    const numbers = scanFunction.numbers.map(({ isBars, least }) =>
      isBars
        ? fc.integer({ min: least, max: Math.max(least + 1, maxPeriod) })
        : fc.integer({ min: 1, max: 40 }).map((tenths) => least + tenths / 10),
    );
    return fc.record({
      kind: fc.constant('call' as const),
      name: fc.constant(name),
      source,
      numbers: fc.tuple(...numbers).filter((all) => fault(all) === undefined),
      part: parts.length === 0 ? fc.constant(undefined) : fc.constantFrom(...parts),
    });
  });
  return fc.oneof(...calls);
}

function conditions(options: ScanTreeOptions, make: Numbers, depth: number): fc.Arbitrary<Condition> {
  const leaf = comparisons(options, make(Math.max(0, depth - 1), false));
  if (depth <= 0) return leaf;
  const inner = conditions(options, make, depth - 1);
  const bars = fc.integer({ min: 1, max: options.maxReach });
  const joined = <Kind extends 'and' | 'or'>(kind: Kind) =>
    fc.record({
      kind: fc.constant(kind),
      of: fc.array(
        inner.filter((part) => part.kind !== kind),
        { minLength: 2, maxLength: 3 },
      ),
    });
  return fc.oneof(
    { weight: 2, arbitrary: leaf },
    joined('and'),
    joined('or'),
    inner.map((of) => ({ kind: 'not', of }) as const),
    fc.record({ kind: fc.constant('within' as const), bars, of: inner }),
    fc.record({ kind: fc.constant('for' as const), bars, of: inner }),
  );
}

function comparisons(options: ScanTreeOptions, number: fc.Arbitrary<NumberExpression>): fc.Arbitrary<Condition> {
  const bars = fc.integer({ min: 1, max: options.maxReach });
  const minutes = fc.integer({ min: 0, max: 1_439 });
  const above = fc.constantFrom('above', 'below');
  const names = { minLength: 1, maxLength: 3 };
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('compare' as const),
        op: fc.constantFrom(...COMPARISONS),
        left: number,
        right: number,
      }),
    },
    fc.record({ kind: fc.constant('between' as const), of: number, low: number, high: number }),
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('crosses' as const), direction: above, left: number, right: number }),
    },
    fc.record({ kind: fc.constant('turns' as const), direction: fc.constantFrom('up', 'down'), of: number }),
    fc.record({
      kind: fc.constant('moves' as const),
      direction: fc.constantFrom('rising', 'falling'),
      of: number,
      bars,
    }),
    fc
      .record({
        kind: fc.constant('time' as const),
        from: fc.option(minutes, { nil: undefined }),
        to: fc.option(minutes, { nil: undefined }),
      })
      .filter(({ from, to }) => from !== undefined || to !== undefined),
    fc.record({
      kind: fc.constant('member' as const),
      of: fc.constant('symbol' as const),
      names: fc.array(options.symbols, names),
    }),
    fc.record({
      kind: fc.constant('member' as const),
      of: fc.constant('sector' as const),
      names: fc.array(options.sectors, names),
    }),
  );
}

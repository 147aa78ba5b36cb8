import type { Candle } from '../candle.ts';
import { tidyQuantity } from '../tidy-quantity.ts';
import { findFunction } from './catalogue.ts';
import { dayMeaning } from './day-meaning.ts';
import type { ARITHMETIC, BAR_FIELDS, Field, NumberExpression } from './expression.ts';
import type { Frame, Step } from './node-frame.ts';
import type { FrameDraft, PlanDraft } from './plan-frame.ts';
import type { Arithmetic, ScanFunction } from './scan-function.ts';

/** In whose way of seeding, and into which plan. */
export interface PlanContext {
  readonly plan: PlanDraft;
  readonly arithmetic: Arithmetic;
}

/** Writes the steps of a number into the frame's plan. Returns the slot in which it will be. */
export function planNumber(expression: NumberExpression, frame: FrameDraft, context: PlanContext): number {
  const inner = (of: NumberExpression): number => planNumber(of, frame, context);
  switch (expression.kind) {
    case 'number':
      return frame.literal(expression.value);
    case 'field':
      return planField(expression.name, frame, inner);
    case 'call':
      return planCall(expression, frame, context, inner);
    case 'plain':
      return planPlain(expression.name, expression.of.map(inner), frame);
    case 'offset':
      return planOffset(inner(expression.of), expression.bars, frame);
    case 'on':
      return planOn(expression, frame, context);
    case 'negate': {
      const of = inner(expression.of);
      return frame.number(`- ${of}`, (out) => set(out, (now) => -now.number(of)));
    }
    case 'arithmetic': {
      const { op } = expression;
      const [left, right] = [inner(expression.left), inner(expression.right)];
      const worked = OPERATIONS[op];
      return frame.number(`${left} ${op} ${right}`, (out) =>
        set(out, (now) => worked(now.number(left), now.number(right))),
      );
    }
  }
}

const OPERATIONS: Readonly<Record<(typeof ARITHMETIC)[number], (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
};

/** Whatever is not finite is unknown: a division by zero, a sum beyond all numbers. */
function set(out: number, worked: (now: Frame, bar: Candle) => number): Step {
  return (now, bar) => {
    const value = worked(now, bar);
    now.numbers[out] = Number.isFinite(value) ? value : Number.NaN;
  };
}

const OF_BAR: Readonly<Record<(typeof BAR_FIELDS)[number], (bar: Candle) => number>> = {
  open: (bar) => bar.open,
  high: (bar) => bar.high,
  low: (bar) => bar.low,
  close: (bar) => bar.close,
  volume: (bar) => bar.volume ?? Number.NaN,
  hl2: (bar) => (bar.high + bar.low) / 2,
  hlc3: (bar) => (bar.high + bar.low + bar.close) / 3,
  ohlc4: (bar) => (bar.open + bar.high + bar.low + bar.close) / 4,
};

/** What a day's number becomes with one more bar of it; on the day's first, with that alone. */
const OF_DAY: Readonly<Record<string, (bar: Candle, soFar: number) => number>> = {
  'day open': (_bar, soFar) => soFar,
  'day high': (bar, soFar) => Math.max(soFar, bar.high),
  'day low': (bar, soFar) => Math.min(soFar, bar.low),
  'day volume': (bar, soFar) => tidyQuantity(soFar + (bar.volume ?? Number.NaN)),
};

const DAY_BEGINS: Readonly<Record<string, (bar: Candle) => number>> = {
  'day open': OF_BAR.open,
  'day high': OF_BAR.high,
  'day low': OF_BAR.low,
  'day volume': OF_BAR.volume,
};

function planField(name: Field, frame: FrameDraft, inner: (of: NumberExpression) => number): number {
  const meaning = dayMeaning(name, frame.timeframe);
  if (meaning !== undefined) return inner(meaning);
  const [begins, goesOn] = [DAY_BEGINS[name], OF_DAY[name]];
  if (begins === undefined || goesOn === undefined) {
    const read = OF_BAR[name as keyof typeof OF_BAR]; // What is not of a day is of the bar.
    return frame.number(name, (out) => (now, bar) => {
      now.numbers[out] = read(bar);
    });
  }
  return frame.number(name, (out) =>
    set(out, (now, bar) => (now.isNewDate ? begins(bar) : goesOn(bar, now.last(out)))),
  );
}

function planCall(
  call: Extract<NumberExpression, { kind: 'call' }>,
  frame: FrameDraft,
  { arithmetic }: PlanContext,
  inner: (of: NumberExpression) => number,
): number {
  const of = functionOf(call.name);
  const part = call.part === undefined ? 0 : of.parts.indexOf(call.part);
  if (part < 0) throw new RangeError(`${of.name} has no part ${call.part}.`);
  const isClose = of.takes === 'bars' || call.source === undefined;
  const source = call.source === undefined || isClose ? undefined : inner(call.source);
  return frame.part({ of, numbers: call.numbers, arithmetic }, source, part);
}

/** The function of that name. Throws a RangeError for one that the catalogue does not have: no parser makes such a tree. */
export function functionOf(name: string): ScanFunction {
  const of = findFunction(name);
  if (of === undefined) throw new RangeError(`There is no function ${name}.`);
  return of;
}

const PLAIN: Readonly<Record<'abs' | 'greater' | 'lesser', (first: number, second: number) => number>> = {
  abs: (first) => Math.abs(first),
  greater: (first, second) => Math.max(first, second),
  lesser: (first, second) => Math.min(first, second),
};

function planPlain(name: keyof typeof PLAIN, of: readonly number[], frame: FrameDraft): number {
  const [first = 0, second = first] = of;
  const worked = PLAIN[name];
  return frame.number(`${name} ${first} ${second}`, (out) =>
    set(out, (now) => worked(now.number(first), now.number(second))),
  );
}

function planOffset(of: number, bars: number, frame: FrameDraft): number {
  return frame.number(`${of}[${bars}]`, (out) => {
    if (bars === 1) return set(out, (now) => now.last(of));
    const ring = frame.ring(of, bars);
    return set(out, (now) => now.ago(ring, bars));
  });
}

function planOn(
  { of, timeframe, forming }: Extract<NumberExpression, { kind: 'on' }>,
  frame: FrameDraft,
  context: PlanContext,
): number {
  const { plan } = context;
  if (timeframe === frame.timeframe) return planNumber(of, frame, context);
  if (frame !== plan.own) throw new RangeError('A timeframe stands inside another one.');
  const longer = plan.frame(timeframe);
  const slot = planNumber(of, longer, context);
  if (forming) longer.asksForming = true;
  return frame.number(`${slot} on ${forming ? 'forming ' : ''}${timeframe}`, (out) =>
    set(out, (now) => {
      const other = now.outer.get(timeframe);
      if (other === undefined) return Number.NaN;
      return forming && other.forming !== undefined ? other.number(slot) : other.last(slot);
    }),
  );
}

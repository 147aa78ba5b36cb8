import type { Candle } from '../candle.ts';
import type { Timeframe } from '../timeframe.ts';
import type { Expression, NumberExpression } from './expression.ts';
import type { OperandReading } from './finding.ts';
import { formatNumber } from './format.ts';
import { needsOfNumber } from './needs.ts';
import type { Frame } from './node-frame.ts';
import { trendOf } from './plan-conditions.ts';
import { type PlanContext, planNumber } from './plan-numbers.ts';
import { childrenOf } from './walk.ts';

/** An operand of a rule, and where its reading is found. */
export interface Operand {
  readonly text: string;
  readonly slot: number;
  readonly timeframe: Timeframe;
  readonly forming: boolean;
  readonly needs: readonly { readonly timeframe: Timeframe; readonly bars: number }[];
}

/**
 * Each maximal field, call, plain function, offset and `on` of an expression, in the order in which they are written,
 * each once. What turns is also told by the trend that it follows.
 */
export function operandsOf(expression: Expression, context: PlanContext): readonly Operand[] {
  const operands = new Map<string, Operand>();
  for (const number of maximal(expression)) {
    const operand = operandOf(number, context);
    if (!operands.has(operand.text)) operands.set(operand.text, operand);
  }
  return [...operands.values()];
}

function* maximal(expression: Expression): Generator<NumberExpression> {
  switch (expression.kind) {
    case 'field':
    case 'call':
    case 'plain':
    case 'offset':
    case 'on':
      yield expression;
      return;
    case 'turns': {
      const trend = trendOf(expression.of);
      yield* maximal(expression.of);
      if (trend !== undefined) yield trend;
      return;
    }
    default:
      for (const child of childrenOf(expression)) yield* maximal(child);
  }
}

function operandOf(number: NumberExpression, context: PlanContext): Operand {
  const { own } = context.plan;
  const { timeframe, forming } = barsOf(number, own.timeframe);
  return {
    text: formatNumber(number),
    slot: planNumber(number, own, context),
    timeframe,
    forming,
    needs: Array.from(needsOfNumber(number, own.timeframe), ([each, bars]) => ({ timeframe: each, bars })),
  };
}

function barsOf(number: NumberExpression, own: Timeframe): Pick<Operand, 'timeframe' | 'forming'> {
  if (number.kind === 'on') return number;
  const isOfDayBefore = number.kind === 'field' && number.name.startsWith('previous day');
  return { timeframe: isOfDayBefore ? '1d' : own, forming: false };
}

/** Where readings are taken: the newest closed bar, or one under evaluation beside it. */
export interface Reader {
  readonly own: Frame;
  readonly longer: ReadonlyMap<Timeframe, Frame>;
  /** The bar under evaluation; undefined for the newest closed one. */
  readonly preview: Candle | undefined;
}

export function readOperand(operand: Operand, reader: Reader): OperandReading {
  const { text, slot, timeframe } = operand;
  const { own, preview } = reader;
  return {
    text,
    now: known(preview === undefined ? own.last(slot) : own.number(slot)),
    before: known(preview === undefined ? own.before(slot) : own.last(slot)),
    isSettled: isSettled(operand, reader),
    timeframe,
    barTime: barOf(operand, reader)?.openTime,
  };
}

function isSettled({ needs }: Operand, { own, longer, preview }: Reader): boolean {
  for (const { timeframe, bars } of needs) {
    const isOwn = timeframe === own.plan.timeframe;
    const had = isOwn ? own.bars + (preview === undefined ? 0 : 1) : (longer.get(timeframe)?.bars ?? 0);
    if (had < bars) return false;
  }
  return true;
}

function barOf({ timeframe, forming }: Operand, { own, longer, preview }: Reader): Candle | undefined {
  if (timeframe === own.plan.timeframe) return preview ?? own.bar;
  const frame = longer.get(timeframe);
  return (forming ? frame?.forming : undefined) ?? frame?.bar;
}

function known(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}

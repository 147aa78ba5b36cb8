import type { Comparison, Condition, NumberExpression } from './expression.ts';
import type { OperandReading } from './finding.ts';
import { formatNumber } from './format.ts';
import { holds } from './truth.ts';

/** Values of operands by their canonical text. */
export type Readings = ReadonlyMap<string, OperandReading>;

export function readingsOf(operands: readonly OperandReading[]): Readings {
  return new Map(operands.map((operand) => [operand.text, operand]));
}

type Moment = 'now' | 'before';

/** Whether a condition held, so far as the operands' values tell; undefined where they do not. */
export function told(condition: Condition, readings: Readings): boolean | undefined {
  const value = (of: NumberExpression, moment: Moment = 'now') => valueAt(of, readings, moment);
  switch (condition.kind) {
    case 'compare':
      return compared(condition.op, value(condition.left), value(condition.right));
    case 'between':
      return every([
        compared('>=', value(condition.of), value(condition.low)),
        compared('<=', value(condition.of), value(condition.high)),
      ]);
    case 'crosses': {
      const { left, right, direction } = condition;
      const now = compared(direction === 'above' ? '>' : '<', value(left), value(right));
      const earlier = compared(direction === 'above' ? '<=' : '>=', value(left, 'before'), value(right, 'before'));
      return every([now, earlier]);
    }
    case 'and':
      return every(condition.of.map((part) => told(part, readings)));
    case 'or': {
      const none = every(condition.of.map((part) => opposite(told(part, readings))));
      return opposite(none);
    }
    case 'not':
      return opposite(told(condition.of, readings));
    default:
      return undefined;
  }
}

function every(truths: readonly (boolean | undefined)[]): boolean | undefined {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

function opposite(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth;
}

function compared(op: Comparison, left: number | undefined, right: number | undefined): boolean | undefined {
  return left === undefined || right === undefined ? undefined : holds(op, left, right);
}

function valueAt(expression: NumberExpression, readings: Readings, moment: Moment): number | undefined {
  if (expression.kind === 'number') return expression.value;
  if (expression.kind === 'negate') {
    const value = valueAt(expression.of, readings, moment);
    return value === undefined ? undefined : -value;
  }
  if (expression.kind !== 'arithmetic') return readings.get(formatNumber(expression))?.[moment];
  const left = valueAt(expression.left, readings, moment);
  const right = valueAt(expression.right, readings, moment);
  if (left === undefined || right === undefined) return undefined;
  const value = reckon(expression.op, left, right);
  return Number.isFinite(value) ? value : undefined;
}

/** The result of an operator; not finite where it has none. */
export function reckon(op: '+' | '-' | '*' | '/', left: number, right: number): number {
  switch (op) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
  }
}

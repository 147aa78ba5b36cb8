import type { Side } from '../signal.ts';
import { nameOf, onlyOnes } from './explain-names.ts';
import { type Readings, readingsOf, told } from './explain-truth.ts';
import { formatValue, grouped } from './explain-values.ts';
import type { Comparison, Condition, NumberExpression } from './expression.ts';
import type { OperandReading } from './finding.ts';
import { formatNumber, formatScan } from './format.ts';
import { isConstant } from './walk.ts';

/** A line of a notification, not a page. */
const LONGEST = 240;

type Joined = Extract<Condition, { readonly of: readonly Condition[] }>;

interface Told {
  readonly readings: Readings;
  /** Functions whose numbers need not be said, for the condition has them once. */
  readonly onlyOnes: ReadonlySet<string>;
  /** False within `within`, `for` and `not`, where the values of now are not those that counted. */
  readonly withValues: boolean;
}

/**
 * Why a rule fired, in one short line and past tense: "EMA 9 crossed above EMA 21, RSI 58.3". Crossings have no
 * numbers, a comparison with a plain number has the operand's value, of two operands both. Hours, symbols and sectors
 * are said only where there is nothing else to say.
 */
export function explainFinding(condition: Condition, _side: Side, operands: readonly OperandReading[]): string {
  const all: Told = { readings: readingsOf(operands), onlyOnes: onlyOnes(condition), withValues: true };
  const text = explain(condition, all);
  const line = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/u, '')}…` : line;
}

function explain(condition: Condition, told: Told): string {
  switch (condition.kind) {
    case 'and': {
      const telling = condition.of.filter(({ kind }) => kind !== 'time' && kind !== 'member');
      return (telling.length === 0 ? condition.of : telling)
        .map((part) => (part.kind === 'or' ? explainOr(part, told, true) : explain(part, told)))
        .join(told.withValues ? ', ' : ' and ');
    }
    case 'or':
      return explainOr(condition, told, !told.withValues);
    case 'compare':
      return explainCompare(condition, told);
    case 'between': {
      const [low, high] = [numberIn(condition.low, told), numberIn(condition.high, told)];
      return `${numberIn(condition.of, told, isConstant(condition.low))} between ${low} and ${high}`;
    }
    case 'crosses':
      return `${nameOf(condition.left)} crossed ${condition.direction} ${nameOf(condition.right)}`;
    case 'turns':
      return `${nameOf(condition.of)} turned ${condition.direction}`;
    case 'moves': {
      const rose = `${nameOf(condition.of)} ${condition.direction === 'rising' ? 'rose' : 'fell'}`;
      return condition.bars === 1 ? rose : `${rose} for ${condition.bars} bars`;
    }
    case 'within':
      return `${explain(condition.of, { ...told, withValues: false })} within the last ${barsOf(condition.bars)}`;
    case 'for':
      return `${explain(condition.of, { ...told, withValues: false })} for ${barsOf(condition.bars)}`;
    case 'not':
      return explainNot(condition.of, told);
    default:
      return formatScan(condition);
  }
}

/** Of alternatives those that held, so far as can be told. */
function explainOr(condition: Joined, context: Told, isInside: boolean): string {
  const truths = condition.of.map((part) => (context.withValues ? told(part, context.readings) : undefined));
  const held = condition.of.filter((_part, index) => truths[index] === true);
  const possible = condition.of.filter((_part, index) => truths[index] !== false);
  const parts = held.length > 0 ? held : possible.length > 0 ? possible : condition.of;
  const text = parts.map((part) => explain(part, context)).join(' or ');
  return isInside && parts.length > 1 ? `(${text})` : text;
}

const OPPOSITES: Readonly<Record<Comparison, Comparison>> = {
  '>': '<=',
  '>=': '<',
  '<': '>=',
  '<=': '>',
  '=': '!=',
  '!=': '=',
};

function explainNot(of: Condition, told: Told): string {
  if (of.kind === 'compare') return explainCompare({ ...of, op: OPPOSITES[of.op] }, told);
  if (of.kind === 'not') return explain(of.of, told);
  return `not (${explain(of, { ...told, withValues: false })})`;
}

const WORDS: Readonly<Record<Comparison, string>> = {
  '>': 'above',
  '>=': 'at or above',
  '<': 'below',
  '<=': 'at or below',
  '=': 'equal to',
  '!=': 'other than',
};

function explainCompare({ op, left, right }: Extract<Condition, { kind: 'compare' }>, told: Told): string {
  const operand = isConstant(right) ? left : isConstant(left) ? right : undefined;
  const alone = operand === undefined || !isOperand(operand) || !told.withValues ? undefined : operand;
  const value = alone === undefined ? undefined : valueIn(alone, told);
  if (alone !== undefined && value !== undefined) return `${nameOf(alone, told.onlyOnes)} ${value}`;
  return `${numberIn(left, told)} ${WORDS[op]} ${numberIn(right, told)}`;
}

function isOperand({ kind }: NumberExpression): boolean {
  return kind !== 'number' && kind !== 'arithmetic' && kind !== 'negate';
}

/** A number with the values of what it is made of. */
function numberIn(expression: NumberExpression, told: Told, isShort = false): string {
  switch (expression.kind) {
    case 'number':
      return literal(expression.value);
    case 'negate':
      return `-${inner(expression.of, told, true)}`;
    case 'arithmetic': {
      const { op, left, right } = expression;
      const isProduct = op === '*' || op === '/';
      const sign = op === '*' ? '×' : op === '-' ? '−' : op;
      return `${inner(left, told, isProduct)} ${sign} ${inner(right, told, isProduct || (op === '-' && isSum(right)))}`;
    }
    default: {
      const value = told.withValues ? valueIn(expression, told) : undefined;
      const name = nameOf(expression, isShort ? told.onlyOnes : undefined);
      return value === undefined ? name : `${name} ${value}`;
    }
  }
}

function isSum(expression: NumberExpression): boolean {
  return expression.kind === 'arithmetic' && (expression.op === '+' || expression.op === '-');
}

function inner(expression: NumberExpression, told: Told, isTight: boolean): string {
  const text = numberIn(expression, told);
  return isTight && expression.kind === 'arithmetic' ? `(${text})` : text;
}

function valueIn(expression: NumberExpression, { readings }: Told): string | undefined {
  const value = readings.get(formatNumber(expression))?.now;
  return value === undefined ? undefined : formatValue(expression, value);
}

/** As written, with commas: `1,00,000`, `0.05`. */
function literal(value: number): string {
  const decimals = /\.(\d+)$/u.exec(String(value))?.[1]?.length ?? 0;
  return grouped(value, decimals);
}

function barsOf(bars: number): string {
  return bars === 1 ? '1 bar' : `${bars} bars`;
}

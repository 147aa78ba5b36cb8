import { findFunction } from './catalogue.ts';
import type { Condition, NumberExpression } from './expression.ts';
import { formatClock } from './parse-time.ts';
import { ENDING_WORDS } from './vocabulary.ts';

type Node<Kind extends (NumberExpression | Condition)['kind']> = Extract<NumberExpression | Condition, { kind: Kind }>;

/** The sentence of a tree as we write it: reading it gives the same tree. */
export function formatScan(condition: Condition): string {
  switch (condition.kind) {
    case 'compare':
      return `${formatNumber(condition.left)} ${condition.op} ${formatNumber(condition.right)}`;
    case 'between':
      return `${formatNumber(condition.of)} between ${formatNumber(condition.low)} and ${formatNumber(condition.high)}`;
    case 'crosses':
      return `${formatNumber(condition.left)} crosses ${condition.direction} ${formatNumber(condition.right)}`;
    case 'turns':
      return `${formatNumber(condition.of)} turns ${condition.direction}`;
    case 'moves': {
      const words = `${formatNumber(condition.of)} ${condition.direction}`;
      return condition.bars === 1 ? words : `${words} for ${barsOf(condition.bars)}`;
    }
    case 'within':
      return `within ${barsOf(condition.bars)} of ${isJoined(condition.of) ? inParentheses(condition.of) : formatScan(condition.of)}`;
    case 'for':
      return `${holdsFor(condition.of)} for ${barsOf(condition.bars)}`;
    case 'and':
    case 'or':
      return condition.of
        .map((part) => (isJoined(part) ? inParentheses(part) : formatScan(part)))
        .join(` ${condition.kind} `);
    case 'not':
      return `not ${inParentheses(condition.of)}`;
    case 'time':
      return formatTime(condition);
    case 'member':
      return formatMember(condition);
  }
}

/** The text of a number as we write it: `ema(9)`, `rsi(14, 15m)`, `max(high, 20)[1]`. */
export function formatNumber(expression: NumberExpression): string {
  const known = texts.get(expression);
  if (known !== undefined) return known;
  const text = written(expression);
  texts.set(expression, text);
  return text;
}

/** A number of a rule is named whenever the rule fires, and is the same each time. */
const texts = new WeakMap<NumberExpression, string>();

function written(expression: NumberExpression): string {
  switch (expression.kind) {
    case 'number':
      return String(expression.value);
    case 'field':
      return expression.name;
    case 'call':
      return formatCall(expression, undefined);
    case 'plain':
      return `${expression.name}(${expression.of.map(formatNumber).join(', ')})`;
    case 'offset':
      return `${closelyBound(expression.of)}[${expression.bars}]`;
    case 'on': {
      const asked = `${expression.forming ? 'forming ' : ''}${expression.timeframe}`;
      return expression.of.kind === 'call'
        ? formatCall(expression.of, asked)
        : `${closelyBound(expression.of)} on ${asked}`;
    }
    case 'negate':
      return expression.of.kind === 'negate' || expression.of.kind === 'arithmetic'
        ? `-(${formatNumber(expression.of)})`
        : `-${formatNumber(expression.of)}`;
    case 'arithmetic':
      return formatArithmetic(expression);
  }
}

/** Usual numbers are written, a usual source and a first part are not. */
function formatCall({ name, source, numbers, part }: Node<'call'>, asked: string | undefined): string {
  const given = [...(source === undefined ? [] : [formatNumber(source)]), ...numbers.map(String)];
  const inside = [...given, ...(asked === undefined ? [] : [asked])].join(', ');
  const isFirst = part === undefined || findFunction(name)?.parts[0] === part;
  return `${name}${inside === '' ? '' : `(${inside})`}${isFirst ? '' : `.${part}`}`;
}

function formatArithmetic({ op, left, right }: Node<'arithmetic'>): string {
  const isProduct = op === '*' || op === '/';
  const isSum = (side: NumberExpression) => side.kind === 'arithmetic' && (side.op === '+' || side.op === '-');
  const first = isProduct && isSum(left) ? `(${formatNumber(left)})` : formatNumber(left);
  // To the right of its like too: a - (b - c), and a + (b + c) stays as it was written.
  const isApart = right.kind === 'arithmetic' && (isProduct || isSum(right));
  return `${first} ${op} ${isApart ? `(${formatNumber(right)})` : formatNumber(right)}`;
}

/** For what binds closer than a sign: `[1]`, `on 1h`. */
function closelyBound(of: NumberExpression): string {
  const text = formatNumber(of);
  return of.kind === 'negate' || of.kind === 'arithmetic' || of.kind === 'on' ? `(${text})` : text;
}

/** `close rising for 3 bars` is one thing, and `(close rising) for 3 bars` another. */
function holdsFor(of: Condition): string {
  const isLoose = isJoined(of) || of.kind === 'not' || of.kind === 'within' || of.kind === 'moves';
  return isLoose ? inParentheses(of) : formatScan(of);
}

function isJoined(condition: Condition): boolean {
  return condition.kind === 'and' || condition.kind === 'or';
}

function inParentheses(condition: Condition): string {
  return `(${formatScan(condition)})`;
}

function barsOf(bars: number): string {
  return bars === 1 ? '1 bar' : `${bars} bars`;
}

function formatTime({ from, to }: Node<'time'>): string {
  if (from === undefined) return `time before ${formatClock(to ?? 0)}`;
  return to === undefined
    ? `time after ${formatClock(from)}`
    : `time between ${formatClock(from)} and ${formatClock(to)}`;
}

function formatMember({ of, names }: Node<'member'>): string {
  const [first = ''] = names;
  return names.length === 1 ? `${of} is ${formatName(first)}` : `${of} in (${names.map(formatName).join(', ')})`;
}

const PLAIN_NAME = /^[\p{L}\p{N}][\p{L}\p{N}&._:-]*$/u;

/** In quotes, of a kind that it does not contain, unless it reads as one word. */
function formatName(name: string): string {
  if (PLAIN_NAME.test(name) && !ENDING_WORDS.has(name.toLowerCase())) return name;
  if (!name.includes('"')) return `"${name}"`;
  if (!name.includes("'")) return `'${name}'`;
  return /[“”]/u.test(name) ? `‘${name}’` : `“${name}”`;
}

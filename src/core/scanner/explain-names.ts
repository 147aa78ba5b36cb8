import { findFunction } from './catalogue.ts';
import type { Condition, NumberExpression } from './expression.ts';
import { formatNumber } from './format.ts';
import { walk } from './walk.ts';

type Call = Extract<NumberExpression, { kind: 'call' }>;

/** Names that are written in capitals, or not as the function is. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['bollinger', 'Bollinger'],
  ['supertrend', 'Supertrend'],
  ['stochastic', 'Stochastic'],
  ['donchian', 'Donchian'],
  ['plus_di', '+DI'],
  ['minus_di', '-DI'],
  ['stddev', 'deviation'],
  ['sum', 'sum'],
  ['change', 'change'],
]);

/** Indicators that a condition has once, so that their names suffice. */
export function onlyOnes(condition: Condition): ReadonlySet<string> {
  const found = known.get(condition);
  if (found !== undefined) return found;
  const names = namesHadOnce(condition);
  known.set(condition, names);
  return names;
}

/** A rule fires many times, and is the same each time. */
const known = new WeakMap<Condition, ReadonlySet<string>>();

function namesHadOnce(condition: Condition): ReadonlySet<string> {
  const texts = new Map<string, Set<string>>();
  for (const node of walk(condition)) {
    if (node.kind !== 'call') continue;
    texts.set(node.name, (texts.get(node.name) ?? new Set()).add(formatNumber({ ...node, part: undefined })));
  }
  return new Set([...texts].filter(([, written]) => written.size === 1).map(([name]) => name));
}

/**
 * An operand in words: `EMA 9`, `20-bar high`, `15m RSI 14`, `close, 1 bar before`. Without its numbers where `short`
 * has its function's name.
 */
export function nameOf(expression: NumberExpression, short: ReadonlySet<string> = NONE): string {
  let told = names.get(short);
  if (told === undefined) {
    told = new WeakMap();
    names.set(short, told);
  }
  const known = told.get(expression);
  if (known !== undefined) return known;
  const name = named(expression, short);
  told.set(expression, name);
  return name;
}

const NONE: ReadonlySet<string> = new Set();

/** Names by those that are short, and what they name. */
const names = new WeakMap<ReadonlySet<string>, WeakMap<NumberExpression, string>>();

function named(expression: NumberExpression, short: ReadonlySet<string>): string {
  switch (expression.kind) {
    case 'field':
      return expression.name;
    case 'call':
      return nameOfCall(expression, short);
    case 'offset':
      return `${nameOf(expression.of, short)} ${expression.bars === 1 ? '1 bar' : `${expression.bars} bars`} before`;
    case 'on':
      return `${expression.forming ? 'forming ' : ''}${expression.timeframe} ${nameOf(expression.of, short)}`;
    default:
      return formatNumber(expression);
  }
}

function nameOfCall(call: Call, short: ReadonlySet<string>): string {
  const { name, source, numbers, part } = call;
  const scanFunction = findFunction(name);
  if (name === 'max' || name === 'min') return extremeOf(call);
  const usual = scanFunction?.numbers.every((number, index) => number.usual === numbers[index]) ?? false;
  const isShort = short.has(name) || (numbers.length > 1 && usual);
  const size =
    isShort || numbers.length === 0 ? '' : numbers.length === 1 ? ` ${numbers[0]}` : ` (${numbers.join(', ')})`;
  const of = source === undefined ? '' : ` of ${nameOf(source)}`;
  // A supertrend is its line; of a macd each part has a name.
  const shown = part === undefined || (part === scanFunction?.parts[0] && name === 'supertrend') ? '' : ` ${part}`;
  return `${NAMES.get(name) ?? name.toUpperCase()}${size}${shown}${of}`;
}

/** `20-bar high`, `10-bar low`, `20-bar high of volume`. */
function extremeOf({ name, source, numbers: [period = 1] }: Call): string {
  const word = name === 'max' ? 'high' : 'low';
  const isItsOwn = source?.kind === 'field' && source.name === word;
  return `${period}-bar ${word}${source === undefined || isItsOwn ? '' : ` of ${nameOf(source)}`}`;
}

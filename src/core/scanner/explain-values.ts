import type { Field, NumberExpression } from './expression.ts';

/** What a number is a number of, for as many decimals as make sense. */
type Quantity = 'price' | 'difference' | 'volume' | 'percent' | 'score' | 'direction';

const SCORES = ['rsi', 'stochastic', 'adx', 'plus_di', 'minus_di'];
const DIFFERENCES = ['atr', 'stddev', 'macd', 'change'];

/** A value as a trader reads it: `58.3`, `1,412.30`, `2,15,000`, `1.8%`. */
export function formatValue(expression: NumberExpression, value: number): string {
  const size = Math.abs(value);
  switch (quantityOf(expression)) {
    case 'volume':
      return grouped(value, size < 1 && size > 0 ? 4 : 0);
    case 'direction':
      return grouped(value, 0);
    case 'percent':
      return `${grouped(value, 1)}%`;
    case 'price':
      return grouped(value, size >= 10 ? 2 : size >= 1 ? 4 : 5);
    case 'difference':
      return grouped(value, size >= 1 ? 2 : 4);
    default:
      return grouped(value, 1);
  }
}

function quantityOf(expression: NumberExpression): Quantity {
  switch (expression.kind) {
    case 'field':
      return quantityOfField(expression.name);
    case 'call': {
      const { name, source, part } = expression;
      if (part === 'direction') return 'direction';
      if (name === 'obv') return 'volume';
      if (name === 'roc') return 'percent';
      if (SCORES.includes(name)) return 'score';
      const ofSource = source === undefined ? 'price' : quantityOf(source);
      return DIFFERENCES.includes(name) && ofSource === 'price' ? 'difference' : ofSource;
    }
    case 'offset':
    case 'on':
    case 'negate':
      return quantityOf(expression.of);
    case 'plain': {
      const [first] = expression.of;
      return first === undefined ? 'score' : quantityOf(first);
    }
    case 'arithmetic':
      return 'difference';
    case 'number':
      return 'score';
  }
}

function quantityOfField(name: Field): Quantity {
  if (name.endsWith('volume')) return 'volume';
  return name === 'day change' || name === 'gap' ? 'percent' : 'price';
}

/** With so many decimals, and commas as India writes them: `12,34,567.80`. */
export function grouped(value: number, decimals: number): string {
  const written = Math.abs(value).toFixed(decimals);
  // Below a thousand there is nothing to group.
  if (Math.abs(value) < 999) return signed(value, written);
  const [whole = '', decimal] = written.split('.');
  const head = whole.slice(0, -3).replace(/\B(?=(\d\d)+$)/gu, ',');
  const digits = head === '' || !/^\d+$/u.test(whole) ? whole : `${head},${whole.slice(-3)}`;
  const text = decimal === undefined ? digits : `${digits}.${decimal}`;
  return signed(value, text);
}

/** What rounds to nothing has no sign. */
function signed(value: number, text: string): string {
  return value < 0 && /[1-9]/u.test(text) ? `-${text}` : text;
}

import type { Condition, Expression, NumberExpression } from './expression.ts';
import { isCondition, isNumberExpression, type Reader } from './reader.ts';

/** Compared with this, it makes a fair example. */
const LIKELY: ReadonlyMap<string, string> = new Map([
  ['close', 'close > open'],
  ['open', 'open > previous day close'],
  ['volume', 'volume > 2 * sma(volume, 20)'],
  ['day change', 'day change > 2'],
  ['gap', 'gap > 1'],
  ['adx', '25'],
  ['rsi', '50'],
]);

/** The condition, where one belongs. */
export function asCondition(reader: Reader, expression: Expression): Condition {
  if (isCondition(expression)) return expression;
  const span = reader.placeOf(expression);
  const written = reader.text.slice(span.start, span.end);
  const shown = written.length > 40 ? 'This' : written;
  throw reader.fault(
    `${shown} alone is a number; compare it with something, like ${exampleFor(expression, written)}.`,
    span,
  );
}

function exampleFor(expression: NumberExpression, written: string): string {
  if (expression.kind === 'number') return `rsi(14) > ${written}`;
  const name = expression.kind === 'field' || expression.kind === 'call' ? expression.name : '';
  const likely = LIKELY.get(name);
  if (likely !== undefined) return /^\d/u.test(likely) ? `${written} > ${likely}` : likely;
  return written.length > 40 ? 'close > open' : `close > ${written}`;
}

/** The number, where one belongs. */
export function asNumber(reader: Reader, expression: Expression): NumberExpression {
  if (isNumberExpression(expression)) return expression;
  throw reader.fault(
    'A condition stands here where a number belongs. Join conditions with and or or.',
    reader.placeOf(expression),
  );
}

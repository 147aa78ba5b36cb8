import type { NumberExpression } from './expression.ts';
import type { BarsAsked } from './parse-timeframe.ts';
import type { Reader } from './reader.ts';
import { isConstant, isDayField, walk } from './walk.ts';

/**
 * A number on bars of another timeframe. Timeframes do not stand inside each other, and what is the day's or a plain
 * number has none.
 */
export function onBars(reader: Reader, of: NumberExpression, asked: BarsAsked, start: number): NumberExpression {
  const span = { start, end: reader.end };
  const { start: from, end: to } = reader.placeOf(of);
  for (const inner of walk(of)) {
    if (inner.kind === 'on')
      throw reader.fault(
        `Two timeframes apply to the same number, ${inner.timeframe} and ${asked.timeframe}. Leave one out.`,
        span,
      );
    if (isDayField(inner))
      throw reader.fault(
        `What is of the day is the same on every timeframe. Leave ${asked.timeframe} out.`,
        span,
        of === inner ? reader.text.slice(from, to) : null,
      );
  }
  if (isConstant(of))
    throw reader.fault(
      `A plain number is the same on every timeframe. Leave ${asked.timeframe} out.`,
      span,
      reader.text.slice(from, to),
    );
  return reader.node({ kind: 'on', of, ...asked }, start, of);
}

/**
 * A number so many bars before. Right after a timeframe the bars are that timeframe's: `rsi(14, 15m)[1]` is
 * `rsi(14)[1] on 15m`; in parentheses, `(rsi(14, 15m))[1]`, they are the rule's own.
 */
export function before(reader: Reader, of: NumberExpression, bars: number, isOwn: boolean): NumberExpression {
  const { start } = reader.placeOf(of);
  if (isConstant(of))
    throw reader.fault(
      'A plain number is the same on every bar. Leave the bars before out.',
      { start, end: reader.end },
      reader.text.slice(start, reader.placeOf(of).end),
    );
  if (bars === 0) return of;
  if (of.kind !== 'on' || isOwn) return reader.node({ kind: 'offset', of, bars }, start, of);
  const inner = reader.node<NumberExpression>({ kind: 'offset', of: of.of, bars }, start, of.of);
  return reader.node({ ...of, of: inner }, start, inner);
}

import type { GivenNumber } from './call-numbers.ts';
import type { Expression, NumberExpression, TextSpan } from './expression.ts';
import { isCondition, type Reader } from './reader.ts';
import type { ScanFunction } from './scan-function.ts';
import { asNumber } from './sorts.ts';
import { isConstant } from './walk.ts';

/** What was written where a series may stand, if it is one. */
export function checkSource(
  reader: Reader,
  { name, takes, example }: ScanFunction,
  {
    source: earlier,
    numbers,
  }: { readonly source: NumberExpression | undefined; readonly numbers: readonly GivenNumber[] },
  written: Expression,
): NumberExpression {
  if (written.kind === 'compare' && isConstant(written.left)) throw closedTooLate(reader, name, written);
  if (isCondition(written)) throw conditionInside(reader, name, written);
  const source = asNumber(reader, written);
  const span = reader.placeOf(source);
  if (isConstant(source))
    throw reader.fault(`${name} takes its numbers as they are: write ${example}, nothing to be reckoned out.`, span);
  if (takes === 'bars') throw reader.fault(`${name} looks at whole bars and takes no series: write ${example}.`, span);
  if (earlier !== undefined) throw twoSeries(reader, name, earlier, span);
  const [first] = numbers;
  if (first === undefined) return source;
  const series = reader.text.slice(span.start, span.end);
  const rest = reader.text.slice(first.start, span.start).replace(/[\s,]+$/u, '');
  throw reader.fault(
    `The series comes first: ${name}(${series}, ${rest}).`,
    { start: first.start, end: span.end },
    `${series}, ${rest}`,
  );
}

function twoSeries(reader: Reader, name: string, earlier: NumberExpression, span: TextSpan) {
  const plain = name.startsWith('max') || name.startsWith('high') ? 'greater' : 'lesser';
  const isOfTwo = /^(max|min|highest|lowest)$/u.test(name);
  const first = reader.placeOf(earlier);
  return reader.fault(
    isOfTwo
      ? `${name} takes a series and a number of bars. The ${plain} of two numbers is ${plain}(${reader.text.slice(first.start, span.end)}).`
      : `${name} takes one series. Its other numbers are plain ones.`,
    span,
  );
}

/** The series as the tree has it: the close is not told where it is the usual one. */
export function takeSource(
  reader: Reader,
  { name, needsSource, example }: ScanFunction,
  source: NumberExpression | undefined,
  start: number,
): NumberExpression | undefined {
  if (source === undefined && needsSource)
    throw reader.fault(`${name} needs a series first: ${example}.`, { start, end: reader.end }, example);
  const isUsual = source?.kind === 'field' && source.name === 'close' && !needsSource;
  return isUsual ? undefined : source;
}

/** `ema(9 crosses above ema(21)`: most often a parenthesis was forgotten. */
function conditionInside(reader: Reader, name: string, written: Expression) {
  return reader.fault(
    `A condition stands within the parentheses of ${name}. Close them before it begins, like ema(9) crosses above ema(21).`,
    reader.placeOf(written),
  );
}

/** `rsi(14 > 50)`. */
function closedTooLate(reader: Reader, name: string, written: Extract<Expression, { kind: 'compare' }>) {
  const { start, end } = reader.placeOf(written.left);
  const rest = reader.text.slice(end, reader.placeOf(written).end);
  return reader.fault(
    `The parenthesis after ${name} closes too late.`,
    { start, end: reader.isSign(')') ? reader.token.end : reader.end },
    `${reader.text.slice(start, end)})${rest}`,
  );
}

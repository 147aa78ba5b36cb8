import { findFunction } from './catalogue.ts';
import type { ARITHMETIC, Expression, NumberExpression } from './expression.ts';
import { readCall } from './parse-call.ts';
import { readLiteral, readWhole, startsBars } from './parse-count.ts';
import { readField } from './parse-field.ts';
import { before, onBars } from './parse-on.ts';
import { readTimeframe } from './parse-timeframe.ts';
import { isCondition, type Reader } from './reader.ts';
import { asNumber } from './sorts.ts';
import { nothingToRead, shownText, tooMuch } from './unexpected.ts';
import { isPlainName, PLAIN_FUNCTIONS, type PlainName } from './vocabulary.ts';

/** Sums and differences of products; or what stands in parentheses, which may be a condition. */
export function readSum(reader: Reader): Expression {
  return readChain(reader, ['+', '-'], readProduct);
}

function readProduct(reader: Reader): Expression {
  return readChain(reader, ['*', '/'], readSigned);
}

type Operator = (typeof ARITHMETIC)[number];

function readChain(
  reader: Reader,
  operators: readonly Operator[],
  readPart: (reader: Reader) => Expression,
): Expression {
  const { start } = reader.token;
  let left = readPart(reader);
  for (;;) {
    const op = operators.find((operator) => reader.isSign(operator));
    if (op === undefined) return left;
    reader.take();
    const first = asNumber(reader, left);
    const right = asNumber(reader, readPart(reader));
    left = reader.node({ kind: 'arithmetic', op, left: first, right }, start, first, right);
  }
}

/** `-x` is of all that is bound closer than a product: `-close[1]` is the close before, negated. */
function readSigned(reader: Reader): Expression {
  const { start } = reader.token;
  if (reader.takeSign('+')) return reader.inside('operators', () => asNumber(reader, readSigned(reader)));
  if (!reader.takeSign('-')) return readWithEndings(reader);
  return reader.inside('operators', () => {
    const of = asNumber(reader, readSigned(reader));
    return reader.node({ kind: 'negate', of }, start, of);
  });
}

/** A number with what may follow it: `[1]`, `1 bar ago`, `on 1h`. */
function readWithEndings(reader: Reader): Expression {
  const { start } = reader.token;
  let isOwn = reader.isSign('(');
  let read = readPrimary(reader);
  for (;;) {
    if (reader.isSign('[')) {
      const opening = reader.token;
      if (isCondition(read)) throw tooMuch(reader, true);
      reader.take();
      const bars = readWhole(reader, 0);
      if (!reader.takeSign(']'))
        throw reader.fault(
          'The bracket does not end: close it, as in close[1].',
          { ...opening, end: reader.end },
          `[${bars}]`,
        );
      read = before(reader, read, bars, isOwn);
    } else if (startsBars(reader) && reader.peek(2).says === 'ago') {
      const bars = readWhole(reader, 0);
      reader.take();
      reader.take();
      read = before(reader, asNumber(reader, read), bars, isOwn);
    } else if (reader.isWord('on')) {
      if (isCondition(read))
        throw reader.fault('Each number has its own timeframe: write close on 1h > open on 1h, without parentheses.', {
          start,
          end: reader.take().end,
        });
      reader.take();
      read = onBars(reader, read, readTimeframe(reader), start);
      isOwn = false;
    } else {
      return read;
    }
  }
}

function readPrimary(reader: Reader): Expression {
  const { token } = reader;
  if (reader.isSign('(')) return readParentheses(reader);
  const value = readLiteral(reader);
  if (value !== undefined) return reader.node({ kind: 'number', value }, token.start);
  if (token.kind !== 'word') throw nothingToRead(reader);
  const isCalled = reader.peek(1).says === '(';
  const scanFunction = findFunction(token.says);
  if (scanFunction !== undefined) return readCall(reader, scanFunction);
  if (isPlainName(token.says) && isCalled) return readPlain(reader, token.says);
  const field = readField(reader);
  if (field === undefined) throw nothingToRead(reader);
  if (reader.isSign('('))
    throw reader.fault(
      `${reader.since(token.start)} is no function. The bar before is ${reader.since(token.start)}[1].`,
      reader.token,
    );
  return field;
}

function readParentheses(reader: Reader): Expression {
  return reader.inside('parentheses', () => {
    const opening = reader.take();
    const inner = reader.readInner(reader);
    if (!reader.takeSign(')')) {
      if (reader.token.kind !== 'end') throw tooMuch(reader, isCondition(inner));
      throw reader.fault(
        'The parenthesis that opens here does not close. Add one.',
        { start: opening.start, end: reader.end },
        `${reader.since(opening.start)})`,
      );
    }
    reader.places.set(inner, { start: opening.start, end: reader.end });
    return inner;
  });
}

/** `abs(x)`, `greater(x, y)`, `lesser(x, y)`. */
function readPlain(reader: Reader, name: PlainName): NumberExpression {
  return reader.inside('operators', () => {
    const { start } = reader.take();
    reader.take();
    const of: NumberExpression[] = [];
    if (!reader.isSign(')'))
      do of.push(asNumber(reader, reader.readInner(reader)));
      while (reader.takeSign(','));
    if (!reader.takeSign(')'))
      throw reader.token.kind === 'end'
        ? reader.fault(
            `The parenthesis after ${name} does not end. Add one.`,
            { start, end: reader.end },
            `${reader.since(start)})`,
          )
        : reader.fault(
            `A comma or a closing parenthesis is missing before "${shownText(reader.token)}".`,
            reader.token,
          );
    const count = PLAIN_FUNCTIONS[name];
    if (of.length !== count)
      throw reader.fault(
        count === 1
          ? `${name} takes one number, as in abs(close - open).`
          : `${name} takes two numbers, as in ${name}(close, open).`,
        { start, end: reader.end },
      );
    return reader.node({ kind: 'plain', name, of }, start, ...of);
  });
}

import type { Condition, Expression } from './expression.ts';
import { readComparison } from './parse-comparison.ts';
import { readBars } from './parse-count.ts';
import { isCondition, isWord, type Reader } from './reader.ts';
import { asCondition } from './sorts.ts';
import { tooMuch } from './unexpected.ts';

const JOINS = { and: ['and', '&&'], or: ['or', '||'] } as const;

/**
 * What a text or a pair of parentheses holds. `and` binds closer than `or`; `not` and `within` are of the next
 * comparison, `for` is of the one before it.
 */
export function readExpression(reader: Reader): Expression {
  return readJoined(reader, 'or', (inner) => readJoined(inner, 'and', readNot));
}

function readJoined(reader: Reader, kind: 'and' | 'or', readPart: (reader: Reader) => Expression): Expression {
  const { start } = reader.token;
  const first = readPart(reader);
  if (!takeJoin(reader, kind)) return first;
  const parts = [asCondition(reader, first)];
  do parts.push(asPart(reader, readPart(reader)));
  while (takeJoin(reader, kind));
  // Parentheses around parts of the same kind say nothing.
  const of = parts.flatMap((part) => (part.kind === kind ? part.of : [part]));
  return reader.node({ kind, of }, start, ...of);
}

/** The condition, where one belongs. What follows a number and is no comparison is more to the point than the number. */
function asPart(reader: Reader, read: Expression): Condition {
  const isWhole = reader.token.kind === 'end' || reader.isSign(')', '&&', '||') || reader.isWord('and', 'or');
  if (!isWhole && !isCondition(read)) throw tooMuch(reader, false);
  return asCondition(reader, read);
}

function takeJoin(reader: Reader, kind: 'and' | 'or'): boolean {
  return reader.takeWord(...JOINS[kind]) || reader.takeSign(...JOINS[kind]);
}

function readNot(reader: Reader): Expression {
  const { start } = reader.token;
  if (reader.takeWord('not') || reader.takeSign('!'))
    return reader.inside('operators', () => {
      const of = asPart(reader, readNot(reader));
      return reader.node({ kind: 'not', of }, start, of);
    });
  if (!reader.takeWord('within')) return readWindows(reader);
  return reader.inside('operators', () => {
    const bars = readBars(reader);
    if (!reader.takeWord('of'))
      throw reader.fault(
        `"of" is missing here, as in within ${bars} bars of close > vwap.`,
        reader.token,
        `of ${reader.token.text}`.trim(),
      );
    const of = asPart(reader, readNot(reader));
    return reader.node({ kind: 'within', bars, of }, start, of);
  });
}

/** A comparison and what may follow it: `for 3 bars`, `within 3 bars`, `in the last 3 bars`. */
function readWindows(reader: Reader): Expression {
  const { start } = reader.token;
  let read = readComparison(reader);
  while (isCondition(read)) {
    const kind = windowAhead(reader);
    if (kind === undefined) return read;
    reader.take();
    const bars = readBars(reader);
    if (reader.isWord('of'))
      throw reader.fault('"and" or "or" is missing before "within".', { start, end: reader.end });
    read = reader.node<Condition>({ kind, bars, of: read }, start, read);
  }
  if (reader.isWord('for')) throw tooMuch(reader, false);
  return read;
}

function windowAhead(reader: Reader): 'for' | 'within' | undefined {
  if (reader.isWord('for')) return 'for';
  if (reader.isWord('within')) return 'within';
  const after = reader.peek(1);
  return reader.isWord('in') && isWord(after, 'the', 'last') ? 'within' : undefined;
}

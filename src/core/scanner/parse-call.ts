import { fillIn, type GivenNumber } from './call-numbers.ts';
import { checkSource, takeSource } from './call-source.ts';
import type { NumberExpression } from './expression.ts';
import { readLiteral } from './parse-count.ts';
import { onBars } from './parse-on.ts';
import { type BarsAsked, readTimeframe, startsTimeframe } from './parse-timeframe.ts';
import type { Reader } from './reader.ts';
import type { ScanFunction } from './scan-function.ts';
import { nearest } from './suggest.ts';
import { shownText } from './unexpected.ts';

/** What stands between the parentheses of a call. */
interface Given {
  source: NumberExpression | undefined;
  readonly numbers: GivenNumber[];
  asked: BarsAsked | undefined;
}

/**
 * A call, whose name comes next: `ema(9)`, `sma(volume, 20)`, `rsi(14, 15m)`, `macd.signal`, `vwap`. With a timeframe
 * it is an `on`.
 */
export function readCall(reader: Reader, scanFunction: ScanFunction): NumberExpression {
  const { start } = reader.take();
  const given: Given = { source: undefined, numbers: [], asked: undefined };
  if (reader.isSign('(')) reader.inside('operators', () => readArguments(reader, scanFunction, given));
  const source = takeSource(reader, scanFunction, given.source, start);
  const numbers = fillIn(reader, scanFunction, given.numbers, start);
  const part = readPart(reader, scanFunction);
  const children = source === undefined ? [] : [source];
  const call = reader.node<NumberExpression>(
    { kind: 'call', name: scanFunction.name, source, numbers, part },
    start,
    ...children,
  );
  return given.asked === undefined ? call : onBars(reader, call, given.asked, start);
}

function readArguments(reader: Reader, scanFunction: ScanFunction, given: Given): void {
  const opening = reader.take();
  if (reader.takeSign(')')) return;
  do readArgument(reader, scanFunction, given);
  while (reader.takeSign(','));
  if (reader.takeSign(')')) return;
  const { token } = reader;
  if (token.kind !== 'end')
    throw reader.fault(`A comma or a closing parenthesis is missing before "${shownText(token)}".`, token);
  throw reader.fault(
    `The parenthesis after ${scanFunction.name} does not end: close it, as in ${scanFunction.example}.`,
    { start: opening.start, end: reader.end },
    `${reader.since(opening.start)})`,
  );
}

function readArgument(reader: Reader, scanFunction: ScanFunction, given: Given): void {
  const { start } = reader.token;
  if (given.asked !== undefined)
    throw reader.fault('The timeframe comes last between the parentheses, as in rsi(14, 15m).', reader.token);
  if (startsTimeframe(reader)) {
    given.asked = readTimeframe(reader);
    return;
  }
  if (startsBareNumber(reader)) {
    const sign = reader.takeSign('-') ? -1 : 1;
    const value = readLiteral(reader);
    if (value !== undefined) {
      given.numbers.push({ value: sign * value, start, end: reader.end });
      return;
    }
  }
  given.source = checkSource(reader, scanFunction, given, reader.readInner(reader));
}

/** A number that is nothing but a number: `20`, `-1`, `2 lakh`. */
function startsBareNumber(reader: Reader): boolean {
  const number = reader.isSign('-') ? 1 : 0;
  if (reader.peek(number).kind !== 'number') return false;
  const after = reader.peek(number + 1);
  return after.kind === 'end' || after.kind === 'number' || after.says === ',' || after.says === ')';
}

/** The name after a dot; the first of its parts where none is written. */
function readPart(reader: Reader, { name, parts }: ScanFunction): string | undefined {
  const { end } = reader;
  if (!reader.takeSign('.')) return parts[0];
  const word = reader.token;
  const span = { start: end, end: word.kind === 'word' ? word.end : reader.end };
  if (parts.length === 0) throw reader.fault(`${name} has no parts. Leave out what follows the dot.`, span, '');
  const known = parts.find((part) => word.kind === 'word' && part === word.says);
  if (known === undefined) {
    const meant = word.kind === 'word' ? nearest(word.says, parts) : parts[0];
    throw reader.fault(
      `${name} has these parts: ${parts.map((part) => `.${part}`).join(', ')}.`,
      span,
      meant === undefined ? null : `.${meant}`,
    );
  }
  reader.take();
  return known;
}

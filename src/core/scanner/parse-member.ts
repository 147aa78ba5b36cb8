import type { Condition } from './expression.ts';
import { tidyName } from './lex.ts';
import type { Reader } from './reader.ts';
import { shownText, unclosedQuote } from './unexpected.ts';
import { ENDING_WORDS } from './vocabulary.ts';

/** An unquoted name between parentheses: up to the next comma or parenthesis, `M&M` and `BAJAJ-AUTO` too. */
const LISTED = /[^,()"“”]+/uy;
/** One without parentheses: so far as it has no space. */
const ALONE = /[^\s,()"“”]+/uy;

/** `symbol in (INFY, TCS, M&M)`, `sector is "Information Technology"`, `symbol is not INFY`, `sector not in (IT)`. */
export function readMember(reader: Reader): Condition {
  const word = reader.take();
  const of = word.says === 'sector' ? 'sector' : 'symbol';
  const { token } = reader;
  const isStated = reader.takeWord('is') || reader.takeSign('=');
  const isNot = reader.takeWord('not') || (!isStated && reader.takeSign('!='));
  if (reader.takeWord('in')) return member(reader, of, readList(reader, of), isNot, word.start);
  if (isStated && reader.takeWord('one')) {
    reader.takeWord('of');
    return member(reader, of, readList(reader, of), isNot, word.start);
  }
  if (!isStated && token.says !== '!=')
    throw reader.fault(`Say which: ${of} in (${examples(of)}), or ${of} is ${examples(of).split(', ')[0]}.`, token);
  return member(reader, of, [readAlone(reader, of)], isNot, word.start);
}

function examples(of: 'symbol' | 'sector'): string {
  return of === 'symbol' ? 'INFY, TCS' : 'IT, Power';
}

function member(
  reader: Reader,
  of: 'symbol' | 'sector',
  names: readonly string[],
  isNot: boolean,
  start: number,
): Condition {
  const condition = reader.node<Condition>({ kind: 'member', of, names }, start);
  return isNot ? reader.node({ kind: 'not', of: condition }, start, condition) : condition;
}

function readList(reader: Reader, of: 'symbol' | 'sector'): readonly string[] {
  const opening = reader.token;
  if (!reader.takeSign('(')) throw reader.fault(`The list stands in parentheses: ${of} in (${examples(of)}).`, opening);
  const names: string[] = [];
  do names.push(readName(reader, LISTED, of));
  while (reader.takeSign(','));
  if (reader.takeSign(')')) return names;
  throw reader.fault(
    'The list does not end. Close it with a parenthesis.',
    { start: opening.start, end: reader.end },
    `${reader.since(opening.start)})`,
  );
}

/** A quoted name, or words up to the first that goes on with the sentence. */
function readAlone(reader: Reader, of: 'symbol' | 'sector'): string {
  const isQuoted = reader.token.kind === 'quoted';
  const words = [readName(reader, ALONE, of)];
  while (!isQuoted && goesOn(reader)) words.push(readName(reader, ALONE, of));
  return words.join(' ');
}

function goesOn(reader: Reader): boolean {
  const { token } = reader;
  if (token.kind === 'word') return !ENDING_WORDS.has(token.says);
  return token.text === '&' || token.kind === 'number';
}

function readName(reader: Reader, pattern: RegExp, of: 'symbol' | 'sector'): string {
  const { token } = reader;
  if (token.kind === 'quoted' && token.says !== '') return reader.take().says;
  if (token.kind === 'open-quote') throw unclosedQuote(reader, token);
  pattern.lastIndex = token.start;
  const name = tidyName(pattern.exec(reader.text)?.[0] ?? '');
  if (name === '' || token.kind === 'quoted') throw reader.fault(`The name of a ${of} is missing here.`, token, null);
  if (ENDING_WORDS.has(name.toLowerCase()))
    throw reader.fault(
      `"${shownText(token)}" is read as part of the sentence. As a name it needs quotes.`,
      token,
      `"${name}"`,
    );
  reader.skipTo(pattern.lastIndex);
  return name;
}

import { COMPARISONS, type Comparison, type Condition, type Expression, type NumberExpression } from './expression.ts';
import { directionMeant } from './habit-after.ts';
import { readBars } from './parse-count.ts';
import { readMember } from './parse-member.ts';
import { readSum } from './parse-number.ts';
import { readTime } from './parse-time.ts';
import { isCondition, isWord, type Reader } from './reader.ts';
import { asNumber } from './sorts.ts';
import { nearest } from './suggest.ts';
import { shownText } from './unexpected.ts';

const TURNED_SIGNS: ReadonlyMap<string, Comparison> = new Map([
  ['=>', '>='],
  ['=<', '<='],
]);
const CROSSES = ['crosses', 'crossed', 'crossing', 'cross'];
const TURNS = ['turns', 'turned', 'turning', 'turn'];

/** A condition about numbers, the time, the symbol or the sector; or a number with which nothing is compared. */
export function readComparison(reader: Reader): Expression {
  const { start } = reader.token;
  if (reader.isWord('time')) return readTime(reader);
  if (reader.isWord('symbol', 'sector')) return readMember(reader);
  const left = readSum(reader);
  if (isCondition(left)) {
    if (readComparisonSign(reader) === undefined) return left;
    throw reader.fault('A condition cannot be compared with anything. Join it with and or or.', reader.placeOf(left));
  }
  const isStated = reader.takeWord('is', 'are');
  const condition = readAfter(reader, left, start);
  if (condition !== undefined) return condition;
  if (!isStated) return left;
  if (reader.isWord('not'))
    throw reader.fault(
      'Not stands before the comparison: not close > vwap.',
      { start, end: reader.token.end },
      `not ${reader.text.slice(start, reader.placeOf(left).end)}`,
    );
  const way = directionMeant(reader.token.says);
  if (way !== undefined && left.kind === 'call' && left.name === 'supertrend')
    throw reader.fault(
      `Supertrend is ${way} where its direction is ${way === 'up' ? 1 : -1}: supertrend.direction ${way === 'up' ? '>' : '<'} 0.`,
      { start, end: reader.token.end },
      `supertrend(${left.numbers.join(', ')}).direction ${way === 'up' ? '>' : '<'} 0`,
    );
  throw reader.fault(
    `After "is" follows above, below, between, rising or falling, not "${shownText(reader.token)}".`,
    reader.token,
  );
}

/** What follows a number and makes it a condition. */
function readAfter(reader: Reader, left: NumberExpression, start: number): Condition | undefined {
  if (reader.takeWord('between')) return readBetween(reader, left, start);
  if (reader.takeWord(...CROSSES)) {
    const direction = readDirection(reader, ['above', 'over'], ['below', 'under'], 'crosses') ? 'above' : 'below';
    const right = asNumber(reader, readSum(reader));
    return reader.node({ kind: 'crosses', direction, left, right }, start, left, right);
  }
  if (reader.takeWord(...TURNS)) {
    const direction = readDirection(reader, ['up'], ['down'], 'turns') ? 'up' : 'down';
    return reader.node({ kind: 'turns', direction, of: left }, start, left);
  }
  if (reader.isWord('rising', 'falling')) {
    const direction = reader.take().says === 'rising' ? 'rising' : 'falling';
    const bars = reader.takeWord('for') ? readBars(reader) : 1;
    return reader.node({ kind: 'moves', direction, of: left, bars }, start, left);
  }
  const op = readComparisonSign(reader);
  if (op === undefined) return undefined;
  const right = asNumber(reader, readSum(reader));
  const compare = reader.node<Condition>({ kind: 'compare', op, left, right }, start, left, right);
  const next = readComparisonSign(reader);
  if (next === undefined) return compare;
  throw chained(reader, right, start);
}

function readBetween(reader: Reader, of: NumberExpression, start: number): Condition {
  const low = asNumber(reader, readSum(reader));
  if (!reader.takeWord('and') && !reader.takeSign('&&'))
    throw reader.fault('The second bound is missing, as in rsi(14) between 40 and 60.', reader.token, null);
  const high = asNumber(reader, readSum(reader));
  return reader.node({ kind: 'between', of, low, high }, start, of, low, high);
}

/** True for the first of two directions. */
function readDirection(reader: Reader, first: readonly string[], second: readonly string[], verb: string): boolean {
  if (reader.takeWord(...first)) return true;
  if (reader.takeWord(...second)) return false;
  const { token } = reader;
  const way = directionMeant(token.says);
  const meant = way === undefined ? nearest(token.says, [...first, ...second]) : way === 'up' ? first[0] : second[0];
  const isLeftOut = verb === 'crosses' && meant === undefined;
  throw reader.fault(
    `Say in which direction: ${verb} ${first[0]} or ${verb} ${second[0]}.`,
    token,
    meant ?? (isLeftOut ? `${first[0]} ${shownText(token)}`.trim() : null),
  );
}

/** `>`, `is above`, `greater than`, `at least`, … Undefined, and nothing is taken, where none comes next. */
function readComparisonSign(reader: Reader): Comparison | undefined {
  const { token } = reader;
  if (token.kind === 'sign') {
    const meant = TURNED_SIGNS.get(token.says);
    if (meant !== undefined) throw reader.fault(`This sign is written ${meant}.`, token, meant);
    const op = COMPARISONS.find((sign) => sign === token.says);
    if (op !== undefined) reader.take();
    return op;
  }
  if (reader.takeWord('above')) return '>';
  if (reader.takeWord('below')) return '<';
  if (reader.takeWord('equals')) return '=';
  const after = reader.peek(1);
  const [word, follows, op] = WORDED.find(([first, second]) => isWord(token, first) && isWord(after, second)) ?? [];
  if (word === undefined || follows === undefined) return undefined;
  reader.take();
  reader.take();
  return op;
}

const WORDED: readonly (readonly [string, string, Comparison])[] = [
  ['greater', 'than', '>'],
  ['higher', 'than', '>'],
  ['lower', 'than', '<'],
  ['more', 'than', '>'],
  ['less', 'than', '<'],
  ['at', 'least', '>='],
  ['at', 'most', '<='],
  ['equal', 'to', '='],
];

/** `30 < rsi(14) < 70`: two comparisons of one number. */
function chained(reader: Reader, shared: NumberExpression, start: number) {
  const { start: from, end } = reader.placeOf(shared);
  const middle = shorten(reader.text.slice(from, end));
  return reader.fault(`Two comparisons share ${middle}. Join them with and, or write ${middle} between 30 and 70.`, {
    start,
    end: reader.end,
  });
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

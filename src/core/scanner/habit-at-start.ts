import { isTimeframe } from '../timeframe.ts';
import { findFunction } from './catalogue.ts';
import { BAR_FIELDS } from './expression.ts';
import { otherWord } from './other-words.ts';
import { startsBars } from './parse-count.ts';
import { isWord, type Reader, type ScanFault } from './reader.ts';

/** What people begin a number or a condition with, and what is not known here. */
export function habitAtStart(reader: Reader): ScanFault | undefined {
  const { token } = reader;
  const [next, shown] = [reader.peek(1), token.text];
  const through = (ahead: number) => ({ start: token.start, end: reader.peek(ahead).end });
  if (reader.isSign('['))
    return reader.fault('Bars come after the number: close on 15m, close[1], close[1] on 15m.', token);
  if (token.text === '{') return inBraces(reader);
  if (token.text === '}') return reader.fault('Parentheses are written ( and ).', token, ')');
  if (reader.isSign('%') && isWord(next, 'change', 'chg', 'chng'))
    return reader.fault('Changes are in percent anyway: day change.', through(1), 'day change');
  if (token.kind === 'quoted' && isTimeframe(token.says.toLowerCase()))
    return reader.fault('Timeframes stand without quotes.', token, token.says);
  if (
    token.kind === 'quoted' &&
    (BAR_FIELDS.some((field) => field === token.says.toLowerCase()) || findFunction(token.says) !== undefined)
  )
    return reader.fault('Only names of symbols and sectors are quoted.', token, token.says);
  if (token.text === '₹' || token.text === '$')
    return reader.fault(`Prices are plain numbers: leave "${shown}" out.`, token, '');
  if (token.kind !== 'word') return undefined;
  if (isWord(token, 'ta', 'math') && next.says === '.') return ofPine(reader);
  if (isWord(token, 'di')) return directional(reader);
  for (const ahead of [1, 2, 3])
    if (isWord(token, 'in', 'last') && startsBars(reader, ahead))
      return reader.fault(
        'The window comes first: within 3 bars of close > vwap.',
        through(ahead + 1),
        `within ${reader.peek(ahead).text} bars of`,
      );
  const call = gluedCall(token.says);
  if (call !== undefined) return reader.fault(`${shown} is written ${call}.`, token, call);
  if (isWord(token, 'rs', 'inr') && next.kind !== 'number') return undefined;
  const meant = otherWord(token.says, shown);
  if (meant === undefined) return undefined;
  let last = 0;
  while (isWord(reader.peek(last + 1), ...(meant.with ?? []))) last += 1;
  return reader.fault(meant.message, through(last), meant.suggestion);
}

/** `{33489}`, `{cash}`: the list that Chartink scans; or a parenthesis of another program. */
function inBraces(reader: Reader): ScanFault {
  const closing = reader.peek(2);
  if (closing.text !== '}') return reader.fault('Parentheses are written ( and ).', reader.token, '(');
  return reader.fault(
    'Which instruments are looked at is said beside the sentence, by its universe. Leave this out.',
    { start: reader.token.start, end: closing.end },
    '',
  );
}

/** `ta.ema(close, 9)`, `ta.crossover(a, b)`, `ta.supertrend(3, 10)`. */
function ofPine(reader: Reader): ScanFault {
  const [{ token }, name] = [reader, reader.peek(2)];
  const crossing = otherWord(name.says, name.text);
  const span = { start: token.start, end: name.end };
  if (isWord(name, 'crossover', 'crossunder')) return reader.fault(crossing?.message ?? '', span);
  if (isWord(name, 'supertrend'))
    return reader.fault('Written supertrend(10, 3) here: the period first, then the factor.', span, 'supertrend');
  return reader.fault(
    `Leave "${token.text}." out: functions go by their names.`,
    { ...span, end: reader.peek(1).end },
    '',
  );
}

/** `+di`, `-DI(14)`, `di+`. */
function directional(reader: Reader): ScanFault {
  const [before, { token }, after] = [reader.peek(-1), reader, reader.peek(1)];
  const isAfter = after.start === token.end && (after.says === '+' || after.says === '-');
  const isBefore = before.end === token.start && (before.says === '+' || before.says === '-');
  const sign = isAfter ? after.says : before.says;
  const name = sign === '-' ? 'minus_di' : 'plus_di';
  return reader.fault(
    'The directional lines are plus_di(14) and minus_di(14).',
    { start: isBefore && !isAfter ? before.start : token.start, end: isAfter ? after.end : token.end },
    isAfter || isBefore ? name : null,
  );
}

/** `ema9`, `rsi14`: the name of a function and its number in one. */
function gluedCall(word: string): string | undefined {
  const { name = '', number = '' } = /^(?<name>[a-z_]+?)_?(?<number>\d+)$/u.exec(word)?.groups ?? {};
  const scanFunction = findFunction(name);
  return scanFunction?.numbers.length === 1 ? `${name}(${number})` : undefined;
}

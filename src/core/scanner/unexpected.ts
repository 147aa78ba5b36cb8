import { habitAfterCondition, habitAfterNumber } from './habit-after.ts';
import { habitAtStart } from './habit-at-start.ts';
import type { Token } from './lex.ts';
import { startsTimeframe } from './parse-timeframe.ts';
import type { Reader, ScanFault } from './reader.ts';
import { nearest } from './suggest.ts';
import { JOINING_WORDS, OPENING_WORDS, OPERATOR_WORDS } from './vocabulary.ts';

/** Words with which something may begin, single ones. */
const BEGINNING_WORDS: ReadonlySet<string> = new Set([...OPENING_WORDS, 'day', 'today', 'prev']);

/** A number or a condition should come next, and something else does. */
export function nothingToRead(reader: Reader): ScanFault {
  const { token } = reader;
  const shown = shownText(token);
  const habit = habitAtStart(reader);
  if (habit !== undefined) return habit;
  switch (token.kind) {
    case 'end':
      return reader.text.trim() === ''
        ? reader.fault('Write a condition, like close > ema(21).', token)
        : reader.fault('The text ends too early: a number or a field should follow, like 50 or close.', token);
    case 'word': {
      const meant = nearest(token.says, OPENING_WORDS);
      if (JOINING_WORDS.includes(token.says) || OPERATOR_WORDS.includes(token.says))
        return reader.fault(`A number or a field is missing before "${shown}", like 50 or close.`, token);
      return reader.fault(
        meant === undefined
          ? `"${shown}" is not known here. Fields are open, high, low, close and volume; functions are written like ema(21).`
          : `"${shown}" is not known.`,
        token,
        meant ?? null,
      );
    }
    case 'number':
      if (token.unit === 'x' && ['word', 'number'].includes(reader.peek(1).kind))
        return reader.fault(`Times is written *: ${token.value} * volume.`, token, `${token.value} *`);
      return startsTimeframe(reader)
        ? reader.fault(
            `${shown} is a timeframe, not a number. Write it within a function, rsi(14, ${shown}), or after on: close on ${shown}.`,
            token,
          )
        : reader.fault(
            `"${shown}" is neither a number nor a timeframe. Write 50, 2 lakh, 1.5 cr, or 15m.`,
            token,
            String(Number.isFinite(token.value) ? token.value : 50),
          );
    case 'clock':
      return reader.fault(`A time of day is compared with time, like time after ${shown}.`, token);
    case 'quoted':
      return reader.fault('A name in quotes belongs after symbol or sector, like sector is "Power".', token);
    default:
      return reader.isSign(')') && reader.since(0).endsWith('(')
        ? reader.fault('Nothing stands between these parentheses.', { start: reader.end - 1, end: token.end })
        : strange(reader, 'A number or a field is missing before');
  }
}

/** What was read is whole, and then comes something that does not belong to it. */
export function tooMuch(reader: Reader, isAfterCondition: boolean): ScanFault {
  const { token } = reader;
  const shown = shownText(token);
  const habit = isAfterCondition ? habitAfterCondition(reader) : habitAfterNumber(reader);
  if (habit !== undefined) return habit;
  if (token.kind === 'word') {
    const known = isAfterCondition ? JOINING_WORDS : OPERATOR_WORDS;
    const meant = OPENING_WORDS.includes(token.says) ? undefined : nearest(token.says, known);
    if (meant !== undefined) return reader.fault(`"${shown}" is not known here.`, token, meant);
  }
  if (token.kind === 'number' && token.text.startsWith('.'))
    return reader.fault('This number is not whole: write it like 1.5.', {
      start: reader.peek(-1).start,
      end: token.end,
    });
  if (token.kind === 'number' && startsTimeframe(reader))
    return reader.fault(`The timeframe follows on: close on ${shown}, rsi(14) on ${shown}.`, token, `on ${shown}`);
  // What is known nowhere would not be missed.
  if (token.kind === 'word' && !BEGINNING_WORDS.has(token.says))
    return reader.fault(
      isAfterCondition
        ? `"${shown}" is not known here. A condition ends, or goes on with and or or.`
        : `"${shown}" is not known here. A comparison follows a number, like > or crosses above.`,
      token,
    );
  if (token.kind === 'word' || token.kind === 'number' || reader.isSign('('))
    return isAfterCondition
      ? reader.fault(`"and" or "or" is missing before "${shown}".`, token, `and ${shown}`)
      : reader.fault(`A comparison is missing before "${shown}", like > or crosses above.`, token, `> ${shown}`);
  if (reader.isSign(')')) return reader.fault('No parenthesis was opened for this one. Take it out.', token, '');
  if (reader.isSign('[') && isAfterCondition)
    return reader.fault('Only numbers have a bar before: write close[1] > open[1], each with its own.', token);
  if (reader.isSign(',') && reader.peek(1).kind === 'number')
    return reader.fault('Write large numbers without commas, like 100000 or 1 lakh.', token, '');
  if (reader.isSign('%'))
    return reader.fault('Percents are written as plain numbers: day change > 2, or close > open * 1.02.', token, '');
  return strange(reader, isAfterCondition ? 'A condition is whole before' : 'A number is whole before');
}

function strange(reader: Reader, otherwise: string): ScanFault {
  const { token } = reader;
  const shown = shownText(token);
  if (token.kind === 'open-quote') return unclosedQuote(reader, token);
  if (token.kind === 'odd') return reader.fault(`"${shown}" means nothing here. Take it out.`, token, '');
  return reader.fault(`${otherwise} "${shown}".`, token);
}

/** A name whose quotes do not end. */
export function unclosedQuote(reader: Reader, token: Token): ScanFault {
  return reader.fault('The quotes that begin here do not end. Add one after the name.', token, closed(token.text));
}

function closed(text: string): string {
  const ends = new Map([
    ['“', '”'],
    ['‘', '’'],
  ]);
  const first = text.charAt(0);
  const name = /^.[^\s)]*/u.exec(text)?.[0] ?? text;
  return `${name}${ends.get(first) ?? first}${text.slice(name.length)}`;
}

/** A piece as a message shows it: not all of a long one. */
export function shownText(token: Token): string {
  const characters = [...token.text.slice(0, 60)];
  return characters.length > 24 ? `${characters.slice(0, 23).join('')}…` : token.text;
}

import { findFunction } from './catalogue.ts';
import { startsBars } from './parse-count.ts';
import { isWord, type Reader, type ScanFault } from './reader.ts';

const CALENDAR = new Map([
  ...['day', 'days'].map((word) => [word, '1d'] as const),
  ...['week', 'weeks'].map((word) => [word, '1w'] as const),
  ...['month', 'months'].map((word) => [word, '1mo'] as const),
]);
const CLOCK = new Map([
  ...['min', 'mins', 'minute', 'minutes'].map((word) => [word, 'm'] as const),
  ...['hr', 'hour', 'hours'].map((word) => [word, 'h'] as const),
]);
const AVERAGES = new Map([
  ['dma', 'sma($, 1d)'],
  ['ma', 'sma($)'],
]);
const FIELDS = ['open', 'high', 'low', 'close', 'volume'];
const ALSO = ['then', 'but', 'also', 'plus', 'with', 'while', '&', ';', ','];
const INSTEAD = ['|'];
const TASKS = ['buy', 'sell', 'alert', 'notify', 'entry', 'exit', 'short', 'long'];

/** `1 day ago high`, `20 day high`, `15 minute close`, `200 dma`, `9 ema`, `2 times`: a number, and a word after it. */
export function wordAfterNumber(reader: Reader): ScanFault | undefined {
  const [number, { token }] = [reader.peek(-1), reader];
  if (number.kind !== 'number' || number.unit !== '' || token.kind !== 'word') return undefined;
  const bars = number.text;
  const to = (ahead: number) => ({ start: number.start, end: reader.peek(ahead).end });
  const instead = (text: string, ahead: number) => reader.fault(`Write ${text}.`, to(ahead), text);
  if (token.says === 'times') return reader.fault('Times is written *.', token, '*');
  const average = AVERAGES.get(token.says)?.replace('$', bars);
  if (average !== undefined) return instead(average, 0);
  const isCalled = reader.peek(1).says === '(';
  if (!isCalled && !CLOCK.has(token.says) && findFunction(token.says)?.numbers.length === 1)
    return instead(`${token.says}(${bars})`, 0);
  const unit = isCalled ? undefined : CLOCK.get(token.says);
  if (unit !== undefined) return placed(reader, `${bars}${unit}`, to(0));
  const longer = CALENDAR.get(token.says);
  if (longer === undefined) return undefined;
  const isAgo = reader.peek(1).says === 'ago';
  const { says: field } = reader.peek(isAgo ? 2 : 1);
  if (!FIELDS.includes(field)) return placed(reader, longer, to(0));
  if (isAgo && longer === '1d' && bars === '1') return instead(`previous day ${field}`, 2);
  const back = Number(bars) - 1;
  if (isAgo) return instead(back > 0 ? `${field}[${back}] on ${longer}` : `${field} on ${longer}`, 2);
  const kind = field === 'low' ? 'min' : 'max';
  return instead(`${kind}(${field}, ${bars}) on ${longer}`, 1);
}

function placed(reader: Reader, timeframe: string, span: { readonly start: number; readonly end: number }): ScanFault {
  return reader.fault(
    `The timeframe comes after the number: close on ${timeframe}, or rsi(14, ${timeframe}).`,
    span,
    null,
  );
}

/** `macd signal`, `bollinger upper`: a part without its dot. */
export function partAfterName(reader: Reader): ScanFault | undefined {
  const [before, { token }] = [reader.peek(-1), reader];
  const parts = before.kind === 'word' && token.kind === 'word' ? (findFunction(before.says)?.parts ?? []) : [];
  const part = token.says === 'hist' ? 'histogram' : parts.find((name) => name === token.says);
  if (part === undefined || !parts.includes(part)) return undefined;
  const text = `${before.text}.${part}`;
  return reader.fault(`Parts are written after a dot: ${text}.`, { start: before.start, end: token.end }, text);
}

/** `high of day`. */
function ofDay(reader: Reader): ScanFault | undefined {
  const [field, { token }, day] = [reader.peek(-1), reader, reader.peek(1)];
  if (!isWord(token, 'of') || !isWord(day, 'day', 'today') || !isWord(field, 'open', 'high', 'low', 'volume'))
    return undefined;
  const text = `day ${field.says}`;
  return reader.fault(`Write ${text}.`, { start: field.start, end: day.end }, text);
}

/** What people write after a number in place of a comparison. */
export function habitAfterNumber(reader: Reader): ScanFault | undefined {
  const { token } = reader;
  const known = wordAfterNumber(reader) ?? partAfterName(reader) ?? ofDay(reader);
  if (known !== undefined) return known;
  if (isWord(token, 'crossover', 'crossunder')) {
    const text = token.says === 'crossover' ? 'crosses above' : 'crosses below';
    return reader.fault(`Write ${text}.`, token, text);
  }
  if (isWord(token, 'exceeds', 'over')) return reader.fault('Write is above, or >.', token, '>');
  if (isWord(token, 'under')) return reader.fault('Write is below, or <.', token, '<');
  if (isWord(token, 'not')) return reader.fault('Not stands before the comparison: not close > vwap.', token, null);
  if (isWord(token, 'up', 'down') && isWord(reader.peek(-1), 'gap')) {
    const text = token.says === 'up' ? 'gap > 0' : 'gap < 0';
    return reader.fault(
      `The gap is in percent, up above 0: ${text}.`,
      { start: reader.peek(-1).start, end: token.end },
      text,
    );
  }
  if (isWord(token, 'up', 'down'))
    return reader.fault('Say by how much: day change > 2 is up 2 percent since yesterday, close > open is up.', token);
  return undefined;
}

/** What people write after a condition in place of `and`, `or`, `for` or its end. */
export function habitAfterCondition(reader: Reader): ScanFault | undefined {
  const { token } = reader;
  const known = wordAfterNumber(reader) ?? partAfterName(reader) ?? ofDay(reader);
  if (known !== undefined) return known;
  if (TASKS.includes(token.says) || (ALSO.includes(token.says) && TASKS.includes(reader.peek(1).says)))
    return reader.fault(
      'A rule is the condition alone, and its sides are written apart. Leave this out.',
      { start: token.start, end: TASKS.includes(token.says) ? token.end : reader.peek(1).end },
      '',
    );
  if (token.says === ',' && reader.peek(1).kind === 'number') return undefined;
  if (ALSO.includes(token.says)) return reader.fault('Join conditions with and or or.', token, 'and');
  if (INSTEAD.includes(token.says)) return reader.fault('Join conditions with and or or.', token, 'or');
  if (!startsBars(reader)) return undefined;
  if (reader.peek(2).says === 'ago')
    return reader.fault(
      `Only numbers have bars before: close[${token.text}] > open[${token.text}]. If it may have been since, write within ${token.text} bars.`,
      { start: token.start, end: reader.peek(2).end },
      `within ${token.text} bars`,
    );
  return reader.fault('How long something holds is said with for.', token, `for ${token.text}`);
}

/** The direction that a colour or mood stands for. */
export function directionMeant(word: string): 'up' | 'down' | undefined {
  if (['up', 'green', 'bullish', 'buy', 'positive', 'upward', 'upwards'].includes(word)) return 'up';
  if (['down', 'red', 'bearish', 'sell', 'negative', 'downward', 'downwards'].includes(word)) return 'down';
  return undefined;
}

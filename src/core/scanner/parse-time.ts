import type { Condition } from './expression.ts';
import { isWord, type Reader } from './reader.ts';
import { shownText } from './unexpected.ts';

/** `time between 09:30 and 14:30`, `time after 10:00`, `time before 15:00`. */
export function readTime(reader: Reader): Condition {
  const { start } = reader.take();
  reader.takeWord('is');
  if (reader.takeWord('between', 'from')) {
    const from = readClock(reader);
    if (!reader.takeWord('and', 'to', 'until') && !reader.takeSign('-'))
      throw reader.fault('The second time is missing, as in time between 09:30 and 14:30.', reader.token, null);
    const to = readClock(reader);
    return reader.node({ kind: 'time', from, to }, start);
  }
  if (reader.takeWord('after') || reader.takeSign('>='))
    return reader.node({ kind: 'time', from: readClock(reader), to: undefined }, start);
  if (reader.takeWord('before', 'until') || reader.takeSign('<'))
    return reader.node({ kind: 'time', from: undefined, to: readClock(reader) }, start);
  const isSign = reader.token.kind === 'sign';
  throw reader.fault(
    'Say when: time between 09:30 and 14:30, time after 10:00 or time before 15:00.',
    reader.token,
    isSign && reader.token.says.startsWith('>')
      ? 'after'
      : isSign && reader.token.says.startsWith('<')
        ? 'before'
        : null,
  );
}

/** Minutes after midnight. */
function readClock(reader: Reader): number {
  const { token } = reader;
  if (token.kind === 'clock') {
    const [hours = 0, minutes = 0] = token.text.split(':').map(Number);
    if (hours < 24 && minutes < 60 && /:\d\d$/u.test(token.text)) {
      const after = reader.peek(1);
      if (isWord(after, 'am', 'pm')) {
        const of24 = (hours % 12) + (after.says === 'pm' ? 12 : 0);
        const meant = formatClock(60 * of24 + minutes);
        throw reader.fault(`Times have 24 hours: ${meant}.`, { start: token.start, end: after.end }, meant);
      }
      reader.take();
      return 60 * hours + minutes;
    }
    throw reader.fault(
      `${shownText(token)} is no time of day: there are 00:00 to 23:59.`,
      token,
      formatClock(60 * Math.min(hours, 23) + Math.min(minutes, 59)),
    );
  }
  const half = token.kind === 'number' ? /^(\d{1,2})(am|pm)$/u.exec(token.text.toLowerCase()) : null;
  if (half !== null) {
    const meant = formatClock(60 * ((Number(half[1]) % 12) + (half[2] === 'pm' ? 12 : 0)));
    throw reader.fault(`Times have 24 hours: ${meant}.`, token, meant);
  }
  const digits = token.kind === 'number' ? /^(\d{1,2})(?:[.:]?(\d\d))?$/u.exec(token.text) : null;
  const minutes = 60 * Number(digits?.[1] ?? 24) + Number(digits?.[2] ?? 0);
  const isTime = Number(digits?.[1] ?? 24) < 24 && Number(digits?.[2] ?? 0) < 60;
  throw reader.fault('A time of day is written like 09:30.', token, isTime ? formatClock(minutes) : null);
}

/** `09:30` of minutes after midnight. */
export function formatClock(minutes: number): string {
  const pad = (number: number) => String(number).padStart(2, '0');
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

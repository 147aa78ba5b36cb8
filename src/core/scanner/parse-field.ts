import { BAR_FIELDS, DAY_FIELDS, type Field, type NumberExpression } from './expression.ts';
import { isWord, type Reader } from './reader.ts';
import { nearest } from './suggest.ts';

const PREVIOUS = ['previous', 'prev'];
const OF_DAY = ['open', 'high', 'low', 'volume', 'change'];
const OF_PREVIOUS_DAY = ['open', 'high', 'low', 'close', 'volume'];

/**
 * A field of one or several words: `close`, `day high`, `today's high`, `previous day close`, `yesterday's low`.
 * Undefined where none begins.
 */
export function readField(reader: Reader): NumberExpression | undefined {
  const { token } = reader;
  const single = [...BAR_FIELDS, 'gap' as const].find((name) => isWord(token, name));
  if (single !== undefined) {
    reader.take();
    return reader.node({ kind: 'field', name: single }, token.start);
  }
  if (reader.takeWord('day', 'today')) return ofDay(reader, token.start, 'day', OF_DAY);
  if (reader.takeWord('yesterday')) return ofDay(reader, token.start, 'previous day', OF_PREVIOUS_DAY);
  if (!reader.takeWord(...PREVIOUS)) return undefined;
  if (reader.takeWord('day')) return ofDay(reader, token.start, 'previous day', OF_PREVIOUS_DAY);
  const word = reader.token;
  const isField = isWord(word, ...OF_PREVIOUS_DAY);
  throw reader.fault(
    isField
      ? `Say which one is meant: previous day ${word.says}, or ${word.says}[1] of the bar before.`
      : 'Say what of the previous day is meant, like previous day high.',
    isField ? { start: token.start, end: word.end } : token,
    isField ? `previous day ${word.says}` : 'previous day high',
  );
}

function ofDay(reader: Reader, start: number, day: string, known: readonly string[]): NumberExpression {
  const word = reader.token;
  if (word.says === 'close' && day === 'day')
    throw reader.fault(
      "There is no day close: the day's last price so far is close.",
      { start, end: word.end },
      'close',
    );
  const name = DAY_FIELDS.find((field) => field === `${day} ${word.says}`) satisfies Field | undefined;
  if (word.kind === 'word' && name !== undefined) {
    reader.take();
    return reader.node({ kind: 'field', name }, start);
  }
  const meant = word.kind === 'word' ? nearest(word.says, known) : undefined;
  throw reader.fault(
    `Say what of the ${day} is meant: ${known.map((field) => `${day} ${field}`).join(', ')}.`,
    word.kind === 'word' && meant !== undefined ? { start, end: word.end } : { start, end: reader.end },
    `${day} ${meant ?? 'high'}`,
  );
}

import { SCAN_LIMITS } from './limits.ts';
import type { Reader } from './reader.ts';
import { nearest } from './suggest.ts';

const BAR_WORDS = ['bar', 'bars', 'candle', 'candles'];
const COUNTS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const MULTIPLIERS: ReadonlyMap<string, number> = new Map([
  ['k', 1e3],
  ['lakh', 1e5],
  ['lakhs', 1e5],
  ['lac', 1e5],
  ['lacs', 1e5],
  ['million', 1e6],
  ['mn', 1e6],
  ['cr', 1e7],
  ['crore', 1e7],
  ['crores', 1e7],
]);

/** A number as written: `50`, `1.5`, `2 lakh`, `10k`. Undefined where none comes next; `15m` is none. */
export function readLiteral(reader: Reader): number | undefined {
  const { token } = reader;
  if (token.kind !== 'number') return undefined;
  const attached = MULTIPLIERS.get(token.unit);
  if (token.unit !== '' && attached === undefined) return undefined;
  reader.take();
  const after = reader.token;
  const apart = token.unit === '' && after.kind === 'word' ? MULTIPLIERS.get(after.says) : undefined;
  if (apart !== undefined) reader.take();
  const times = attached ?? apart;
  // 1.1 lakh is 110000, not 110000.00000000001.
  const value = times === undefined ? token.value : Number((token.value * times).toPrecision(15));
  if (Number.isFinite(value)) return value;
  throw reader.fault('This number is too large to reckon with.', { start: token.start, end: reader.end });
}

/** Whether `3 bars` comes next, so many pieces ahead. */
export function startsBars(reader: Reader, ahead = 0): boolean {
  const [number, word] = [reader.peek(ahead), reader.peek(ahead + 1)];
  return number.kind === 'number' && word.kind === 'word' && BAR_WORDS.includes(word.says);
}

/** `3 bars`, perhaps after `the last`. */
export function readBars(reader: Reader): number {
  reader.takeWord('the');
  reader.takeWord('last');
  const bars = readWhole(reader, 1);
  if (reader.takeWord(...BAR_WORDS)) return bars;
  const { token } = reader;
  // A misspelling, or a stretch of time.
  const isTypo =
    nearest(token.says, BAR_WORDS) !== undefined || /^(day|session|minute|min|hour|time)s?$/u.test(token.says);
  throw reader.fault(
    'Count in bars here, like 3 bars.',
    token,
    isTypo || token.kind === 'end' ? 'bars' : `bars ${token.text}`,
  );
}

/** A number of bars to reach back, at least `least`. */
export function readWhole(reader: Reader, least: number): number {
  const { token } = reader;
  if (reader.isSign('-'))
    throw reader.fault('Bars are counted backwards, without a minus: close[1] is the bar before.', token, '');
  if (token.kind !== 'number' || token.unit !== '') {
    const spelled = COUNTS.indexOf(token.says) + 1;
    throw reader.fault('A number of bars is missing here, like 3.', token, spelled > 0 ? String(spelled) : null);
  }
  reader.take();
  const { value } = token;
  if (Number.isInteger(value) && value >= least && value <= SCAN_LIMITS.reach) return value;
  const meant = Math.min(SCAN_LIMITS.reach, Math.max(least, Math.round(value)));
  throw reader.fault(
    `A number of bars is whole, from ${least} to ${SCAN_LIMITS.reach}.`,
    token,
    Number.isFinite(meant) ? String(meant) : null,
  );
}

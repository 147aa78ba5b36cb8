import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../brand.ts';
import { INTRADAY_MS, isTimeframe, TIMEFRAMES, type Timeframe } from '../timeframe.ts';
import type { Token } from './lex.ts';
import type { Reader } from './reader.ts';
import { nearest } from './suggest.ts';

interface Unit {
  /** Of a stretch within a day; the others are whole words of the calendar. */
  readonly ms?: number;
  readonly calendar?: 'd' | 'w' | 'mo';
}

const UNITS: ReadonlyMap<string, Unit> = new Map([
  ...units(['s', 'sec', 'second', 'seconds'], { ms: SECOND_MS }),
  ...units(['m', 'min', 'mins', 'minute', 'minutes'], { ms: MINUTE_MS }),
  ...units(['h', 'hr', 'hour', 'hours'], { ms: HOUR_MS }),
  ...units(['d', 'day', 'days'], { calendar: 'd' }),
  ...units(['w', 'week', 'weeks'], { calendar: 'w' }),
  ...units(['mo', 'month', 'months'], { calendar: 'mo' }),
]);

function units(words: readonly string[], unit: Unit): (readonly [string, Unit])[] {
  return words.map((word) => [word, unit]);
}

/** Where an `on` stands or a timeframe within a call: how long the bars are, and whether the one in progress counts. */
export interface BarsAsked {
  readonly timeframe: Timeframe;
  readonly forming: boolean;
}

/** Whether `15m`, `5 minutes` or `forming 1h` comes next. */
export function startsTimeframe(reader: Reader): boolean {
  return reader.isWord('forming') || unitAt(reader.token, reader.peek(1)) !== undefined;
}

/** A timeframe: `15m`, `5 minutes`, `1 day`, perhaps after `forming`. */
export function readTimeframe(reader: Reader): BarsAsked {
  const forming = reader.takeWord('forming');
  const { token } = reader;
  const unit = unitAt(token, reader.peek(1));
  if (unit === undefined) {
    const meant = token.kind === 'number' ? `${token.value}m` : nearest(token.text, TIMEFRAMES);
    // "15 m": one letter by itself is read as nothing else here.
    const [after, isSplit] = [reader.peek(1), token.kind === 'number' && token.unit === ''];
    const joined = `${token.text}${after.says}`;
    if (isSplit && after.kind === 'word' && after.says.length < 3 && isTimeframe(joined))
      throw reader.fault(`Write ${joined}, without a space.`, { start: token.start, end: after.end }, joined);
    throw reader.fault(
      token.kind === 'number' && token.unit === ''
        ? 'Say how long these bars are: 15m for minutes, 1h for hours, 1d for days.'
        : `A timeframe is missing here, like 15m, 1h or 1d.`,
      token,
      meant !== undefined && isTimeframe(meant) ? meant : null,
    );
  }
  reader.take();
  if (token.unit === '') reader.take();
  const timeframe = named(token.value, unit);
  if (timeframe === undefined) {
    const span = { start: token.start, end: reader.end };
    const meant = closest(token.value, unit);
    throw reader.fault(
      `There are no bars of ${reader.since(token.start)}. There are ${TIMEFRAMES.join(', ')}.`,
      span,
      meant,
    );
  }
  return { timeframe, forming };
}

/** The unit of a number: attached, `15m`, or the whole word after it, `15 minutes`. */
function unitAt(number: Token, after: Token): Unit | undefined {
  if (number.kind !== 'number') return undefined;
  if (number.unit !== '') return UNITS.get(number.unit);
  // One letter by itself is somebody's name for something else.
  return after.kind === 'word' && after.says.length > 2 ? UNITS.get(after.says) : undefined;
}

function named(value: number, { ms, calendar }: Unit): Timeframe | undefined {
  if (ms === undefined) {
    const name = `${value}${calendar ?? ''}`;
    return isTimeframe(name) ? name : undefined;
  }
  return TIMEFRAMES.find((timeframe) => lengthOf(timeframe) === value * ms);
}

function closest(value: number, { ms, calendar }: Unit): Timeframe {
  if (ms === undefined) return calendar === 'w' ? '1w' : calendar === 'mo' ? '1mo' : '1d';
  const off = (timeframe: Timeframe) => Math.abs((lengthOf(timeframe) ?? Number.POSITIVE_INFINITY) - value * ms);
  return TIMEFRAMES.reduce((best, timeframe) => (off(timeframe) < off(best) ? timeframe : best));
}

function lengthOf(timeframe: Timeframe): number | undefined {
  return (INTRADAY_MS as Partial<Record<Timeframe, number>>)[timeframe];
}

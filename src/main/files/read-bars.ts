import type { BarRow } from '../../core/check-bars.ts';
import { AppError } from '../../core/errors.ts';
import { readBytes } from '../read-bytes.ts';
import { timeOf } from './read-time.ts';

/** A row of a file as it is written there, to be checked. */
export interface FileRow extends BarRow {
  /** Counted from 1, the header included. */
  readonly line: number;
  /** What the file's column `instrument` says. */
  readonly instrument: string | undefined;
}

/** The bars of a file, in its order. */
export interface BarFile {
  readonly path: string;
  readonly rows: readonly FileRow[];
}

const TIMES = ['time', 'time_ms', 'timestamp', 'datetime', 'date'];
const PRICES = ['open', 'high', 'low', 'close'];
const KNOWN = new Set([...PRICES, 'volume', 'instrument']);

/**
 * Reads a CSV file of bars, plain or gzipped: a header with `time,open,high,low,close` and perhaps `volume` and
 * `instrument`, in any order and among others. Times are unix seconds, milliseconds or ISO texts with their zone.
 * No row is judged here: what cannot be read is NaN, and a row of another width than the header's is NaN throughout.
 *
 * Throws an AppError that names the file when it is not one of bars at all.
 */
export async function readBarFile(path: string): Promise<BarFile> {
  return parseBarFile(await readBytes(path), path);
}

/** As `readBarFile`, of bytes; `path` is for messages. */
export function parseBarFile(bytes: Uint8Array, path: string): BarFile {
  const lines = linesOf(bytes);
  const [, header = ''] = lines.next().value ?? [];
  const places = placesOf(header, path);
  const rows: FileRow[] = [];
  for (const [line, text] of lines) if (text !== '') rows.push(rowOf(text, line, places));
  if (rows.length === 0)
    throw new AppError('invalid-input', `${path} has a header but no rows. Choose a file with bars.`);
  return { path, rows };
}

/** Where each field stands in a row; -1 for one that the file has not. */
interface Places {
  readonly width: number;
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly instrument: number;
}

function placesOf(header: string, path: string): Places {
  const fields = header.split(',').map((field) => unquoted(field).toLowerCase());
  const time = fields.findIndex((field) => TIMES.includes(field));
  if (time < 0 || !PRICES.every((field) => fields.includes(field)))
    throw new AppError(
      'invalid-input',
      `${path} has no bars: its first line is "${header.slice(0, 60)}", and must name time, open, high, low and close.` +
        (fields.includes('price') ? ' Make bars of prices with "resample" first.' : ''),
    );
  const twice = fields.find((field, at) => (KNOWN.has(field) || at === time) && fields.lastIndexOf(field) !== at);
  if (twice !== undefined)
    throw new AppError('invalid-input', `${path} has two columns named ${twice}. Remove or rename one of them.`);
  const [open = -1, high = -1, low = -1, close = -1] = PRICES.map((field) => fields.indexOf(field));
  const [volume, instrument] = [fields.indexOf('volume'), fields.indexOf('instrument')];
  return { width: fields.length, time, open, high, low, close, volume, instrument };
}

function rowOf(text: string, line: number, places: Places): FileRow {
  const fields = text.split(',');
  const at = (place: number): string => unquoted(fields[place] ?? '');
  const instrument = places.instrument < 0 ? undefined : at(places.instrument);
  const isRow = fields.length === places.width;
  const number = (place: number): number => (isRow ? numberOf(at(place)) : Number.NaN);
  return {
    openTime: isRow ? timeOf(at(places.time)) : Number.NaN,
    open: number(places.open),
    high: number(places.high),
    low: number(places.low),
    close: number(places.close),
    volume: places.volume < 0 || at(places.volume) === '' ? undefined : number(places.volume),
    line,
    instrument,
  };
}

const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function numberOf(text: string): number {
  return PLAIN_NUMBER.test(text) ? Number(text) : Number.NaN;
}

function unquoted(field: string): string {
  const text = field.trim();
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

/** How much is made a text at once: all of a large file in one would be beyond what a text may be. */
const BLOCK_BYTES = 1 << 24;
const NEWLINE = 10;

/** Each line with its number, without the line break. */
function* linesOf(bytes: Uint8Array): Generator<readonly [line: number, text: string], undefined> {
  // TextDecoder drops a byte order mark.
  const decoder = new TextDecoder();
  let line = 0;
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, start + BLOCK_BYTES);
    const end = newline < 0 ? bytes.length : newline;
    for (const text of decoder.decode(bytes.subarray(start, end)).split('\n')) {
      line += 1;
      yield [line, text.trimEnd()];
    }
    start = end + 1;
  }
  return undefined;
}

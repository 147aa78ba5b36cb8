import { SECOND_MS } from '../../../core/brand.ts';
import { createColumns, sliceColumns } from '../../../core/candle-columns.ts';
import { AppError } from '../../../core/errors.ts';
import { countLines, type RowFault, type RowPlan, readRows } from './csv-rows.ts';
import type { BarsFile, MarketFile, SecondsFile, TicksFile } from './market-file.ts';

const BARS = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;
const SECONDS = ['time', 'price'] as const;
const TICKS = ['time_ms', 'price', 'cum_volume'] as const;
/** Columns that are read: of these no file may have two. */
const KNOWN: ReadonlySet<string> = new Set([...BARS, ...SECONDS, ...TICKS]);
const CUM_VOLUME_SLOT = TICKS.indexOf('cum_volume');

/** Later than any market and earlier than the same number would be in milliseconds (year 5138; 1973). */
const SECONDS_END = 1e11;

/** Far above any price or volume there is: a larger number is rubbish, and sums of such would not be finite. */
const NUMBERS_END = 1e18;

/** Bytes of one file on the way to columns. */
interface Source {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly fields: readonly string[];
  /** Where the first row begins. */
  readonly from: number;
}

/**
 * Turns the text of a market file into columns. The header tells its kind: `time,open,high,low,close,volume`
 * are bars and `time,price` are seconds, both in unix seconds; `time_ms,price,…,cum_volume` are ticks in
 * milliseconds. Further columns are left unread. `name` is for messages.
 *
 * Throws `invalid-input` for a file that is empty or of no known kind, and for the first broken row, by its line.
 */
export function parseMarketFile(bytes: Uint8Array, name: string): MarketFile {
  const source = readHeader(bytes, name);
  const has = (columns: readonly string[]): boolean => columns.every((column) => source.fields.includes(column));
  if (has(['time_ms', 'price'])) return parseTicks(source);
  if (has(BARS.slice(0, 5))) return parseBars(source);
  if (has(SECONDS)) return parseSeconds(source);
  throw new AppError(
    'invalid-input',
    `${name} is not a market file: its first line is "${firstLine(source.fields)}". ` +
      'It must be one of time,open,high,low,close,volume · time,price · time_ms,price,last_qty,cum_volume.',
  );
}

/** For a terminal, which obeys what is in a file that is no text. */
function firstLine(fields: readonly string[]): string {
  return fields
    .join(',')
    .slice(0, 60)
    .replace(/\p{C}|\uFFFD/gu, '?');
}

function parseBars(source: Source): BarsFile {
  const all = createColumns(countLines(source.bytes, source.from));
  let previous = Number.NEGATIVE_INFINITY;
  let barMs = Number.POSITIVE_INFINITY;
  const rows = read(source, BARS, new Set(), (values, index) => {
    const [seconds = 0, open = 0, high = 0, low = 0, close = 0, volume = 0] = values;
    const time = Math.round(seconds * SECOND_MS);
    const fault =
      timeFault(seconds, time, previous) ?? barFault(open, high, low, close) ?? volumeFault('volume', volume);
    if (fault !== undefined) return fault;
    barMs = Math.min(barMs, time - previous);
    previous = time;
    all.openTime[index] = time;
    all.open[index] = open;
    all.high[index] = high;
    all.low[index] = low;
    all.close[index] = close;
    all.volume[index] = volume;
    return undefined;
  });
  if (!source.fields.includes('volume')) all.volume.fill(Number.NaN);
  return { kind: 'bars', columns: sliceColumns(all, 0, rows), barMs: Number.isFinite(barMs) ? barMs : undefined };
}

function parseSeconds(source: Source): SecondsFile {
  const lines = countLines(source.bytes, source.from);
  const [times, prices] = [new Float64Array(lines), new Float64Array(lines)];
  let previous = Number.NEGATIVE_INFINITY;
  const rows = read(source, SECONDS, new Set(), (values, index) => {
    const [seconds = 0, price = 0] = values;
    const time = Math.round(seconds * SECOND_MS);
    const fault = timeFault(seconds, time, previous) ?? priceFault('price', price);
    if (fault !== undefined) return fault;
    previous = time;
    times[index] = time;
    prices[index] = price;
    return undefined;
  });
  return { kind: 'seconds', time: times.subarray(0, rows), price: prices.subarray(0, rows) };
}

function parseTicks(source: Source): TicksFile {
  const lines = countLines(source.bytes, source.from);
  const [times, prices, volumes] = [new Float64Array(lines), new Float64Array(lines), new Float64Array(lines)];
  const rows = read(source, TICKS, new Set([CUM_VOLUME_SLOT]), (values, index) => {
    const [time = 0, price = 0, volume = 0] = values;
    if (time < SECONDS_END || time >= SECONDS_END * SECOND_MS) return `time_ms is not a time in milliseconds: ${time}`;
    const fault = priceFault('price', price) ?? volumeFault('cum_volume', volume);
    if (fault !== undefined) return fault;
    times[index] = Math.round(time);
    prices[index] = price;
    volumes[index] = volume;
    return undefined;
  });
  const dayVolume = volumes.subarray(0, rows);
  if (!source.fields.includes('cum_volume')) dayVolume.fill(Number.NaN);
  return { kind: 'ticks', time: times.subarray(0, rows), price: prices.subarray(0, rows), dayVolume };
}

function read(
  source: Source,
  wanted: readonly string[],
  optional: ReadonlySet<number>,
  row: (values: Float64Array, index: number) => RowFault | undefined,
): number {
  const { bytes, from, fields, name } = source;
  const plan: RowPlan = { fields, slots: fields.map((field) => wanted.indexOf(field)), optional };
  const rows = readRows(bytes, from, plan, {
    row,
    fail: (line, fault) => {
      throw new AppError('invalid-input', `${name}, line ${line}: ${fault}. Correct or remove the row and try again.`, {
        context: { line },
      });
    },
  });
  if (rows === 0) throw new AppError('invalid-input', `${name} has a header but no rows. Choose a file with prices.`);
  return rows;
}

function timeFault(seconds: number, time: number, previous: number): RowFault | undefined {
  if (seconds <= 0 || seconds >= SECONDS_END) return `time is not a time in unix seconds: ${seconds}`;
  if (time === previous) return `time ${seconds} is there twice`;
  if (time < previous) return `time ${seconds} is earlier than the row before`;
  return undefined;
}

function barFault(open: number, high: number, low: number, close: number): RowFault | undefined {
  if (low > 0 && high < NUMBERS_END && open >= low && open <= high && close >= low && close <= high) return undefined;
  const fault =
    priceFault('open', open) ?? priceFault('high', high) ?? priceFault('low', low) ?? priceFault('close', close);
  if (fault !== undefined) return fault;
  if (high < low) return `high ${high} is below low ${low}`;
  const [field, price] = open < low || open > high ? ['open', open] : ['close', close];
  return `${field} ${price} lies outside low ${low} and high ${high}`;
}

function priceFault(field: string, price: number): RowFault | undefined {
  if (price > 0) return price < NUMBERS_END ? undefined : `${field} is too large for a price: ${price}`;
  return `${field} is not a positive price: ${price}`;
}

function volumeFault(field: string, volume: number): RowFault | undefined {
  if (volume < 0) return `${field} is negative: ${volume}`;
  return volume >= NUMBERS_END ? `${field} is too large for a volume: ${volume}` : undefined;
}

function readHeader(bytes: Uint8Array, name: string): Source {
  const newline = bytes.indexOf(10);
  const end = newline < 0 ? bytes.length : newline;
  // TextDecoder drops a byte order mark.
  const header = new TextDecoder().decode(bytes.subarray(0, end)).trim();
  if (header === '') throw new AppError('invalid-input', `${name} is empty. Choose a file with a header and prices.`);
  const fields = header.split(',').map((field) => field.trim().toLowerCase());
  const twice = fields.find((field, index) => KNOWN.has(field) && fields.indexOf(field) !== index);
  if (twice !== undefined)
    throw new AppError('invalid-input', `${name} has two columns named ${twice}. Remove or rename one of them.`);
  return { bytes, name, fields, from: end + 1 };
}

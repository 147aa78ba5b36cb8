import { resolve } from 'node:path';
import { type EpochMs, SECOND_MS } from '../../core/brand.ts';
import { dateAt, IST_OFFSET_MS } from '../../core/calendar-date.ts';
import type { CandleColumns } from '../../core/candle-columns.ts';
import { AppError } from '../../core/errors.ts';
import { COLUMN_KINDS } from '../../core/indicators/column-kinds.ts';
import { type Column, columnForm, parseColumns } from '../../core/indicators/columns.ts';
import type { Bar } from '../../core/indicators/indicator.ts';
import type { DayOf } from '../../core/indicators/vwap.ts';
import type { MarketFile } from '../brokers/replay/market-file.ts';
import { readMarketFile } from '../brokers/replay/read-market-file.ts';
import { type CliCommand, type CliIo, readArgs, UsageError } from './cli-command.ts';
import { lineWriter } from './line-writer.ts';

const USAGE = 'indicators FILE --columns LIST [--calendar nse|24x7]';
const EXAMPLE = '"ema(9),ema(21),rsi(14),atr(14)"';

/** How far ahead of UTC the days of a calendar begin. */
const DAY_OFFSET_MS: ReadonlyMap<string, number> = new Map([
  ['nse', IST_OFFSET_MS],
  ['24x7', 0],
]);

const columnLines = COLUMN_KINDS.map((kind) => `  ${columnForm(kind).padEnd(36)} ${kind.meaning}`);

/** Readings of a file of bars as CSV on standard output. */
export const indicatorsCommand: CliCommand = {
  name: 'indicators',
  usage: USAGE,
  help: `Usage: ${USAGE}

Reads a CSV file of bars (time,open,high,low,close,volume; time in unix seconds; plain or gzipped) or of
seconds (time,price) and writes CSV: time, close and the columns asked for. A reading that is not known, because
the indicator is still warming up or its formula has no answer, is an empty field. Numbers have full precision.

  --columns LIST      column names with commas between them, for example ${EXAMPLE}
  --calendar NAME     where a day begins, for vwap: nse (midnight in India; the default) or 24x7 (midnight UTC)

Columns:
${columnLines.join('\n')}

The numbers of macd…, bb_… and supertrend… may be left out; (12,26,9), (20,2) and (10,3) are meant then. A period
may be written without parentheses too: ema9, ema9_first, rsi14, atr14_talib, plus_di14. A name with commas in it
is quoted in the header.
`,
  run,
};

async function run(args: readonly string[], io: CliIo): Promise<number> {
  const { path, columns } = readRequest(args, io);
  const rows = barsOf(await readMarketFile(path), path);
  const writer = lineWriter(io.out);
  await writer.line(['time', 'close', ...columns.map(({ name }) => csvField(name))].join(','));
  let studies = columns.map(({ study }) => study);
  for (let index = 0; index < rows.openTime.length; index += 1) {
    const bar = barAt(rows, index);
    studies = studies.map((study) => study.next(bar));
    await writer.line([bar.openTime / SECOND_MS, bar.close, ...studies.map(({ value }) => value ?? '')].join(','));
  }
  await writer.flush();
  return 0;
}

function readRequest(args: readonly string[], { cwd }: CliIo): { path: string; columns: readonly Column[] } {
  const { values, positionals } = readArgs(USAGE, {
    args: [...args],
    allowPositionals: true,
    options: { columns: { type: 'string' }, calendar: { type: 'string', default: 'nse' } },
  });
  const [file, ...others] = positionals;
  if (file === undefined) throw new UsageError(`Say which file to read. Usage: ${USAGE}`);
  if (others.length > 0) throw new UsageError(`One file at a time: ${positionals.join(', ')}. Usage: ${USAGE}`);
  if (values.columns === undefined)
    throw new UsageError(`Say which columns to make, for example --columns ${EXAMPLE}.`);
  const offset = DAY_OFFSET_MS.get(values.calendar);
  if (offset === undefined)
    throw new UsageError(
      `There is no calendar "${values.calendar}". Choose ${[...DAY_OFFSET_MS.keys()].join(' or ')}.`,
    );
  const dayOf: DayOf = (openTime) => dateAt(openTime as EpochMs, offset);
  return { path: resolve(cwd, file), columns: columnsOf(values.columns, dayOf) };
}

/** A column that does not exist is wrong usage, not a failure. */
function columnsOf(list: string, dayOf: DayOf): readonly Column[] {
  try {
    return parseColumns(list, dayOf);
  } catch (thrown) {
    throw thrown instanceof AppError ? new UsageError(thrown.message, { cause: thrown }) : thrown;
  }
}

function barsOf(file: MarketFile, path: string): CandleColumns {
  if (file.kind === 'bars') return file.columns;
  if (file.kind === 'seconds') {
    const { time, price } = file;
    const volume = new Float64Array(time.length).fill(Number.NaN);
    return { openTime: time, open: price, high: price, low: price, close: price, volume };
  }
  throw new AppError(
    'invalid-input',
    `${path} holds ticks, and indicators are made of bars. Make bars first: resample ${path} --to 1m > bars.csv`,
  );
}

/** Row `index`, which must exist. */
function barAt({ openTime, open, high, low, close, volume }: CandleColumns, index: number): Bar {
  const traded = volume[index] as number;
  return {
    openTime: openTime[index] as number,
    open: open[index] as number,
    high: high[index] as number,
    low: low[index] as number,
    close: close[index] as number,
    volume: Number.isNaN(traded) ? undefined : traded,
  };
}

/** Quoted where the text would part the row. */
function csvField(text: string): string {
  return text.includes(',') ? `"${text}"` : text;
}

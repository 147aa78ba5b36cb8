import { resolve } from 'node:path';
import { type EpochMs, SECOND_MS } from '../../core/brand.ts';
import { type Calendar, ROUND_THE_CLOCK } from '../../core/calendar.ts';
import { type CandleColumns, createColumns } from '../../core/candle-columns.ts';
import { VolumeMeter } from '../../core/day-volume.ts';
import { firstRowAnchor, resampleColumns } from '../../core/resample.ts';
import { INTRADAY_MS, isIntraday, isTimeframe, TIMEFRAMES, type Timeframe } from '../../core/timeframe.ts';
import type { MarketFile } from '../brokers/replay/market-file.ts';
import { readMarketFile } from '../brokers/replay/read-market-file.ts';
import { type CliCommand, type CliIo, readArgs, UsageError } from './cli-command.ts';
import { openKnownCalendars } from './known-market.ts';
import { lineWriter } from './line-writer.ts';
import { dataFolder } from './store-options.ts';

const USAGE = 'resample FILE --to TF [--calendar nse|24x7]';

const HELP = `Usage: ${USAGE}

Makes longer bars and writes them as CSV: time,open,high,low,close,volume. FILE holds bars, seconds
(time,price) or ticks, told from its header; plain or .gz. time is unix seconds of the bar's start.

  --to TF            one of ${TIMEFRAMES.join(' ')}
  --calendar NAME    nse (the default): bars are counted from the day's session open, weeks begin on Monday,
                     months are the IST calendar's; calendar.json in the data folder counts. 24x7: days, weeks and
                     months begin at midnight UTC.

No row is dropped: rows outside continuous trading go on in the day's grid. The time of 1d, 1w and 1mo is the
session open of the first day with rows. Where the input has no volume, 0 is written.
`;

export const resampleCommand: CliCommand = {
  name: 'resample',
  usage: USAGE,
  help: HELP,
  async run(args, io) {
    const { path, timeframe, calendar } = readRequest(args, io);
    const file = await readMarketFile(path);
    checkLength(file, path, timeframe);
    await print(resampleColumns(columnsOf(file, calendar), timeframe, calendar, firstRowAnchor), io);
    return 0;
  },
};

function readRequest(args: readonly string[], io: CliIo) {
  const { values, positionals } = readArgs(USAGE, {
    args: [...args],
    allowPositionals: true,
    options: { to: { type: 'string' }, calendar: { type: 'string', default: 'nse' } },
  });
  const [file, ...others] = positionals;
  if (file === undefined) throw new UsageError(`Say which file to read. Usage: ${USAGE}`);
  if (others.length > 0) throw new UsageError(`One file at a time: ${positionals.join(', ')}. Usage: ${USAGE}`);
  const { to } = values;
  if (to === undefined || !isTimeframe(to))
    throw new UsageError(`Say with --to which bars to make; ${to ?? 'nothing'} is none of ${TIMEFRAMES.join(' ')}.`);
  return { path: resolve(io.cwd, file), timeframe: to, calendar: calendarOf(values.calendar, io) };
}

function calendarOf(name: string, io: CliIo): Calendar {
  if (name === '24x7') return ROUND_THE_CLOCK;
  if (name === 'nse') return openKnownCalendars(dataFolder({}, io), io).calendarOf('nse-cas');
  throw new UsageError(`There is no calendar "${name}". Choose nse or 24x7.`);
}

/** Bars cannot be made of longer ones. */
function checkLength(file: MarketFile, path: string, timeframe: Timeframe): void {
  const barMs = file.kind === 'bars' ? file.barMs : undefined;
  if (barMs === undefined || !isIntraday(timeframe) || barMs <= INTRADAY_MS[timeframe]) return;
  throw new UsageError(
    `${path} has bars of ${barMs / SECOND_MS} seconds; ${timeframe} bars are shorter and cannot be made of them.`,
  );
}

/** Prices are bars of one value; what a day's running total grew by is the volume. */
function columnsOf(file: MarketFile, calendar: Calendar): CandleColumns {
  if (file.kind === 'bars') return file.columns;
  const { time, price } = file;
  const volume = createColumns(time.length).volume;
  const rows: CandleColumns = { openTime: time, open: price, high: price, low: price, close: price, volume };
  return file.kind === 'seconds' ? rows : withVolume(inOrder(rows, file.dayVolume), calendar);
}

/** Ticks are recorded as they came; a bar wants them as they happened. Equal times keep their order. */
function inOrder({ openTime, open: price }: CandleColumns, dayVolume: Float64Array): CandleColumns {
  const order = Array.from(openTime, (_time, row) => row).sort((a, b) => (openTime[a] ?? 0) - (openTime[b] ?? 0));
  const pick = (column: Float64Array) => Float64Array.from(order, (row) => column[row] ?? Number.NaN);
  const sorted = pick(price);
  return { openTime: pick(openTime), open: sorted, high: sorted, low: sorted, close: sorted, volume: pick(dayVolume) };
}

function withVolume(rows: CandleColumns, calendar: Calendar): CandleColumns {
  const meter = new VolumeMeter();
  const volume = rows.volume.map((total, row) => {
    const date = calendar.dateOf((rows.openTime[row] ?? 0) as EpochMs);
    return meter.next(Number.isNaN(total) ? undefined : total, date) ?? 0;
  });
  return { ...rows, volume };
}

async function print({ openTime, open, high, low, close, volume }: CandleColumns, io: CliIo): Promise<void> {
  const lines = lineWriter(io.out);
  await lines.line('time,open,high,low,close,volume');
  for (let row = 0; row < openTime.length; row += 1) {
    const traded = volume[row] ?? Number.NaN;
    const prices = [open[row], high[row], low[row], close[row]];
    await lines.line([(openTime[row] ?? 0) / SECOND_MS, ...prices, Number.isNaN(traded) ? 0 : traded].join(','));
  }
  await lines.flush();
}

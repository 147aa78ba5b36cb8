import { resolve } from 'node:path';
import type { EpochMs, InstrumentKey, TradingDate } from '../../core/brand.ts';
import { actionsInForce } from '../../core/corporate-action.ts';
import { AppError } from '../../core/errors.ts';
import { isTimeframe, TIMEFRAMES, type Timeframe } from '../../core/timeframe.ts';
import { keyOfSymbol } from '../brokers/replay/replay-file.ts';
import { Archive } from '../engine/archive.ts';
import { FILE_FORMATS, type FileFormat } from '../files/bar-sheet.ts';
import { type ExportPart, exportCandles } from '../files/export-candles.ts';
import { refuseExisting } from '../files/new-file.ts';
import type { StoreReader } from '../store/open-reader.ts';
import { type CliCommand, readArgs, UsageError } from './cli-command.ts';
import { openKnownMarket } from './known-market.ts';
import { writeLine } from './line-writer.ts';
import { dataFolder, openChosenStore, STORE_HELP, STORE_OPTIONS } from './store-options.ts';
import { dateOption, EVER, marketOf, NEVER, newestTime, oldestTime, type StoredMarket } from './stored-market.ts';

const USAGE =
  'export --instrument KEY... | --all --timeframe TF [--from D] [--to D] [--format csv|parquet] --out FILE [--raw] [--force] [--db FILE | --data DIR]';

const HELP = `Usage: ${USAGE}

Writes stored bars to a file. Any timeframe can be asked for: what is not stored is made of shorter bars.

  --instrument KEY  such as NSE:INFY; several times for several
  --all             every instrument of which bars are stored
  --timeframe TF    one of ${TIMEFRAMES.join(' ')}
  --from D, --to D  whole dates such as 2026-08-03, both inclusive; otherwise all that is stored
  --format FORMAT   csv or parquet; otherwise told from the name of the file, or csv
  --out FILE        appears when it is whole; one that exists is kept, unless --force overwrites it
  --raw             prices as they were traded; otherwise in the shares of today (splits, bonuses)
${STORE_HELP}

CSV: time,open,high,low,close,volume,provenance,ist; time is unix seconds of the bar's start, an unknown volume is
empty, ist is the time in India. With several instruments a last column names each row's. Parquet: instrument,
timeframe, time (timestamp, UTC), open, high, low, close, volume (null where unknown), provenance. Provenance is
live, history or official as the bar is stored, or "made" for one made of shorter bars. What is to be imported
again should be exported with --raw. A running Tickscope is not disturbed.`;

export const exportCommand: CliCommand = {
  name: 'export',
  usage: USAGE,
  help: HELP,
  async run(args, io) {
    const { values, positionals } = readArgs(USAGE, {
      args: [...args],
      allowPositionals: true,
      options: {
        instrument: { type: 'string', multiple: true },
        all: { type: 'boolean', default: false },
        timeframe: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        format: { type: 'string' },
        out: { type: 'string' },
        raw: { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
        ...STORE_OPTIONS,
      },
    });
    // Further instruments may follow the first without naming the option again.
    const symbols = [...(values.instrument ?? []), ...positionals];
    if ((values.instrument === undefined && positionals.length > 0) || symbols.length > 0 === values.all)
      throw new UsageError(`Say which bars: --instrument NSE:INFY, or --all. Usage: ${USAGE}`);
    const timeframe = timeframeOption(values.timeframe);
    const range = { from: dateOption('from', values.from), to: dateOption('to', values.to) };
    if (range.from !== undefined && range.to !== undefined && range.from > range.to)
      throw new UsageError(`--from ${range.from} lies after --to ${range.to}.`);
    if (values.out === undefined || values.out === '') throw new UsageError(`Say with --out which file to write.`);
    const format = formatOption(values.format, values.out);
    const path = resolve(io.cwd, values.out);
    refuseExisting(path, values.force, ', or overwrite it with --force');

    const store = openChosenStore(values, io);
    try {
      const market = marketOf(store, openKnownMarket(dataFolder(values, io), io));
      const wanted = values.all ? store.coveredInstruments(EVER, NEVER) : [...new Set(symbols.map(keyOfSymbol))];
      const parts = wanted.flatMap((key) => partOf(store, market, key, { timeframe, raw: values.raw, ...range }) ?? []);
      if (parts.length === 0)
        throw new AppError(
          'not-found',
          `Nothing is stored of ${values.all ? 'any instrument' : wanted.join(', ')} to make ${timeframe} bars of.`,
        );
      const file = { path, format, mayOverwrite: values.force, namesInstruments: wanted.length > 1 };
      const { bars, bytes } = await exportCandles(file, parts, market.now);
      await writeLine(io.talk, `${path}: ${bars} bars, ${(bytes / 1e6).toFixed(1)} MB`);
    } finally {
      store.close();
    }
    return 0;
  },
};

interface Wanted {
  readonly timeframe: Timeframe;
  readonly from: TradingDate | undefined;
  readonly to: TradingDate | undefined;
  readonly raw: boolean;
}

/** Undefined where nothing is stored that such bars could be made of. */
function partOf(
  store: StoreReader,
  market: StoredMarket,
  instrument: InstrumentKey,
  wanted: Wanted,
): ExportPart | undefined {
  const { timeframe, raw } = wanted;
  const calendar = market.calendarOf(instrument);
  const [oldest, newest] = [oldestTime(store, instrument, timeframe), newestTime(store, instrument, timeframe)];
  if (oldest === undefined || newest === undefined) return undefined;
  const [first, last] = [calendar.dateOf(oldest), calendar.dateOf(newest)];
  const actions = actionsInForce(store.corporateActions(), instrument, calendar.dateOf(market.now));
  const archive = new Archive(
    store,
    () => undefined,
    () => actions,
  );
  const load = (from: EpochMs, to: EpochMs) =>
    raw
      ? archive.loadAsTraded(instrument, timeframe, calendar, from, to)
      : archive.load(instrument, timeframe, calendar, from, to);
  return {
    instrument,
    timeframe,
    calendar,
    // Nothing is looked for where nothing is.
    from: wanted.from !== undefined && wanted.from > first ? wanted.from : first,
    to: wanted.to !== undefined && wanted.to < last ? wanted.to : last,
    load,
    stored: (from, to) => store.storedCandles(instrument, timeframe, from, to),
  };
}

function timeframeOption(text: string | undefined): Timeframe {
  if (text !== undefined && isTimeframe(text)) return text;
  throw new UsageError(`Say with --timeframe which bars; ${text ?? 'nothing'} is none of ${TIMEFRAMES.join(' ')}.`);
}

function formatOption(text: string | undefined, out: string): FileFormat {
  if (text === undefined) return out.endsWith('.parquet') ? 'parquet' : 'csv';
  const format = FILE_FORMATS.find((known) => known === text);
  if (format !== undefined) return format;
  throw new UsageError(`--format takes csv or parquet, not "${text}".`);
}

import { resolve } from 'node:path';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { CoveredSpan } from '../../core/day-coverage.ts';
import { segmentOf } from '../../core/segment-of.ts';
import { commonStep, timeframeOfStep } from '../../core/tell-timeframe.ts';
import { INTRADAY_MS, isIntraday, isTimeframe, TIMEFRAMES, type Timeframe } from '../../core/timeframe.ts';
import { countWholeSessions, toldSpans } from '../../core/told-spans.ts';
import { symbolOfFile } from '../brokers/replay/market-file.ts';
import { keyOfSymbol } from '../brokers/replay/replay-file.ts';
import type { Store } from '../engine/store-port.ts';
import { type CheckedFile, checkFile, withOthers } from '../files/check-file.ts';
import { type FileRow, readBarFile } from '../files/read-bars.ts';
import { systemClock } from '../platform/system-clock.ts';
import { type CliCommand, readArgs, UsageError } from './cli-command.ts';
import { changedMinutes } from './import-changes.ts';
import { auctionsText, type ImportReport, reportsJson, reportText } from './import-report.ts';
import { type KnownMarket, openKnownMarket } from './known-market.ts';
import { lineWriter } from './line-writer.ts';
import { dataFolder, marketStorePath, openForWriting } from './store-options.ts';

const USAGE = 'import FILE... [--instrument NSE:SYM] [--timeframe TF] [--dry-run] [--json] [--db FILE | --data DIR]';

const HELP = `Usage: ${USAGE}

Takes bars from CSV files, plain or .gz, into the database of real prices, as history: they overrule what a feed
told, and give way to the exchange's own word. A header must name time, open, high, low and close, and may name
volume and instrument; other columns are left unread. Times are unix seconds, milliseconds, or ISO 8601 with a
zone. Prices must be as they were traded, not adjusted for splits.

Every row is checked by itself. Refused are numbers that are none, prices of zero, a high below the low, times
outside trading hours or off the grid, bars that overlap or have not closed, rows that contradict an earlier one,
and days in the wrong zone. Good rows stay; those within the pre-open or closing auction become its bar, at whose
price the day closes. Prints how many of each, with the first lines; exit status 0 when any row is good, 1 when none
is.

  --instrument KEY  such as NSE:INFY, and of a file of several only that one; otherwise the file's column, or its
                    name up to the first "_" or "."
  --timeframe TF    otherwise told from the distance of the rows: ${TIMEFRAMES.join(' ')}
  --dry-run         check and report, and store nothing
  --json            one JSON object: {files: [{file, instrument, timeframe, rows, good, duplicates, outOfOrder,
                    wholeSessions, changed, auctions: {rows, bars, quiet}, refused: [{reason, rows, lines}],
                    shiftMinutes}], good, refused, store}
  --db FILE         this database instead
  --data DIR        the data folder; otherwise TICKSCOPE_DATA_DIR or the system's usual place

The ledger counts the minutes as known that the rows tell without a gap. Tickscope must not be running on the same
database.`;

/** Bars that go to disk in one transaction. */
const BATCH_BARS = 20_000;

export const importCommand: CliCommand = {
  name: 'import',
  usage: USAGE,
  help: HELP,
  async run(args, io) {
    const { values, positionals } = readArgs(USAGE, {
      args: [...args],
      allowPositionals: true,
      options: {
        instrument: { type: 'string' },
        timeframe: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        db: { type: 'string' },
        data: { type: 'string' },
      },
    });
    if (positionals.length === 0) throw new UsageError(`Name at least one file to import. Usage: ${USAGE}`);
    const { timeframe } = values;
    if (timeframe !== undefined && !isTimeframe(timeframe))
      throw new UsageError(`There is no timeframe "${timeframe}". Known: ${TIMEFRAMES.join(' ')}.`);
    const instrument = values.instrument === undefined ? undefined : keyOption(values.instrument);

    const path = values['dry-run'] ? undefined : marketStorePath(values, io);
    const store = path === undefined ? undefined : openForWriting(path, io);
    const reports: ImportReport[] = [];
    let failure: unknown;
    try {
      const importer = createImporter(store, openKnownMarket(dataFolder(values, io), io));
      for (const file of positionals) {
        const { rows } = await readBarFile(resolve(io.cwd, file));
        for (const [key, own] of groupRows(rows, instrument, file)) {
          const others = instrument === undefined || own.length === rows.length ? [] : without(rows, own);
          reports.push(importer(file, key, own, others, timeframe));
        }
      }
    } catch (thrown) {
      failure = thrown;
    } finally {
      store?.close();
    }
    // What was stored before a file that cannot be used is stored, and told.
    if (failure !== undefined && reports.length === 0) throw failure;
    const good = reports.reduce((sum, { checked }) => sum + checked.candles.length, 0);
    const auctions = reports.reduce((sum, { checked }) => sum + checked.auctions.length, 0);
    const lines = lineWriter(io.out);
    if (values.json) await lines.line(JSON.stringify(reportsJson(reports, path)));
    else for (const line of [...reports.flatMap(reportText), closingLine(good, auctions, path)]) await lines.line(line);
    await lines.flush();
    if (failure !== undefined) throw failure;
    return good + auctions > 0 ? 0 : 1;
  },
};

function closingLine(good: number, auctions: number, path: string | undefined): string {
  const bars = auctions === 0 ? `${good} bars` : `${good} bars and ${auctionsText(auctions)}`;
  if (path === undefined) return `Nothing was stored: this was a dry run. ${bars} are good.`;
  return good + auctions === 0 ? 'No row is good, so nothing was stored.' : `${bars} are stored in ${path}`;
}

type Importer = (
  file: string,
  key: InstrumentKey,
  rows: readonly FileRow[],
  others: readonly FileRow[],
  timeframe: Timeframe | undefined,
) => ImportReport;

/** Checks rows of one instrument and stores the good ones; `others` were not asked for. Without a store it only checks. */
function createImporter(store: Store | undefined, { instruments, calendarOf }: KnownMarket): Importer {
  const now = systemClock.now();
  return (file, instrument, rows, others, asked) => {
    const segment = segmentOf(instrument, instruments);
    const calendar = calendarOf(segment);
    const timeframe = timeframeOf(rows, asked, `${file} (${instrument})`);
    const checked = withOthers(checkFile(rows, { instrument, segment, timeframe, calendar, now }), others);
    const openTimes = checked.candles.map(({ openTime }) => openTime);
    const told = toldSpans(openTimes, timeframe, calendar);
    const covered = told.map((span) => ({ ...span, instrument, timeframe, provenance: 'history' }) as const);
    const changed = store === undefined ? 0 : save(store, checked, covered, calendar, now);
    const wholeSessions = countWholeSessions(told, openTimes, calendar);
    return { file, instrument, timeframe, rows: rows.length + others.length, checked, wholeSessions, changed };
  };
}

/** Answers how many stored bars were changed. A stretch is covered last: nothing is, unless its bars are on disk. */
function save(
  store: Store,
  { candles, auctions }: CheckedFile,
  covered: readonly CoveredSpan[],
  calendar: Calendar,
  at: EpochMs,
): number {
  for (let from = 0; from < candles.length; from += BATCH_BARS) {
    const batch = { candles: candles.slice(from, from + BATCH_BARS), provenance: 'history' } as const;
    const revisions = changedMinutes(store, batch.candles, calendar, at);
    store.saveBars({ batches: [batch], revisions, at, reason: 'import' });
  }
  if (covered.length + auctions.length > 0) store.saveBars({ batches: [], covered, auctions });
  const [first, last] = [candles[0], candles.at(-1)];
  if (first === undefined || last === undefined) return 0;
  const { instrument, timeframe } = first;
  return store
    .revisions(first.openTime, (last.openTime + 1) as EpochMs)
    .filter((each) => each.at === at && each.instrument === instrument && each.timeframe === timeframe).length;
}

function timeframeOf(rows: readonly FileRow[], asked: Timeframe | undefined, name: string): Timeframe {
  const step = commonStep(rows.map(({ openTime }) => openTime));
  const told = step === undefined ? undefined : timeframeOfStep(step);
  if (asked === undefined) {
    if (told !== undefined) return told;
    if (rows.every(({ openTime }) => Number.isNaN(openTime)))
      throw new UsageError(
        `${name} has no time that can be read. Times are unix seconds, milliseconds, or ISO 8601 with a zone, such as 2026-08-03T09:15:00+05:30.`,
      );
    const distance = step === undefined ? 'no two different times' : `rows ${step / 1_000} seconds apart`;
    throw new UsageError(`${name} has ${distance}: say with --timeframe which bars they are.`);
  }
  // Short bars that begin on the grid of longer ones would pass for these.
  if (step !== undefined && isIntraday(asked) && step < INTRADAY_MS[asked])
    throw new UsageError(`${name} has rows ${step / 1_000} seconds apart; make ${asked} bars of them with "resample".`);
  if (!isIntraday(asked) && told !== undefined && isIntraday(told))
    throw new UsageError(`${name} has bars of ${told}; make ${asked} bars of them with "resample".`);
  return asked;
}

/**
 * The rows of each instrument. With `asked`, a file of several gives only those of that one; a file of one may call
 * it as it likes.
 */
function groupRows(
  rows: readonly FileRow[],
  asked: InstrumentKey | undefined,
  file: string,
): ReadonlyMap<InstrumentKey, readonly FileRow[]> {
  const named = Map.groupBy(rows, ({ instrument }) => keyOf(instrument || symbolOfFile(file), file));
  if (asked === undefined) return named;
  if (named.size === 1) return new Map([[asked, rows]]);
  const own = named.get(asked);
  if (own !== undefined) return new Map([[asked, own]]);
  throw new UsageError(`${file} has no rows of ${asked}, but of ${[...named.keys()].slice(0, 5).join(', ')}.`);
}

function without(rows: readonly FileRow[], own: readonly FileRow[]): readonly FileRow[] {
  const kept = new Set(own);
  return rows.filter((row) => !kept.has(row));
}

function keyOf(symbol: string, file: string): InstrumentKey {
  if (SYMBOL.test(symbol)) return keyOfSymbol(symbol);
  throw new UsageError(`${file} names no instrument, but "${symbol}": say which with --instrument NSE:INFY.`);
}

/** A symbol, with or without its exchange. */
const SYMBOL = /^(?:[A-Z]+:)?[\w&.-][\w&. -]*$/;

function keyOption(text: string): InstrumentKey {
  if (SYMBOL.test(text)) return keyOfSymbol(text);
  throw new UsageError(`--instrument takes a symbol such as NSE:INFY or "M&M", not "${text}".`);
}

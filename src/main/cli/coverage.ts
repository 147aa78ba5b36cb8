import { DAY_MS, type EpochMs, type TradingDate } from '../../core/brand.ts';
import { type CountedLedger, countLedger } from '../../core/count-ledger.ts';
import { AppError } from '../../core/errors.ts';
import type { Spans } from '../../core/spans.ts';
import { istText } from '../files/bar-sheet.ts';
import type { StoreReader } from '../store/open-reader.ts';
import { type CliCommand, readArgs } from './cli-command.ts';
import { istClock, istMinute } from './ist-time.ts';
import { openKnownMarket } from './known-market.ts';
import { lineWriter } from './line-writer.ts';
import { dataFolder, openChosenStore, STORE_HELP, STORE_OPTIONS } from './store-options.ts';
import { dateOption, EVER, marketOf, NEVER, newestSession, type StoredMarket } from './stored-market.ts';
import { textTable } from './text-table.ts';

const USAGE = 'coverage [--date D] [--json] [--all] [--db FILE | --data DIR]';

const HELP = `Usage: ${USAGE}

Prints the ledger of a day: how many minutes of continuous trading each instrument has had, how many the feed
told whole (received), how many only history knows (repaired), how many nobody knows (missing), and where.
Green: nothing is missing. Amber: it may still be repaired. Red: it could not be.

  --date D     the day, such as 2026-08-03; otherwise the newest session of which anything is stored
  --json       one JSON object: {date, countedAt, rows: [{instrument, expected, received, repaired, missing,
               missingBefore, grade, holes: [{from, to}], differences: [{field, bars, largest}], lateRevisions}]};
               times are ISO 8601 with +05:30
  --all        also the instruments of which nothing is stored that day or in the ten days before
${STORE_HELP}

A running Tickscope is not disturbed.`;

export const coverageCommand: CliCommand = {
  name: 'coverage',
  usage: USAGE,
  help: HELP,
  async run(args, io) {
    const { values } = readArgs(USAGE, {
      args: [...args],
      options: {
        date: { type: 'string' },
        json: { type: 'boolean', default: false },
        all: { type: 'boolean', default: false },
        ...STORE_OPTIONS,
      },
    });
    const asked = dateOption('date', values.date);
    const store = openChosenStore(values, io);
    const lines = lineWriter(io.out);
    try {
      const market = marketOf(store, openKnownMarket(dataFolder(values, io), io));
      const date = asked ?? newestSession(store, market)?.date;
      if (date === undefined) throw new AppError('not-found', 'Nothing is stored yet, so there is no ledger to print.');
      const rows = countDay(store, market, date, values.all);
      if (values.json) await lines.line(JSON.stringify(jsonOf(date, market, rows)));
      else for (const line of textOf(date, market, rows)) await lines.line(line);
    } finally {
      store.close();
    }
    await lines.flush();
    return 0;
  },
};

/** An instrument of which something is stored so long before a day is expected on it. */
const LOOK_BACK_MS = 10 * DAY_MS;

/** The day's rows, by name. Throws an AppError('not-found') where there is nothing to count. */
function countDay(store: StoreReader, market: StoredMarket, date: TradingDate, all: boolean): readonly CountedLedger[] {
  const keys = new Set(store.coveredInstruments(EVER, NEVER));
  if (all) for (const { key } of market.instruments) keys.add(key);
  if (keys.size === 0) throw new AppError('not-found', 'Nothing is stored yet, so there is no ledger to print.');
  const sessions = [...keys].sort().flatMap((instrument) => {
    const session = market.calendarOf(instrument).session(date);
    return session === undefined ? [] : [{ instrument, session }];
  });
  if (sessions.length === 0)
    throw new AppError('not-found', `There is no session on ${date}. Choose a trading day with --date.`);
  const from = Math.min(...sessions.map(({ session }) => session.open)) as EpochMs;
  const to = Math.max(...sessions.map(({ session }) => session.close)) as EpochMs;
  // One that was lost from a whole day must not be lost from its ledger too. Of a day to come nothing is missing yet.
  const isBegun = from < market.now;
  const stored = new Set(store.coveredInstruments((isBegun ? from - LOOK_BACK_MS : from) as EpochMs, to));
  const revisions = store.revisions(from, to);
  const counted = sessions.filter(({ instrument }) => all || stored.has(instrument));
  if (counted.length === 0)
    throw new AppError(
      'not-found',
      `Nothing is stored of ${date}${isBegun ? ' or the ten days before' : ''}. Choose another day, or count every instrument with --all.`,
    );
  return counted.map(({ instrument, session }) => {
    const covered = store.covered(instrument, session.open, session.close);
    return countLedger({ session, instrument, covered, revisions, now: market.now });
  });
}

function jsonOf(date: TradingDate, { now }: StoredMarket, rows: readonly CountedLedger[]): unknown {
  return {
    date,
    countedAt: istText(now),
    rows: rows.map((row) => ({
      instrument: row.instrument,
      expected: row.expected,
      received: row.received,
      repaired: row.repaired,
      missing: row.missing,
      missingBefore: row.missingBefore,
      grade: row.grade,
      holes: row.holes.map(({ open, close }) => ({ from: istText(open), to: istText(close) })),
      differences: row.differences,
      lateRevisions: row.lateRevisions,
    })),
  };
}

function textOf(date: TradingDate, { now }: StoredMarket, rows: readonly CountedLedger[]): readonly string[] {
  const sum = (field: 'expected' | 'received' | 'repaired' | 'missing'): number =>
    rows.reduce((total, row) => total + row[field], 0);
  const graded = (grade: CountedLedger['grade']): number => rows.filter((row) => row.grade === grade).length;
  const instruments = `${rows.length} ${rows.length === 1 ? 'instrument' : 'instruments'}`;
  return [
    `Ledger of ${date} in minutes, counted ${istMinute(now)}`,
    ...textTable(
      ['instrument', 'expected', 'received', 'repaired', 'missing', 'grade', 'holes'],
      rows.map((row) => {
        const { instrument, expected, received, repaired, missing, grade } = row;
        return [instrument, expected, received, repaired, missing, grade, holesText(row.holes)];
      }),
    ),
    `${instruments}: ${sum('expected')} expected, ${sum('received')} received, ${sum('repaired')} repaired, ` +
      `${sum('missing')} missing; ${graded('green')} green, ${graded('amber')} amber, ${graded('red')} red`,
  ];
}

/** `10:02-10:41`: from the first missing minute to where the next known one begins. */
function holesText(holes: Spans): string {
  return holes.map(({ open, close }) => `${istClock(open)}-${istClock(close)}`).join(' ');
}

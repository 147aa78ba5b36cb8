import type { BarDifference } from '../../core/bar-difference.ts';
import type { EpochMs, InstrumentKey, TradingDate } from '../../core/brand.ts';
import { addDays } from '../../core/calendar-date.ts';
import { type DifferenceReport, reportDifferences } from '../../core/difference-report.ts';
import { AppError } from '../../core/errors.ts';
import { type CliCommand, readArgs } from './cli-command.ts';
import { openKnownMarket } from './known-market.ts';
import { lineWriter } from './line-writer.ts';
import { dataFolder, openChosenStore, STORE_HELP, STORE_OPTIONS } from './store-options.ts';
import { dateOption, marketOf, newestSession, type StoredMarket } from './stored-market.ts';
import { textTable } from './text-table.ts';

const USAGE = 'differences [--date D] [--json] [--db FILE | --data DIR]';

const HELP = `Usage: ${USAGE}

Prints the difference report of a day: how the venue's history, the exchange's word after it, and bars that were
imported differ from the one-minute bars that were stored, field by field; how many bars were changed by ticks
that came late; and what a venue's own streamed bars, or those of a second venue, say otherwise than ours.

  --date D     the day, such as 2026-08-03; otherwise the newest session of which anything is stored
  --json       one JSON object: {date, rows: [{instrument, field, bars, largest, mean}],
               lateTicks: [{instrument, bars}], total: {instruments, bars, lateTicks},
               venues: [{venue, instrument, openTime, ours, theirs}]} with open, high, low, close, volume of each
${STORE_HELP}

The mean is over the bars that differ. A field that was not known before is no difference.`;

export const differencesCommand: CliCommand = {
  name: 'differences',
  usage: USAGE,
  help: HELP,
  async run(args, io) {
    const { values } = readArgs(USAGE, {
      args: [...args],
      options: { date: { type: 'string' }, json: { type: 'boolean', default: false }, ...STORE_OPTIONS },
    });
    const asked = dateOption('date', values.date);
    const store = openChosenStore(values, io);
    const lines = lineWriter(io.out);
    try {
      const market = marketOf(store, openKnownMarket(dataFolder(values, io), io));
      const date = asked ?? newestSession(store, market)?.date;
      if (date === undefined)
        throw new AppError('not-found', 'Nothing is stored yet, so there are no differences to report.');
      const report = reportDifferences(ofDate(market, date, (from, to) => store.revisions(from, to)));
      const told = ofDate(market, date, (from, to) => store.differences(from, to));
      if (values.json) await lines.line(JSON.stringify({ ...jsonOf(date, report), venues: told.map(venueRow) }));
      else for (const line of [...textOf(date, report), ...venueLines(told)]) await lines.line(line);
    } finally {
      store.close();
    }
    await lines.flush();
    return 0;
  },
};

/** What is known of bars of that date, by the calendar of each instrument. */
function ofDate<Row extends { readonly instrument: InstrumentKey; readonly openTime: EpochMs }>(
  market: StoredMarket,
  date: TradingDate,
  load: (from: EpochMs, to: EpochMs) => readonly Row[],
): readonly Row[] {
  // Wide enough for any zone; what is of another date is left out below.
  const from = Date.parse(`${addDays(date, -1)}T00:00:00Z`) as EpochMs;
  const to = Date.parse(`${addDays(date, 2)}T00:00:00Z`) as EpochMs;
  return load(from, to).filter(({ instrument, openTime }) => market.calendarOf(instrument).dateOf(openTime) === date);
}

function totalOf({ rows, bars, lateTicks }: DifferenceReport) {
  const instruments = new Set(rows.map(({ instrument }) => instrument)).size;
  return { instruments, bars, lateTicks: [...lateTicks.values()].reduce((sum, each) => sum + each, 0) };
}

function jsonOf(date: TradingDate, report: DifferenceReport) {
  const lateTicks = [...report.lateTicks].map(([instrument, bars]) => ({ instrument, bars }));
  return { date, rows: report.rows, lateTicks, total: totalOf(report) };
}

function textOf(date: TradingDate, report: DifferenceReport): readonly string[] {
  const { instruments, bars, lateTicks } = totalOf(report);
  const table = textTable(
    ['instrument', 'field', 'bars', 'largest', 'mean'],
    report.rows.map((row) => [row.instrument, row.field, row.bars, rounded(row.largest), rounded(row.mean)]),
  );
  const late = [...report.lateTicks].map(([instrument, count]) => `${instrument}: ${count} changed by late ticks`);
  return [
    `Differences of ${date}, one-minute bars`,
    ...(report.rows.length === 0 ? [] : table),
    ...late,
    `In total ${bars} bars of ${instruments} instruments differ; ${lateTicks} bars were changed by late ticks`,
  ];
}

/** A difference of two prices has digits that neither had. */
function rounded(value: number): number {
  return Number(value.toFixed(4));
}

function venueRow({ venue, instrument, openTime, ours, theirs }: BarDifference) {
  return { venue, instrument, openTime, ours, theirs };
}

/** What venues say otherwise: how often, and where most. */
function venueLines(told: readonly BarDifference[]): readonly string[] {
  return [...Map.groupBy(told, ({ venue }) => venue)].flatMap(([venue, rows]) => {
    const counts = [...Map.groupBy(rows, ({ instrument }) => instrument)].map(
      ([key, own]) => [key, own.length] as const,
    );
    const sorted = counts.sort(([, a], [, b]) => b - a);
    return [
      `${venue} tells ${rows.length} one-minute bars of ${sorted.length} instruments otherwise`,
      ...textTable(['instrument', 'bars'], sorted),
    ];
  });
}

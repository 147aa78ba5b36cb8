import type { BacktestReport } from '../../contract/backtest.ts';
import type { EpochMs } from '../../core/brand.ts';
import type { Calendar, CalendarData } from '../../core/calendar.ts';
import type { CorporateAction } from '../../core/corporate-action.ts';
import type { Instrument, Segment } from '../../core/instrument.ts';
import type { Rule } from '../../core/rule.ts';
import { looksAt } from '../../core/scanner/compile-rule.ts';
import { createBacktestRunner } from '../backtest/runner.ts';
import { sessionsSince } from '../backtest/sessions.ts';
import type { BarSource } from '../engine/archive.ts';
import { systemClock } from '../platform/system-clock.ts';
import { jsonLines, textLines } from './backtest-lines.ts';
import { type CliCommand, type CliIo, readArgs, UsageError } from './cli-command.ts';
import { marketOfFiles } from './file-market.ts';
import { coarseSentence, type FileChoice, fileOption, readRecordings } from './file-options.ts';
import { type KnownMarket, openKnownMarket } from './known-market.ts';
import { lineWriter, writeLine } from './line-writer.ts';
import { RULE_HELP, RULE_OPTIONS, ruleOption, ruleWarnings, UnreadableRule } from './rule-option.ts';
import { dataFolder, openChosenStore, STORE_HELP, STORE_OPTIONS, type StoreChoice } from './store-options.ts';
import { endOfStored, instrumentsWithBars, marketOf } from './stored-market.ts';

const USAGE =
  'backtest FILE... | [--db FILE | --data DIR] --rule "TEXT" [--sell "TEXT"] [--sessions N] [--timeframe TF] [--json]';

const HELP = `Usage: ${USAGE}

"What would this have alerted?" Runs a rule over stored sessions, or over recorded files, and prints each signal with
what became of it after 5, 15 and 60 minutes and at the close, in percent and seen from its side, its best and worst
excursion, and a scoreboard against entries at random. docs/backtest.md says how all that is reckoned.

${RULE_HELP}
  --sessions N     the newest so many sessions (default 20; of files, all there are), up to the newest stored one
  --symbol NAME    the symbol, for a single file
  --json           JSON lines: each signal as scan prints it, with text, after5, after15, after60, atClose, best and
                   worst (null where unknown); then one object {from, to, sessions, instruments, bars, all, buy, sell,
                   gaps, elapsedMs}
${STORE_HELP}

Without FILE the bars are those that a running or closed Tickscope has stored. What is missing is said on stderr.`;

export const backtestCommand: CliCommand = {
  name: 'backtest',
  usage: USAGE,
  help: HELP,
  async run(args, io) {
    const { values, positionals } = readArgs(USAGE, {
      args: [...args],
      allowPositionals: true,
      options: {
        ...RULE_OPTIONS,
        ...STORE_OPTIONS,
        sessions: { type: 'string' },
        symbol: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    const isOfFiles = positionals.length > 0;
    if (isOfFiles && (values.db !== undefined || values.data !== undefined))
      throw new UsageError(`Name files or a database, not both. Usage: ${USAGE}`);
    if (!isOfFiles && values.symbol !== undefined)
      throw new UsageError('--symbol names the symbol of a file; a database knows its own.');
    const sessions = sessionsOption(values.sessions);
    try {
      const rule = ruleOption(values, USAGE);
      const files = fileOption(positionals, values.symbol, io);
      const request = { rule, sessions, json: values.json };
      if (isOfFiles) await overFiles(files, request, io);
      else await overStore(values, request, io);
      return 0;
    } catch (thrown) {
      if (!(thrown instanceof UnreadableRule)) throw thrown;
      for (const line of thrown.lines) await writeLine(io.talk, line);
      return 1;
    }
  },
};

/** Ctrl-C ends the program, and its threads with it. */
const NEVER = new AbortController().signal;

interface Asked {
  readonly rule: Rule;
  readonly sessions: number | undefined;
  readonly json: boolean;
}

/** Where the bars are, and whose. */
interface Ground {
  readonly store: BarSource & { readonly path: string };
  readonly instruments: readonly Instrument[];
  readonly withoutVolume: readonly Instrument[];
  readonly sessions: number;
  readonly now: EpochMs;
  readonly actions: readonly CorporateAction[];
  calendarData(segment: Segment): CalendarData | undefined;
}

async function overFiles(files: FileChoice, asked: Asked, io: CliIo): Promise<void> {
  const known = openKnownMarket(dataFolder({}, io), io);
  const { rule } = asked;
  const { recordings, tooCoarse } = await readRecordings(files, rule.timeframe);
  for (const { name } of tooCoarse) await writeLine(io.talk, coarseSentence(name, rule.timeframe));
  const market = marketOfFiles(recordings, known);
  const { instruments, source: store, from, now, withoutVolume } = market;
  const all = (calendar: Calendar): number => sessionsSince(calendar, from, now);
  const sessions = asked.sessions ?? Math.max(...instruments.map(({ segment }) => all(known.calendarOf(segment))));
  await report(
    asked,
    {
      store,
      instruments,
      sessions,
      now,
      withoutVolume: instruments.filter(({ key }) => withoutVolume.has(key)),
      // Prices are as the files have them.
      actions: [],
      calendarData: known.calendarData,
    },
    io,
  );
}

async function overStore(choice: StoreChoice, asked: Asked, io: CliIo): Promise<void> {
  const known: KnownMarket = openKnownMarket(dataFolder(choice, io), io);
  const store = openChosenStore(choice, io);
  try {
    const instruments = instrumentsWithBars(store, known);
    const now = endOfStored(store, marketOf(store, known), instruments);
    await report(
      asked,
      {
        store,
        instruments,
        withoutVolume: instruments.filter(({ segment }) => segment === 'nse-index' || segment === 'fx'),
        sessions: asked.sessions ?? 20,
        now,
        actions: store.corporateActions(),
        calendarData: known.calendarData,
      },
      io,
    );
  } finally {
    store.close();
  }
}

async function report({ rule, json }: Asked, ground: Ground, io: CliIo): Promise<void> {
  const instruments = ground.instruments.filter((instrument) => looksAt(rule, instrument));
  const without = ground.withoutVolume.filter((instrument) => looksAt(rule, instrument));
  for (const line of ruleWarnings(rule, instruments, without)) await writeLine(io.talk, line);
  const { store, calendarData, actions, sessions, now } = ground;
  const runner = createBacktestRunner({ clock: systemClock, store, calendarData, actions });
  const told: BacktestReport = await runner.run({ rule, sessions, instruments, now }, NEVER);
  const lines = lineWriter(io.out);
  for (const line of json ? jsonLines(told) : textLines(told)) await lines.line(line);
  await lines.flush();
  for (const { instrument, reason } of told.gaps) await writeLine(io.talk, `${instrument}: ${reason}`);
  if (instruments.length > 0) return;
  const isEmpty = ground.instruments.length === 0;
  await writeLine(
    io.talk,
    isEmpty ? `No bars are stored in ${store.path} yet.` : 'There is no instrument that the rule looks at.',
  );
}

function sessionsOption(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const sessions = Number(text);
  if (Number.isInteger(sessions) && sessions >= 1 && sessions <= 10_000) return sessions;
  throw new UsageError(`--sessions takes a number of sessions from 1 to 10000, not "${text}".`);
}

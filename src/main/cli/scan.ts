import type { Rule } from '../../core/rule.ts';
import { looksAt } from '../../core/scanner/compile-rule.ts';
import { type Signal, signalId } from '../../core/signal.ts';
import { type BacktestJob, runJob } from '../backtest/job.ts';
import { gapsOf, signalsOf } from '../backtest/report.ts';
import type { RunSignal } from '../backtest/run-instrument.ts';
import { sessionsSince } from '../backtest/sessions.ts';
import type { ReplayFile } from '../brokers/replay/replay-file.ts';
import { systemClock } from '../platform/system-clock.ts';
import { openStore } from '../store/open-store.ts';
import { type CliCommand, type CliIo, readArgs, UsageError } from './cli-command.ts';
import { type FileMarket, marketOfFiles } from './file-market.ts';
import { coarseSentence, type FileChoice, fileOption, readRecordings } from './file-options.ts';
import { istClock, istDate } from './ist-time.ts';
import { type KnownMarket, openKnownMarket } from './known-market.ts';
import { lineWriter, writeLine } from './line-writer.ts';
import { playFiles } from './play-files.ts';
import { RULE_HELP, RULE_OPTIONS, ruleOption, ruleWarnings, UnreadableRule } from './rule-option.ts';
import { dataFolder } from './store-options.ts';

const USAGE = 'scan FILE... --rule "TEXT" [--sell "TEXT"] [--timeframe TF] [--json] [--symbol NAME]';

const HELP = `Usage: ${USAGE}

Runs a rule over recorded files and prints what it finds on each closed bar, as a live market would have told it.
FILE is a CSV of bars, seconds or ticks, plain or .gz; see docs/replay-and-simulator.md. Several files are scanned
together. A file's symbol is its name up to the first "_" or ".".

${RULE_HELP}
  --symbol NAME    the symbol, for a single file
  --json           one JSON object a line, as replay prints them:
                   instrument, timeframe, rule, side, barTime (epoch ms), price, values (the operands)

The first bars of a file only warm the rule's averages. What cannot be known, and what is questionable about the
sentence, is said on stderr, and so is a summary. A sentence that cannot be read is shown with carets under the place,
and the exit status is 1.`;

export const scanCommand: CliCommand = {
  name: 'scan',
  usage: USAGE,
  help: HELP,
  async run(args, io) {
    const { values, positionals } = readArgs(USAGE, {
      args: [...args],
      allowPositionals: true,
      options: { ...RULE_OPTIONS, json: { type: 'boolean', default: false }, symbol: { type: 'string' } },
    });
    if (positionals.length === 0) throw new UsageError(`Name at least one file to scan. Usage: ${USAGE}`);
    const files = fileOption(positionals, values.symbol, io);
    try {
      await scan(ruleOption(values, USAGE), files, values.json, io);
      return 0;
    } catch (thrown) {
      if (!(thrown instanceof UnreadableRule)) throw thrown;
      for (const line of thrown.lines) await writeLine(io.talk, line);
      return 1;
    }
  },
};

async function scan(rule: Rule, files: FileChoice, json: boolean, io: CliIo): Promise<void> {
  const began = systemClock.now();
  const say = (sentence: string): Promise<void> => writeLine(io.talk, sentence);
  const known = openKnownMarket(dataFolder({}, io), io);
  const { recordings, tooCoarse } = await readRecordings(files, rule.timeframe);
  for (const { name } of tooCoarse) await say(coarseSentence(name, rule.timeframe));
  const market = marketOfFiles(recordings, known);
  const job = jobOver(market, rule, known);
  const without = job.instruments.filter(({ key }) => market.withoutVolume.has(key));
  for (const line of ruleWarnings(rule, job.instruments, without)) await say(line);
  const runs = [...runJob(job, market.source)];
  const lines = lineWriter(io.out);
  const hasTicks = recordings.some(({ file }) => file.kind === 'ticks');
  const signals = hasTicks ? await playedSignals(recordings, rule, known) : signalsOf(runs);
  for (const { signal, text } of signals) await lines.line(json ? JSON.stringify(signal) : lineOf(signal, text));
  await lines.flush();
  for (const { instrument, reason } of gapsOf(runs)) await say(`${instrument}: ${reason}`);
  const bars = runs.reduce((sum, run) => sum + run.bars, 0);
  const seconds = ((systemClock.now() - began) / 1_000).toFixed(2);
  await say(`${signals.length} signals from ${bars} bars of ${runs.length} instruments in ${seconds} s`);
}

/**
 * Ticks that came after their bar had closed changed it when it was judged: what was told then, only a market that is
 * played tells.
 */
async function playedSignals(
  recordings: readonly ReplayFile[],
  rule: Rule,
  { instruments, calendarOf }: KnownMarket,
): Promise<readonly Told[]> {
  const store = openStore(':memory:');
  const signals: Signal[] = [];
  try {
    const onSignal = (signal: Signal): void => void signals.push(signal);
    const { timeframe } = rule;
    const rules = [rule];
    await playFiles({ recordings, timeframe, speed: 0, store, instruments, rules, calendarOf, onSignal });
    const texts = new Map(store.toldAlerts().map(({ alert }) => [alert.id, alert.text]));
    return signals.map((signal) => ({ signal, text: texts.get(signalId(signal)) ?? '' }));
  } finally {
    store.close();
  }
}

type Told = Pick<RunSignal, 'signal' | 'text'>;

/** The rule over everything that is in the files. */
function jobOver(
  market: FileMarket,
  rule: Rule,
  { calendarOf, calendarData }: KnownMarket,
): BacktestJob & { readonly grades: false } {
  const { from, now } = market;
  const instruments = market.instruments.filter((instrument) => looksAt(rule, instrument));
  const segments = [...new Set(instruments.map(({ segment }) => segment))];
  const calendars = segments.flatMap((segment) => {
    const data = calendarData(segment);
    return data === undefined ? [] : [[segment, data] as const];
  });
  return {
    rule,
    instruments,
    sessions: Math.max(0, ...segments.map((segment) => sessionsSince(calendarOf(segment), from, now))),
    now,
    grades: false,
    calendars: Object.fromEntries(calendars),
    // Prices are as the files have them.
    actions: [],
  };
}

/** `2016-08-16 10:20  NSE:INFY  buy  1032.5  EMA 9 crossed above EMA 21`. */
function lineOf({ instrument, side, barTime, price }: Signal, text: string): string {
  return [`${istDate(barTime)} ${istClock(barTime)}`, instrument, side.padEnd(4), price, text].join('  ');
}

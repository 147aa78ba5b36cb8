import { z } from 'zod';
import type { EpochMs, InstrumentKey, TradingDate } from '../core/brand.ts';
import type { Candle } from '../core/candle.ts';
import type { EvidenceLink, Proof } from '../core/passport.ts';
import { SCAN_LIMITS } from '../core/scanner/limits.ts';
import { ARITHMETICS } from '../core/scanner/scan-function.ts';
import { TIMEFRAMES, type Timeframe } from '../core/timeframe.ts';
import type { BacktestReport, NoiseReport, OutcomeReport } from './backtest.ts';
import { type ChannelState, REMOTE_CHANNELS } from './channels.ts';
import type { ChartAuction, Ledger } from './coverage.ts';
import type { Examination } from './doctor.ts';
import type { BrokerState, LoginStart, LogLine, Snapshot } from './events.ts';
import type { JournalEntry, OrdersState } from './orders.ts';
import { type CheckedText, type NearMiss, type RuleBookState, type RuleImport, ruleSchema } from './rules.ts';
import type { Settings, SettingsPatch } from './settings.ts';

/** Input is checked at run time because it comes from outside; output is ours, so types suffice. */
interface Command<Input, Output> {
  readonly input: z.ZodType<Input>;
  readonly output?: Output;
}
const command =
  <Output>() =>
  <Input>(input: z.ZodType<Input>): Command<Input, Output> => ({ input });

const instrument = z
  .string()
  .max(64)
  .regex(/^[A-Z]+:\S.*$/, 'An instrument is named EXCHANGE:SYMBOL, for example NSE:INFY.')
  .transform((key) => key as InstrumentKey);
const timeframe = z.enum(TIMEFRAMES as readonly Timeframe[] as [Timeframe, ...Timeframe[]]);
const epochMs = z
  .int()
  .nonnegative()
  .transform((ms) => ms as EpochMs);

const date = z.iso.date('A date is written like 2026-08-03.').transform((text) => text as TradingDate);

const ruleId = z.string().min(1).max(64);
const alertId = z.string().min(1).max(256);

/** Where a file was written, and what is in it. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
}

/** What the chain of evidence holds of an alert. */
export interface AlertEvidence {
  /** With the passport. */
  readonly link: EvidenceLink;
  /** What became of it on each channel, in order; `at` is by the clock on the wall. */
  readonly deliveries: readonly {
    readonly channel: string;
    readonly outcome: 'told' | 'failed' | 'quiet';
    readonly at: EpochMs;
  }[];
}

/** Bars for a chart, a column per field, oldest first. `volume` is null where unknown. */
export interface CandleTable {
  readonly instrument: InstrumentKey;
  readonly timeframe: Timeframe;
  readonly openTime: readonly number[];
  readonly open: readonly number[];
  readonly high: readonly number[];
  readonly low: readonly number[];
  readonly close: readonly number[];
  readonly volume: readonly (number | null)[];
  /** The bar that has not closed, when the newest bars were asked for. */
  readonly forming: Candle | null;
  /** The auctions among these bars, oldest first; none on days, weeks and months, whose bars hold them. */
  readonly auctions: readonly ChartAuction[];
  /** Older bars may exist: ask again with `before` = the first open time. */
  readonly more: boolean;
}

/**
 * Everything a screen may ask of the engine. Add a line here and both shells serve it.
 * No answer is `null`, which survives JSON; `undefined` does not.
 */
export const commands = {
  'app.snapshot': command<Snapshot>()(z.null()),
  /** The newest `limit` bars, or those that open before `before`. */
  'candles.load': command<CandleTable>()(
    z.strictObject({ instrument, timeframe, before: epochMs.nullable(), limit: z.int().min(1).max(5_000) }),
  ),
  /** From now on this screen hears of the bars of one chart. `screen` is any name the screen gives itself. */
  'chart.watch': command<null>()(z.strictObject({ screen: z.string().min(1).max(64), instrument, timeframe })),
  'settings.update': command<Settings>()(
    z.record(z.string(), z.unknown()).transform((patch) => patch as SettingsPatch),
  ),
  'feed.reconnect': command<null>()(z.null()),
  /** Ends the feed until it is told to reconnect. */
  'feed.stop': command<null>()(z.null()),
  /** Runs this mode until the schedule's next boundary; null goes back to the schedule. Only while the mode is `auto`. */
  'mode.hold': command<null>()(z.strictObject({ mode: z.enum(['streaming', 'polling']).nullable() })),
  /** Logs in at a broker: by itself where it can, or else by the page that is to be opened. */
  'login.begin': command<LoginStart>()(z.strictObject({ broker: z.string().max(32) })),
  /** Looks into everything that can be wrong with a broker; takes up to half a minute. Null is the one in use. */
  'doctor.run': command<Examination>()(z.strictObject({ broker: z.string().max(32).nullable() })),
  /** The newest lines of the log, oldest first. */
  'log.tail': command<readonly LogLine[]>()(z.strictObject({ lines: z.int().min(1).max(500) })),
  /** A window came to be seen or no longer is. `screen` as in `chart.watch`. */
  'screen.seen': command<null>()(z.strictObject({ screen: z.string().min(1).max(64), isSeen: z.boolean() })),
  /** What is known of a day, and what is missing; null is the newest session. */
  'coverage.load': command<Ledger>()(z.strictObject({ date: date.nullable() })),
  /** Copies this world's database into the folder `backups` of the data folder. */
  'store.backUp': command<WrittenFile>()(z.null()),
  /** Writes bars of whole dates, both inclusive, into the folder `exports` of the data folder. */
  'candles.export': command<WrittenFile>()(
    z.strictObject({ instrument, timeframe, from: date, to: date, format: z.enum(['csv', 'parquet']) }),
  ),
  'alerts.markRead': command<null>()(z.null()),
  'alerts.clear': command<null>()(z.null()),
  /** Sends a sample alert through every channel that is on. */
  'alerts.test': command<null>()(z.null()),
  'rules.load': command<RuleBookState>()(z.null()),
  /** Adds a rule, or puts it in place of the one with its id. */
  'rules.save': command<RuleBookState>()(ruleSchema),
  /** Removes a rule; one that came with the app is as it was delivered afterwards. */
  'rules.remove': command<RuleBookState>()(z.strictObject({ id: ruleId })),
  /** Looks at a sentence as it is being written. */
  'rules.check': command<CheckedText>()(
    z.strictObject({ text: z.string().max(4 * SCAN_LIMITS.length), timeframe, arithmetic: z.enum(ARITHMETICS) }),
  ),
  /** Takes the rules of a file's text. */
  'rules.import': command<RuleImport>()(z.strictObject({ text: z.string().max(2_000_000) })),
  /** Rules as the text of a file; null is all of them. */
  'rules.export': command<string>()(z.strictObject({ ids: z.array(ruleId).max(500).nullable() })),
  /** What a rule, saved or not, would have alerted over the last sessions. */
  'rules.backtest': command<BacktestReport>()(z.strictObject({ rule: ruleSchema, sessions: z.int().min(1).max(250) })),
  /** How much a rule, saved or not, would have said in the last sessions. */
  'rules.noise': command<NoiseReport>()(z.strictObject({ rule: ruleSchema, sessions: z.int().min(1).max(60) })),
  /**
   * Asks history for what is not stored of the last sessions, on all instruments that the rule takes. Answers when all
   * was asked; how far it has come is told as progress.
   */
  'rules.fetchPast': command<{ readonly asked: number; readonly failed: number }>()(
    z.strictObject({ rule: ruleSchema, sessions: z.int().min(1).max(250) }),
  ),
  /** The symbols nearest to firing on their newest closed bar; null is over all enabled rules. */
  'rules.nearest': command<readonly NearMiss[]>()(
    z.strictObject({ rule: ruleId.nullable(), limit: z.int().min(1).max(200) }),
  ),
  /** The chain's link of an alert, and who told of it; null for one that has none: a test, or one of an older version. */
  'alerts.passport': command<AlertEvidence | null>()(z.strictObject({ id: alertId })),
  /** Computes an alert again from what is stored. */
  'alerts.prove': command<Proof>()(z.strictObject({ id: alertId })),
  /** Writes an alert with its passport and deliveries into the folder `exports` of the data folder, as JSON. */
  'alerts.export': command<WrittenFile>()(z.strictObject({ id: alertId })),
  /** Keeps a rule, a symbol, or both together quiet for a while: such alerts are listed and not told. 0 minutes ends it. */
  'alerts.mute': command<null>()(
    z.strictObject({ rule: ruleId.nullable(), instrument: instrument.nullable(), minutes: z.int().min(0).max(1_440) }),
  ),
  /** How alerts of the last days turned out; null is all. */
  'outcomes.load': command<OutcomeReport>()(
    z.strictObject({ rule: ruleId.nullable(), instrument: instrument.nullable(), days: z.int().min(1).max(3_650) }),
  ),
  'channels.load': command<readonly ChannelState[]>()(z.null()),
  /** Write-only, as credentials are; an empty text removes a field. */
  'channels.save': command<readonly ChannelState[]>()(
    z.strictObject({ channel: z.enum(REMOTE_CHANNELS), fields: z.record(z.string().max(64), z.string().max(4_096)) }),
  ),
  /** Sends a sample through one channel, and answers when it got through. Throws what went wrong. */
  'channels.test': command<null>()(z.strictObject({ channel: z.enum(['desktop', ...REMOTE_CHANNELS]) })),
  'orders.load': command<OrdersState>()(z.null()),
  /** Closes a paper position at the next price. */
  'orders.exit': command<null>()(z.strictObject({ rule: ruleId, instrument })),
  /** Takes back an order that has not been filled. */
  'orders.cancel': command<null>()(z.strictObject({ key: z.string().max(256) })),
  /** Trades on paper, newest first. */
  'orders.journal': command<readonly JournalEntry[]>()(z.strictObject({ limit: z.int().min(1).max(1_000) })),
  /** Write-only: no command reads a credential back. An empty text removes a field. */
  'credentials.save': command<readonly BrokerState[]>()(
    z.strictObject({ broker: z.string().max(32), fields: z.record(z.string().max(64), z.string().max(4_096)) }),
  ),
} as const;

export type CommandName = keyof typeof commands;
type Commands = typeof commands;
export type CommandInput<Name extends CommandName> =
  Commands[Name] extends Command<infer Input, unknown> ? Input : never;
export type CommandOutput<Name extends CommandName> =
  Commands[Name] extends Command<unknown, infer Output> ? Output : never;

/** The engine's side. Leaving one out is a compile error. */
export type CommandHandlers = {
  readonly [Name in CommandName]: (input: CommandInput<Name>) => Promise<CommandOutput<Name>>;
};

/** For names from outside; those of `Object.prototype` are none of ours. */
export function isCommandName(name: unknown): name is CommandName {
  return typeof name === 'string' && Object.hasOwn(commands, name);
}

import { z } from 'zod';
import type { EpochMs, InstrumentKey, TradingDate } from '../core/brand.ts';
import type { Candle } from '../core/candle.ts';
import { TIMEFRAMES, type Timeframe } from '../core/timeframe.ts';
import type { ChartAuction, Ledger } from './coverage.ts';
import type { Examination } from './doctor.ts';
import type { BrokerState, LoginStart, LogLine, Snapshot } from './events.ts';
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

/** Where a file was written, and what is in it. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
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

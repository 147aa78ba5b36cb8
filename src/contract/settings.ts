import { z } from 'zod';
import { isRecord } from '../core/is-record.ts';
import { TIMEFRAMES, type Timeframe } from '../core/timeframe.ts';

export { USUAL_SCHEDULE } from './usual-schedule.ts';

const timeframe = z.enum(TIMEFRAMES as readonly Timeframe[] as [Timeframe, ...Timeframe[]]);

const MODES = ['streaming', 'polling', 'auto'] as const;

/** Id of a broker. Which there are the registry knows; the engine refuses others. */
const source = z
  .string()
  .max(32)
  .regex(/^[a-z][a-z0-9-]*$/, 'A feed is named in small letters, for example kite.');

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day is written like 09:15.');

/** From when on which mode runs, by Indian time; the last row holds until the first of the next day. */
const schedule = z
  .array(z.strictObject({ from: clockTime, mode: z.enum(['streaming', 'polling']) }))
  .min(1, 'A schedule needs at least one row.')
  .max(24)
  .refine((rows) => rows.every(({ from }, index) => index === 0 || from > (rows[index - 1]?.from ?? '')), {
    message: 'The rows of a schedule go from early to late, each time once.',
  });

/** What is watched at one venue, and when in which mode. */
const list = z.strictObject({
  /** Keys such as `BINANCE:BTCUSDT`; absent is the venue's first preset, which an empty list asks for again. */
  instruments: z
    .array(
      z
        .string()
        .max(64)
        .regex(/^[A-Z]+:\S.*$/, 'An instrument is named EXCHANGE:SYMBOL, for example NSE:INFY.'),
    )
    .max(5_000)
    .transform((keys) => (keys.length === 0 ? undefined : keys))
    .optional(),
  /** Absent is the usual one. */
  schedule: schedule.optional(),
});

const feed = z.strictObject({
  source: source.default('simulator'),
  mode: z.enum(MODES).default('streaming'),
  /** Seconds from the end of one scan to the next, in polling mode. */
  pollSeconds: z.int().min(5).max(600).default(60),
  simulator: z
    .strictObject({
      seed: z
        .int()
        .min(0)
        .max(2 ** 31 - 1)
        .default(20),
      speed: z.number().min(1).max(1_000).default(10),
    })
    .prefault({}),
  replay: z
    .strictObject({
      files: z.array(z.string().min(1)).max(500).default([]),
      /** Market seconds per second; 0 is as fast as it goes. */
      speed: z.number().min(0).max(1_000).default(20),
    })
    .prefault({}),
  /** A second venue that carries the same instruments: it checks the first and stands in for it. */
  standby: source.nullable().default(null),
  /** By source. */
  lists: z.record(source, list).default({}),
  /** By source, then by the name of an option of its manifest. */
  options: z
    .record(source, z.record(z.string().max(64), z.union([z.boolean(), z.number(), z.string().max(1_024)])))
    .default({}),
});

const rule = z
  .strictObject({
    enabled: z.boolean().default(true),
    timeframe: timeframe.default('5m'),
    fast: z.int().min(1).max(500).default(9),
    slow: z.int().min(2).max(1_000).default(21),
    rsi: z.int().min(2).max(500).default(14),
    /** A buy needs RSI above it, a sell RSI below 100 minus it. */
    momentum: z.number().min(0).max(100).default(50),
    /** Also look at bars that have not closed; such signals are marked and may vanish. */
    forming: z.boolean().default(true),
  })
  .refine(({ fast, slow }) => fast < slow, {
    message: 'The fast EMA must be shorter than the slow one, for example 9 and 21.',
    path: ['fast'],
  });

const alerts = z.strictObject({
  desktop: z.boolean().default(true),
  sound: z.boolean().default(true),
  /** 0 is silent, 1 is full. */
  volume: z.number().min(0).max(1).default(0.6),
  /** More alerts than this within a minute come as one message on each channel. */
  digestAbove: z.int().min(1).max(100).default(6),
  /** Hours of the day, by Indian time, in which desktop, sound and Telegram keep quiet; they may span midnight. */
  quiet: z.strictObject({ from: clockTime, to: clockTime }).nullable().default(null),
});

const orders = z.strictObject({
  /** Whether rules that ask for it may place paper orders at all. */
  paper: z.boolean().default(true),
  /** Entries a day, over all rules; more are refused. */
  mostEntriesADay: z.int().min(1).max(10_000).default(100),
});

const recording = z.strictObject({
  /** Keep every tick. About 60 MB a day for fifty instruments. */
  ticks: z.boolean().default(false),
  /** Keep 1-second bars. */
  seconds: z.boolean().default(false),
  /** Keep the order book of each tick, where the venue sends one. About 300 MB a day for fifty instruments. */
  books: z.boolean().default(false),
});

/** Trading days are kept by calendar days; null is for ever. */
const days = z.int().min(1).max(36_500).nullable();

const storage = z.strictObject({
  /** The database may grow to this; beyond it the oldest of the finest bars goes first. */
  budgetMb: z.int().min(100).max(1_000_000).default(10_000),
  keepDays: z
    .strictObject({
      ticks: days.default(30),
      books: days.default(7),
      /** 1-second bars. */
      seconds: days.default(90),
      /** 5-second bars. */
      base: days.default(180),
      /** Bars of 10 seconds to 4 hours. */
      intraday: days.default(null),
    })
    .prefault({}),
});

const calendar = z.strictObject({
  /** Ask the exchange for its list of holidays once a day, while a real market is watched. */
  refresh: z.boolean().default(true),
});

const appearance = z.strictObject({
  theme: z.enum(['dark', 'light', 'system']).default('dark'),
  /** Blue and orange in place of teal and red. */
  colourBlind: z.boolean().default(false),
});

/** Everything a person can set, with defaults: an empty object is a complete answer. */
export const settingsSchema = z.strictObject({
  feed: feed.prefault({}),
  rule: rule.prefault({}),
  alerts: alerts.prefault({}),
  orders: orders.prefault({}),
  recording: recording.prefault({}),
  storage: storage.prefault({}),
  calendar: calendar.prefault({}),
  appearance: appearance.prefault({}),
});

export type Settings = z.infer<typeof settingsSchema>;
export type FeedSettings = Settings['feed'];
export type RuleSettings = Settings['rule'];
/** What a person chose. `auto` goes by the schedule. */
export type Mode = FeedSettings['mode'];
/** How prices come in at a moment. */
export type RunningMode = Exclude<Mode, 'auto'>;
export type Source = FeedSettings['source'];
export type Schedule = z.infer<typeof schedule>;

/** What a screen sends: any part, at any depth. Checked against the whole after merging. */
export type SettingsPatch = {
  readonly [Section in keyof Settings]?: {
    readonly [Key in keyof Settings[Section]]?: PatchOf<Settings[Section][Key]>;
  };
};
type PatchOf<Value> = Value extends readonly unknown[] ? Value : Value extends object ? Partial<Value> : Value;

/** Lays a patch over settings, section by section; lists are replaced whole. The result is not yet checked. */
export function mergeSettings(settings: Settings, patch: SettingsPatch): unknown {
  return merge(settings, patch);
}

function merge(base: unknown, patch: unknown): unknown {
  if (!isRecord(base) || !isRecord(patch)) return patch === undefined ? base : patch;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) merged[key] = merge(base[key], value);
  return merged;
}

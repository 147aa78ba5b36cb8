import { z } from 'zod';
import type { InstrumentKey, TradingDate } from '../core/brand.ts';
import type { Rule } from '../core/rule.ts';
import { SCAN_LIMITS } from '../core/scanner/limits.ts';
import type { TextProblem, TextWarning } from '../core/scanner/problem.ts';
import { ARITHMETICS } from '../core/scanner/scan-function.ts';
import { TIMEFRAMES, type Timeframe } from '../core/timeframe.ts';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day is written like 09:15.');
const instrument = z
  .string()
  .max(64)
  .regex(/^[A-Z]+:\S.*$/, 'An instrument is named EXCHANGE:SYMBOL, for example NSE:INFY.')
  .transform((key) => key as InstrumentKey);
const text = z.string().trim().min(1).max(SCAN_LIMITS.length);

const distance = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('percent'), percent: z.number().positive().max(50) }),
  z.strictObject({ kind: z.literal('atr'), multiple: z.number().positive().max(20) }),
]);

/** A rule as screens, files and the store have it. Whether its sentences can be read the engine checks. */
export const ruleSchema = z
  .strictObject({
    id: z
      .string()
      .max(64)
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'The id of a rule has small letters, digits and hyphens, like rsi-dip.'),
    name: z.string().trim().min(1, 'A rule needs a name.').max(80),
    note: z.string().trim().max(300).default(''),
    enabled: z.boolean().default(false),
    timeframe: z.enum(TIMEFRAMES as readonly Timeframe[] as [Timeframe, ...Timeframe[]]).default('5m'),
    buy: text.nullable().default(null),
    sell: text.nullable().default(null),
    universe: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('all') }),
        z.strictObject({
          kind: z.literal('list'),
          instruments: z
            .array(instrument)
            .min(1, 'The list of instruments is empty: name at least one.')
            .max(5_000)
            .readonly(),
        }),
        z.strictObject({
          kind: z.literal('sector'),
          sectors: z.array(z.string().trim().min(1).max(80)).min(1, 'Name at least one sector.').max(100).readonly(),
        }),
      ])
      .default({ kind: 'all' }),
    arithmetic: z.enum(ARITHMETICS).default('trading-view'),
    forming: z.boolean().default(false),
    rearm: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('bars'), bars: z.int().min(1).max(SCAN_LIMITS.reach) }),
        z.strictObject({ kind: z.literal('condition'), buy: text.nullable(), sell: text.nullable() }),
      ])
      .default({ kind: 'bars', bars: 1 }),
    cooldownMinutes: z.int().min(0).max(1_440).default(0),
    onlyNew: z.boolean().default(false),
    activeHours: z
      .strictObject({ from: clockTime, to: clockTime })
      .refine(({ from, to }) => from < to, 'The active hours must end after they begin.')
      .nullable()
      .default(null),
    expiresOn: z.iso
      .date('A date is written like 2026-08-03.')
      .transform((date) => date as TradingDate)
      .nullable()
      .default(null),
    channels: z
      .strictObject({
        desktop: z.boolean().default(true),
        sound: z.boolean().default(true),
        spoken: z.boolean().default(false),
        volume: z.number().min(0).max(1).nullable().default(null),
        webhook: z.boolean().default(false),
        telegram: z.boolean().default(false),
      })
      .prefault({}),
    paper: z
      .strictObject({
        enabled: z.boolean().default(false),
        quantity: z.number().positive('The quantity must be above 0.').max(1_000_000),
        stop: distance.nullable().default(null),
        target: distance.nullable().default(null),
      })
      .nullable()
      .default(null),
  })
  .refine(({ buy, sell }) => buy !== null || sell !== null, {
    message: 'A rule needs a sentence for buying, for selling, or both.',
    path: ['buy'],
  }) satisfies z.ZodType<Rule>;

/** A sentence, looked at. */
export interface CheckedText {
  readonly problem: TextProblem | null;
  /** The sentence as we would write it; null while it cannot be read. */
  readonly canonical: string | null;
  readonly warnings: readonly TextWarning[];
  /** Bars of history that it needs, by timeframe. */
  readonly needs: readonly { readonly timeframe: Timeframe; readonly bars: number }[];
}

/** A rule on the screen. */
export interface RuleState {
  readonly rule: Rule;
  /** Came with the app; a person may change it, and have it back as it was. */
  readonly isShipped: boolean;
  /** Why it does not look though it is enabled, in a sentence: its day is over, its universe is empty. */
  readonly resting: string | null;
  /** Instruments that it looks at now, those whose verdict is unknown, and those that cannot ever be known, with the reason. */
  readonly instruments: number;
  readonly unknown: number;
  readonly cannot: readonly { readonly instrument: InstrumentKey; readonly reason: string }[];
}

export interface RuleBookState {
  readonly rules: readonly RuleState[];
  /** Sectors that the watched instruments have. */
  readonly sectors: readonly string[];
}

/** What came of a file of rules. */
export interface RuleImport {
  readonly added: readonly string[];
  readonly replaced: readonly string[];
  /** Sentences about what could not be taken. */
  readonly problems: readonly string[];
}

/** How near a symbol came to firing on its newest closed bar. */
export interface NearMiss {
  readonly rule: string;
  readonly instrument: InstrumentKey;
  readonly side: 'buy' | 'sell';
  readonly barTime: number;
  readonly holding: number;
  /** `holds` is null where it is unknown. `distance` as in `Clause`. */
  readonly clauses: readonly {
    readonly text: string;
    readonly holds: boolean | null;
    readonly distance: number | null;
    readonly values: Readonly<Record<string, number | null>>;
  }[];
}

import type { EpochMs, InstrumentKey, TradingDate } from '../core/brand.ts';
import type { GradedAlert, Outcome, Scoreboard } from '../core/outcome.ts';
import type { Signal } from '../core/signal.ts';

/** "What would this have alerted?" */
export interface BacktestReport {
  /** The sessions looked at, oldest first. */
  readonly from: TradingDate | null;
  readonly to: TradingDate | null;
  readonly sessions: number;
  readonly instruments: number;
  readonly bars: number;
  readonly signals: readonly { readonly signal: Signal; readonly text: string; readonly outcome: Outcome }[];
  readonly all: Scoreboard;
  readonly buy: Scoreboard;
  readonly sell: Scoreboard;
  /** Instruments of which some session had no bars, or which the rule cannot ever know, with a sentence each. */
  readonly gaps: readonly {
    readonly instrument: InstrumentKey;
    readonly reason: string;
    /** Sessions of which it has no bars. */
    readonly missing: number;
  }[];
  readonly elapsedMs: number;
}

/** What a cooldown would leave. */
export interface CooldownRow {
  /** 1440 is once a day. */
  readonly minutes: number;
  readonly perDay: number;
}

/** How much a rule would have said, before it is allowed to. */
export interface NoiseReport {
  readonly sessions: number;
  readonly perDay: number;
  readonly busiest: { readonly date: TradingDate; readonly count: number } | null;
  readonly quietDays: number;
  /** The same symbol and side again within half an hour. */
  readonly repeats: number;
  /** Bars on which five symbols or more fired together, and the signals in them. */
  readonly clusters: number;
  readonly inClusters: number;
  readonly cooldowns: readonly CooldownRow[];
  /** Signals of each date, oldest first. */
  readonly days: readonly { readonly date: TradingDate; readonly count: number }[];
  readonly gaps: BacktestReport['gaps'];
  readonly elapsedMs: number;
}

/** How alerts turned out. */
export interface OutcomeReport {
  readonly alerts: readonly (GradedAlert & { readonly raisedAt: EpochMs })[];
  readonly all: Scoreboard;
  readonly byRule: readonly { readonly rule: string; readonly board: Scoreboard }[];
  readonly byInstrument: readonly { readonly instrument: InstrumentKey; readonly board: Scoreboard }[];
  /** By the market's own hour in which the bar closed, 9 to 15 in India. */
  readonly byHour: readonly { readonly hour: number; readonly board: Scoreboard }[];
}

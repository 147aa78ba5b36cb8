import type { Alert } from '../core/alert.ts';
import type { EpochMs, InstrumentKey } from '../core/brand.ts';
import type { Candle } from '../core/candle.ts';
import type { FeedStatus } from '../core/feed-status.ts';
import type { Instrument } from '../core/instrument.ts';
import type { OrderUpdate } from '../core/order-update.ts';
import type { Quote } from '../core/quote.ts';
import type { Signal } from '../core/signal.ts';
import type { ConnectionMetrics } from './connection.ts';
import type { BrokerManifest } from './manifest.ts';
import type { OrdersState } from './orders.ts';
import type { RuleBookState } from './rules.ts';
import type { RunningMode, Settings, Source } from './settings.ts';

/** The feed as a screen shows it. */
export interface FeedState {
  readonly source: Source;
  readonly label: string;
  readonly world: BrokerManifest['world'];
  /** How prices come in right now; what the person chose is in the settings. */
  readonly mode: RunningMode;
  /** The schedule's next change; undefined unless the chosen mode is `auto`. */
  readonly nextMode: { readonly at: EpochMs; readonly mode: RunningMode } | undefined;
  /** The running mode was chosen by hand against the schedule, and holds until `nextMode`. */
  readonly isHeld: boolean;
  readonly status: FeedStatus;
  /** The second venue that checks this one and stands in for it; undefined where there is none. */
  readonly standby: StandbyState | undefined;
  /** When the login ends, as far as it is known. */
  readonly loginUntil: EpochMs | undefined;
  /** Market seconds per second of ours; 1 for a real market, 0 for as fast as it goes. */
  readonly speed: number;
}

/** A second venue beside the first. */
export interface StandbyState {
  readonly source: Source;
  readonly label: string;
  readonly status: FeedStatus;
  /** Where the first venue itself stands; the feed's own status is of whoever tells. */
  readonly first: FeedStatus;
  /** The first venue has fallen silent: prices come from this one. */
  readonly isCarrying: boolean;
  /** Minutes that both told, and how many of them differed. */
  readonly compared: number;
  readonly differing: number;
}

/** One line of the log, without secrets. */
export interface LogLine {
  readonly time: EpochMs;
  readonly level: 'info' | 'warn' | 'error';
  readonly text: string;
}

/** How a login goes on. */
export type LoginStart =
  /** It was done without anybody. */
  | { readonly kind: 'done' }
  /** The person logs in on this page of the venue, which sends the browser back to us. */
  | { readonly kind: 'browser'; readonly url: string };

/** Where the watched market stands by its calendar. */
export interface MarketState {
  readonly phase: 'pre-open' | 'open' | 'closing-auction' | 'closed';
  /** When the phase ends, as far as the calendar knows. */
  readonly until: EpochMs | undefined;
  /** What the calendar does not know and a person should, as a sentence: the year's end, hours not announced. */
  readonly warning: string | undefined;
}

/** How far a task over many instruments has come; `done === total` ends it. */
export interface Progress {
  readonly task: 'warm-up' | 'poll' | 'history';
  readonly done: number;
  readonly total: number;
}

/** Counters of the running feed; those named PerSecond are over the last second, the rest since it opened. */
export interface EngineStats {
  readonly marketTime: EpochMs;
  readonly messagesPerSecond: number;
  readonly ticksPerSecond: number;
  readonly lastTickAt: EpochMs | undefined;
  /** Messages refused, by reason. */
  readonly rejects: Readonly<Record<string, number>>;
  /** Ticks that came too late for their bar, or outside continuous trading. */
  readonly late: number;
  readonly outsideSession: number;
  /** Prints seen only because the day's high or low moved. */
  readonly inferred: number;
  /** Bars changed after they had closed. */
  readonly revised: number;
  /** Times a day's running volume fell, which is the venue counting anew. */
  readonly volumeResets: number;
  /** Bars refused because they cannot be: high below low, outside trading, twice. */
  readonly badBars: number;
  /** From reception to hand-over to the screen, 95th percentile of the last minute, in ms. */
  readonly latencyP95Ms: number | undefined;
  readonly databaseBytes: number;
  readonly reconnects: number;
  /** Bars of ours that differ from what the venue, or a second one, says of the same minute. */
  readonly differing: number;
  /** One entry a connection. */
  readonly connections: readonly ConnectionMetrics[];
}

/** How a screen tells of an alert beside listing it. */
export interface Told {
  readonly sound: boolean;
  readonly spoken: boolean;
  /** 0 to 1. */
  readonly volume: number;
}

/** Alerts of a rule, of an instrument, or of a rule on an instrument, that are listed and not told for a while. */
export interface Mute {
  /** Null is every one; not both are. */
  readonly rule: string | null;
  readonly instrument: InstrumentKey | null;
  /** By the clock on the wall. */
  readonly until: EpochMs;
}

/** What the scan last did, so that an empty list never looks broken. */
export interface ScanState {
  readonly lastBarTime: EpochMs | undefined;
  readonly judgedAt: EpochMs | undefined;
  readonly instruments: number;
  readonly fired: number;
  /** Instruments whose rule is unknown: still warming up, or flat. */
  readonly unknown: number;
  /** Instruments whose newest bars are not whole yet: their signals are held back until history confirms them. */
  readonly withheld: number;
}

/**
 * Everything the engine tells a screen.
 *
 * Quotes, forming candles, forming signals and all state are conflated: within a batch the latest stands for
 * all before it. Closed candles and alerts are delivered each, in order.
 */
export type EngineEvent =
  | { readonly type: 'quote'; readonly quote: Quote }
  | { readonly type: 'candle'; readonly candle: Candle; readonly closed: boolean }
  /** History changed under an open chart: load it again. */
  | { readonly type: 'candles-revised'; readonly instrument: InstrumentKey }
  /** The ledger of a day changed: ask again if it is on screen. */
  | { readonly type: 'coverage-changed' }
  | { readonly type: 'alert'; readonly alert: Alert; readonly told: Told }
  | { readonly type: 'alerts-changed'; readonly alerts: readonly Alert[] }
  /** The signal of a rule that a forming bar would give if it closed now; `signal` is null when it no longer would. */
  | {
      readonly type: 'forming-signal';
      readonly instrument: InstrumentKey;
      readonly rule: string;
      readonly signal: Signal | null;
    }
  | { readonly type: 'feed'; readonly feed: FeedState }
  | { readonly type: 'market'; readonly market: MarketState }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'scan'; readonly scan: ScanState }
  | { readonly type: 'stats'; readonly stats: EngineStats }
  /** An order of the account moved, wherever it was placed. */
  | { readonly type: 'order'; readonly order: OrderUpdate }
  /** Rules were changed, or what they look at. */
  | { readonly type: 'rules'; readonly rules: RuleBookState }
  /** A paper order moved, or a position's worth. */
  | { readonly type: 'paper-orders'; readonly orders: OrdersState }
  /** All mutes that last. */
  | { readonly type: 'mutes'; readonly mutes: readonly Mute[] }
  /** Outcomes of alerts were graded: ask again if they are on screen. */
  | { readonly type: 'outcomes-changed' }
  /** A channel sent, failed or waits: ask again if they are on screen. */
  | { readonly type: 'channels-changed' }
  /** Credentials were saved, or a login renewed them. */
  | { readonly type: 'brokers'; readonly brokers: readonly BrokerState[] }
  | { readonly type: 'settings'; readonly settings: Settings }
  /** A failure worth a line on the screen, in a sentence that says what to do. */
  | { readonly type: 'notice'; readonly level: 'info' | 'error'; readonly text: string }
  /** Another world (feed, clock, store) has taken over: forget everything and take a new snapshot. */
  | { readonly type: 'reset' };

/** A screen subscribes first, asks for a snapshot, then drops batches up to `snapshot.seq`. */
export interface EngineBatch {
  readonly seq: number;
  readonly events: readonly EngineEvent[];
}

/** What a screen may know of a broker and its credentials. */
export interface BrokerState {
  readonly manifest: BrokerManifest;
  /** Names of the credential fields that are set; values never leave the vault. */
  readonly fieldsSet: readonly string[];
  readonly savedAt: EpochMs | undefined;
}

/** All a fresh screen needs. What happens after it comes as batches numbered above `seq`. */
export interface Snapshot {
  readonly seq: number;
  readonly version: string;
  readonly settings: Settings;
  readonly brokers: readonly BrokerState[];
  readonly instruments: readonly Instrument[];
  readonly quotes: readonly Quote[];
  /** Closes of the session so far, about forty of them, for the small line beside each price. */
  readonly sparklines: Readonly<Record<InstrumentKey, readonly number[]>>;
  readonly alerts: readonly Alert[];
  readonly formingSignals: readonly Signal[];
  readonly feed: FeedState;
  readonly market: MarketState;
  readonly scan: ScanState;
  readonly rules: RuleBookState;
  readonly orders: OrdersState;
  readonly mutes: readonly Mute[];
  readonly stats: EngineStats;
  /** A task that goes on. */
  readonly progress?: Progress | undefined;
}

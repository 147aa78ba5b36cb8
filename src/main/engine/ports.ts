import type { BacktestReport, NoiseReport } from '../../contract/backtest.ts';
import type { ChannelField, ChannelState } from '../../contract/channels.ts';
import type { ConnectionMetrics } from '../../contract/connection.ts';
import type { Examination } from '../../contract/doctor.ts';
import type { BrokerManifest } from '../../contract/manifest.ts';
import type { Alert } from '../../core/alert.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Span } from '../../core/calendar.ts';
import type { Candle, Provenance } from '../../core/candle.ts';
import type { AppError } from '../../core/errors.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import type { Instrument } from '../../core/instrument.ts';
import type { OrderUpdate } from '../../core/order-update.ts';
import type { Rule } from '../../core/rule.ts';
import type { Tick } from '../../core/tick.ts';
import type { Timeframe } from '../../core/timeframe.ts';

/** Time and timers. The simulator, the replay and every test bring their own. */
export interface Clock {
  now(): EpochMs;
  /** Runs once after `delayMs`; returns the way to cancel. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The stretch for which one instrument's history was asked: every minute that opened in it is known. */
export interface AskedSpan extends Span {
  readonly instrument: InstrumentKey;
}

/** Where a feed tells what it hears. What it tells of instruments nobody asked for is left out. */
export interface FeedSink {
  /** Every trade the venue tells of, in order of arrival: bars are built from these. */
  ticks(ticks: readonly Tick[]): void;
  /** Prices looked at now and then, as polling does: they move the screen and make no stored bar. */
  quotes(ticks: readonly Tick[]): void;
  /**
   * Closed bars as the venue or a file has them, oldest first for each instrument. `asked` is the stretch they
   * answer, when one was asked for: its minutes without a bar are quiet, not missing.
   */
  bars(bars: readonly Candle[], provenance: Provenance, asked?: AskedSpan): void;
  status(status: FeedStatus): void;
  /** How far a scan over many instruments has come; `done === total` ends it. */
  progress(done: number, total: number): void;
  /** A message or packet that was refused, and why (`bad-price`, `unknown-length`, …). Counted and shown. */
  rejected(reason: string, detail: string): void;
  /** The socket spoke (data or heartbeat), `bytes` long. */
  heard(bytes: number): void;
  /** Messages were thrown away because more came than could be read: what they told is missing, and is asked of history. */
  dropped(messages: number): void;
  /**
   * The venue's own bar, running or closed, where it streams such and they are wanted (`Feed.candles`). A check of
   * ours and something to look at: no stored bar is made of it.
   */
  candle(candle: Candle, closed: boolean): void;
  /** An order of the account moved. */
  order(update: OrderUpdate): void;
}

/** A live price source. After `run` starts, failure travels as status, never as an exception. */
export interface Feed {
  /** Replaces the whole set; the feed works out what to subscribe and what to drop. */
  watch(instruments: ReadonlySet<InstrumentKey>): void;
  /** From now on ticks bring the order book, or no longer do; at first they do not. Absent where the venue has none. */
  books?(wanted: boolean): void;
  /** From now on the venue's own bars of these timeframes are told as well; at first none are. Absent where the venue streams none. */
  candles?(timeframes: readonly Timeframe[]): void;
  /** The computer slept, or its network changed: connections are looked at now, not when their patience ends. */
  wake?(): void;
  /** One entry a connection, counted since `run`. */
  connections?(): readonly ConnectionMetrics[];
  /** Streams until `stop` aborts, reconnecting on its own. Resolves once the socket is closed. */
  run(sink: FeedSink, stop: AbortSignal): Promise<void>;
}

/** Batch prices on request. */
export interface QuoteSource {
  /** The newest state of each instrument, in as few requests as the venue allows. Unknown instruments are left out. */
  quotes(instruments: readonly InstrumentKey[], stop: AbortSignal): Promise<readonly Tick[]>;
}

/** Which bars are asked for. */
export interface HistoryRequest {
  readonly instrument: InstrumentKey;
  readonly timeframe: Timeframe;
  /** Bars with `from` ≤ openTime < `to`. */
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** Past bars on request. Throws AppError; rejects with `stop`'s reason when that aborts. */
export interface HistorySource {
  /** The timeframes the venue answers itself; others are made from these. */
  readonly timeframes: readonly Timeframe[];
  /** True where a bar is there the moment it closes, as in a market of our own making. */
  readonly isImmediate?: boolean;
  /**
   * True where past bars come in the shares of the day they are asked: splits and bonuses since then are already
   * counted in. `asTraded` turns them back into what the store keeps.
   */
  readonly isAdjusted?: boolean;
  /** The most calendar days of bars that one request to the venue brings: what is asked is cut to that, and kept piece by piece. */
  readonly mostDays?: Readonly<Partial<Record<Timeframe, number>>>;
  /** How far back the venue keeps bars of a frame, in calendar days, where it does not keep them for ever: older ones are not asked. */
  readonly keptDays?: Readonly<Partial<Record<Timeframe, number>>>;
  /** Closed bars only, oldest first. Cuts the request to the venue's span limit and keeps its rate limit. */
  candles(request: HistoryRequest, stop: AbortSignal): Promise<readonly Candle[]>;
}

/** Single trades of the recent past, and how far back they are all there. */
export interface PastTrades {
  /** Each with `quantity`, oldest first. None is ever made up. */
  readonly trades: readonly Tick[];
  /** What was asked. */
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** The venue tells every trade since then; what is before it may lack some. Later than `to` when it told nothing. */
  readonly wholeFrom: EpochMs;
  /** Nothing of what was asked is missing. */
  readonly isComplete: boolean;
}

/** Single trades on request, where the venue keeps them for a while. */
export interface TradeSource {
  /** Trades with `from` ≤ time < `to`, as many as the venue still has. Throws AppError. */
  trades(request: Omit<HistoryRequest, 'timeframe'>, stop: AbortSignal): Promise<PastTrades>;
}

/** Playback of a market that runs on a clock of its own. */
export interface Playback {
  readonly clock: Clock;
  /** Market seconds a second of ours lasts; Infinity is as fast as it goes. */
  setSpeed(speed: number): void;
  /** Lets market time pass without the feed, as polling needs it to, until `stop` aborts. Absent where nothing can be polled. */
  run?(stop: AbortSignal): Promise<void>;
}

/** A broker, opened: what the engine works with. */
export interface BrokerSession {
  /** The instruments this broker really has, of those asked for. */
  readonly instruments: readonly Instrument[];
  readonly feed: Feed;
  readonly quotes: QuoteSource | undefined;
  readonly history: HistorySource | undefined;
  readonly trades?: TradeSource | undefined;
  /**
   * Takes over new credentials while the session lives on; the feed is run anew after it. Throws AppError when they
   * are refused: nothing has changed then. Absent where the session must be opened anew.
   */
  renew?(credentials: Readonly<Record<string, string>>): Promise<void>;
  /** When the login ends; undefined where it does not, or nobody knows. */
  loginUntil?(): EpochMs | undefined;
  /** Present when market time is not wall-clock time (simulator, replay). */
  readonly playback: Playback | undefined;
}

/** Looks into everything that can be wrong with a broker. */
export interface Doctor {
  /** Throws AppError for a broker nobody knows; what is wrong with a known one is a finding. */
  examine(broker: string, stop: AbortSignal): Promise<Examination>;
}

/** Logs in at brokers. What it gets goes into the vault. */
export interface LoginDesk {
  /** Logs in with what the vault holds. False where fields for it are missing. Throws AppError when it is refused. */
  logIn(broker: string, stop: AbortSignal): Promise<boolean>;
  /** Address of the venue's page to open, which comes back to us. Throws AppError where the broker has none. */
  page(broker: string): Promise<string>;
}

/** What a channel tells: one alert, or a digest of several. */
export interface ChannelMessage {
  /** The same for every try: the receiver can tell a repetition. */
  readonly id: string;
  readonly alerts: readonly Alert[];
  /** Names of the alerts' rules, by id. */
  readonly ruleNames: Readonly<Record<string, string>>;
  /** Whose prices they are of. */
  readonly world: BrokerManifest['world'];
  /** It could not be told when it was news. */
  readonly isLate: boolean;
  readonly isTest: boolean;
}

/** One way of telling a person: desktop, webhook, Telegram. */
export interface Channel {
  readonly id: ChannelState['id'];
  readonly label: string;
  /** What it needs; the values lie in the vault under `channel-<id>`. */
  readonly fields: readonly ChannelField[];
  /** Somebody sits before it, who wants quiet in the quiet hours. */
  readonly isPersonal: boolean;
  /** What is older is no news here, and is not told any more; absent where it always is. */
  readonly freshMs?: number;
  /** Names of the fields that are set. */
  fieldsSet(): readonly string[];
  /** Whether it has what it needs; what it owes waits until then. */
  isReady(): boolean;
  /** Throws AppError `invalid-input` for values that are of no use. An empty text removes a field. */
  check(fields: Readonly<Record<string, string>>): void;
  /**
   * Resolves once it got through. Rejects with an AppError: a retryable one is tried again (not before
   * `context.retryAfterSeconds`, where that is given), any other given up. Neither it nor its context holds what is in
   * the vault.
   */
  send(message: ChannelMessage, stop: AbortSignal): Promise<void>;
}

/** Runs rules over what is stored, beside the engine, so that no screen waits for it. */
export interface BacktestRunner {
  run(request: BacktestRequest, stop: AbortSignal): Promise<BacktestReport>;
  noise(request: BacktestRequest, stop: AbortSignal): Promise<NoiseReport>;
}

/** What is run, on which instruments, and up to when (the market's time). */
export interface BacktestRequest {
  readonly rule: Rule;
  readonly sessions: number;
  readonly instruments: readonly Instrument[];
  readonly now: EpochMs;
}

/** Credentials by broker. Read by brokers alone: no screen, log or setting holds a value. */
export interface SecretVault {
  read(broker: string): Readonly<Record<string, string>>;
  /** Merges into what is there; an empty text removes a field. */
  write(broker: string, fields: Readonly<Record<string, string>>): void;
  /** When the broker's fields were last written. */
  savedAt(broker: string): EpochMs | undefined;
}

/** Redacts by key name and by value before anything reaches the file. */
export interface Logger {
  info(message: string, context?: Readonly<Record<string, unknown>>): void;
  warn(message: string, context?: Readonly<Record<string, unknown>>): void;
  error(error: AppError): void;
}

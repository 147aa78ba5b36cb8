import type { Alert } from '../../core/alert.ts';
import type { AuctionBar } from '../../core/auction.ts';
import type { BarDifference } from '../../core/bar-difference.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Candle, Provenance } from '../../core/candle.ts';
import type { CandleColumns } from '../../core/candle-columns.ts';
import type { CorporateAction, SymbolRename } from '../../core/corporate-action.ts';
import type { CoveredSpan } from '../../core/day-coverage.ts';
import type { Instrument } from '../../core/instrument.ts';
import type { OrderBook } from '../../core/order-book.ts';
import type { Revision, RevisionReason } from '../../core/revision.ts';
import type { Inputs, Signal } from '../../core/signal.ts';
import type { Tick } from '../../core/tick.ts';
import type { Timeframe } from '../../core/timeframe.ts';
import type { DeliveryStore, EvidenceStore, OrderStore, OutcomeStore } from './alert-store-port.ts';

/**
 * What is known of how a bar was made: begun after its opening, widened by a print seen only in the day's high or low,
 * told in part or whole by the venue that stands in for the first.
 */
export const BAR_MARKS = ['partial', 'inferred', 'standby'] as const;
export type BarMark = (typeof BAR_MARKS)[number];

/** Closed bars of one kind, waiting to be stored together. */
export interface CandleBatch {
  readonly candles: readonly Candle[];
  readonly provenance: Provenance;
  readonly marks?: readonly BarMark[];
}

/** A stored bar with all that is known of it. */
export interface StoredCandle {
  readonly candle: Candle;
  readonly provenance: Provenance;
  readonly marks: readonly BarMark[];
}

/** What the feed told of an instrument from `from` on may not have been all. */
export interface DoubtedSpan {
  readonly instrument: InstrumentKey;
  readonly from: EpochMs;
}

/** What goes to disk together or not at all. */
export interface BarWrite {
  readonly batches: readonly CandleBatch[];
  /** Stretches that are whole once the batches are stored. */
  readonly covered?: readonly CoveredSpan[];
  /** Taken from what is stored, before `covered` is added. */
  readonly doubted?: readonly DoubtedSpan[];
  readonly revisions?: readonly Revision[];
  /** Bars that a venue tells otherwise; the stored ones stay. */
  readonly differences?: readonly BarDifference[];
  readonly auctions?: readonly AuctionBar[];
  /**
   * When history or the exchange said so. With it, each stored bar that a batch of theirs changes is written down
   * as a revision too; without it, none is.
   */
  readonly at?: EpochMs;
  /** Why those bars changed, where the batch's provenance is not the reason: a person imported them. */
  readonly reason?: RevisionReason;
}

/** Bars on disk. Every method of a store throws AppError `storage` when the disk lets it down. */
export interface CandleStore {
  /**
   * One transaction. A bar already there gives way unless its provenance is the stronger; equal ones give way to
   * the newer word. Nothing of a stretch is covered unless its bars are on disk.
   */
  saveBars(write: BarWrite): void;
  /** Bars with `from` ≤ openTime < `to`, oldest first. */
  loadCandles(instrument: InstrumentKey, timeframe: Timeframe, from: EpochMs, to: EpochMs): CandleColumns;
  /** Up to `limit` bars that open before `before`, oldest first. */
  loadCandlesBefore(instrument: InstrumentKey, timeframe: Timeframe, before: EpochMs, limit: number): CandleColumns;
  /** As `loadCandles`, with provenance and marks; for a few. */
  storedCandles(instrument: InstrumentKey, timeframe: Timeframe, from: EpochMs, to: EpochMs): readonly StoredCandle[];
  /** Auctions with `from` ≤ openTime < `to`, oldest first. */
  loadAuctions(instrument: InstrumentKey, from: EpochMs, to: EpochMs): readonly AuctionBar[];
}

/** What is known whole, and what was changed after it had closed. */
export interface LedgerStore {
  /** Stretches that touch `[from, to)`, in order. */
  covered(instrument: InstrumentKey, from: EpochMs, to: EpochMs): readonly CoveredSpan[];
  /** Every instrument of which any stretch or bar in `[from, to)` is stored. */
  coveredInstruments(from: EpochMs, to: EpochMs): readonly InstrumentKey[];
  /** Changes of bars with `from` ≤ openTime < `to`, the oldest bar first and each bar's changes in order. */
  revisions(from: EpochMs, to: EpochMs): readonly Revision[];
  /** Bars with `from` ≤ openTime < `to` that a venue tells otherwise than we built them, the oldest first. */
  differences(from: EpochMs, to: EpochMs): readonly BarDifference[];
}

/** What was found, and what was told. */
export interface SignalStore {
  /** False when this very signal (instrument, timeframe, rule, bar) was stored before. On disk when it returns. */
  addSignal(signal: Signal, at: EpochMs, inputs?: Inputs): boolean;
  /** False when it was stored before. On disk when it returns. */
  addAlert(alert: Alert): boolean;
  /** Newest first. */
  alerts(limit: number): readonly Alert[];
  markAlertsRead(): void;
  clearAlerts(): void;
  /** Marks the signals of bars that open in `[from, to)`, and their alerts. Answers how many were not marked so before. */
  markInputs(instrument: InstrumentKey, timeframe: Timeframe, from: EpochMs, to: EpochMs, inputs: Inputs): number;
}

/** How long each kind is kept, in days; undefined is for ever. */
export interface Retention {
  readonly ticks: number | undefined;
  readonly books: number | undefined;
  /** 1-second bars. */
  readonly seconds: number | undefined;
  /** 5-second bars. */
  readonly base: number | undefined;
  /** Bars of 10 seconds to 4 hours. */
  readonly intraday: number | undefined;
  /** The file may grow to this; beyond it the oldest of the finest kinds goes first. */
  readonly budgetBytes: number | undefined;
}

/** Rows deleted, by kind, and bytes given back to the disk. */
export interface TrimReport {
  readonly deleted: Readonly<Record<string, number>>;
  readonly freedBytes: number;
  /** False when a slice of work was done and more waits: call again. */
  readonly isDone: boolean;
  /** When all is done: by how much the rest, the newest days and what is kept for ever, exceeds the budget. */
  readonly overBudgetBytes?: number;
}

/** Everything a world keeps on disk. */
export interface Store
  extends CandleStore,
    LedgerStore,
    SignalStore,
    EvidenceStore,
    DeliveryStore,
    OutcomeStore,
    OrderStore {
  /** The file it is in, or `:memory:`. */
  readonly path: string;
  instruments(): readonly Instrument[];
  saveInstruments(instruments: readonly Instrument[]): void;
  /** Each with its direction: up, down or level against the instrument's price before. */
  saveTicks(ticks: readonly Tick[]): void;
  saveBooks(books: readonly OrderBook[]): void;
  /** Replaces the list. Bars stay as they were traded. */
  saveCorporateActions(actions: readonly CorporateAction[]): void;
  corporateActions(): readonly CorporateAction[];
  /** Moves what is stored under the old symbol to the new one; done before, it does nothing. Answers the rows moved. */
  renameInstrument(rename: SymbolRename): number;
  /** A small JSON document by name: settings, the simulator's clock. */
  readDocument(name: string): unknown;
  writeDocument(name: string, value: unknown): void;
  /** One slice of deleting what is older than `retention` says; short enough not to be felt. `now` is the market's. */
  trim(retention: Retention, now: EpochMs): TrimReport;
  /** Copies the store, as it is now, into a new file while work goes on. Answers its size in bytes. */
  backUp(path: string): Promise<number>;
  sizeBytes(): number;
  close(): void;
}

import type { Alert } from '../../core/alert.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { GradedAlert } from '../../core/outcome.ts';
import type { OrderRecord, OrderTicket } from '../../core/paper-order.ts';
import type { EvidenceContent, EvidenceLink, Passport } from '../../core/passport.ts';
import type { Inputs, Signal } from '../../core/signal.ts';
import type { Timeframe } from '../../core/timeframe.ts';

/** Everything that is on disk with an alert, or not at all. */
export interface AlertWrite {
  readonly signal: Signal;
  readonly inputs: Inputs;
  readonly alert: Alert;
  readonly passport: Passport;
  /** Ids of the channels that have to tell of it. */
  readonly channels: readonly string[];
}

/** An alert as its row says, and the number of its link; undefined for one of an older version, which had no passports. */
export interface ToldAlert {
  readonly alert: Alert;
  readonly link: number | undefined;
}

/** The chain of evidence. Every method of a store throws AppError `storage` when the disk lets it down. */
export interface EvidenceStore {
  /** One transaction, on disk when it returns. False, and nothing written, when this alert was stored before. */
  raise(write: AlertWrite): boolean;
  /** The same of several, in order: all in one transaction, or none. */
  raiseAll(writes: readonly AlertWrite[]): readonly boolean[];
  /** The links of an alert, oldest first, and the renames of its symbol since. They name it as its passport does. */
  evidence(alert: string): readonly EvidenceLink[];
  /** Adds a link, which names the alert as its passport does. On disk when it returns. */
  addEvidence(content: EvidenceContent): EvidenceLink;
  /** Walks the chain from its first link. Undefined when it holds; else where it breaks, and how, as a sentence. */
  brokenLink(): { readonly seq: number; readonly reason: string } | undefined;
  /** By the id it has now; cleared ones too. */
  toldAlert(id: string): ToldAlert | undefined;
  /** Every alert that was ever told, cleared ones too, oldest first. */
  toldAlerts(): readonly ToldAlert[];
  /** Alerts that have a passport and no row any more, as the passport names them: somebody deleted them. */
  lostAlerts(): readonly string[];
}

/** A message that a channel owes. */
export interface Delivery {
  readonly alert: Alert;
  readonly channel: string;
  readonly attempts: number;
  /** Not before then. */
  readonly dueAt: EpochMs;
}

/** What channels owe and what became of it. A row is made by `EvidenceStore.raise`. */
export interface DeliveryStore {
  /** What a channel owes, oldest first, due or not. */
  deliveries(channel: string, limit: number): readonly Delivery[];
  /** Tried in vain: again at `dueAt`. */
  postpone(channel: string, alerts: readonly string[], dueAt: EpochMs): void;
  /** It was told, given up, or kept quiet: no longer owed, and a link of the chain. One transaction. */
  settle(channel: string, alerts: readonly string[], outcome: 'told' | 'failed' | 'quiet', at: EpochMs): void;
}

/** An outcome with what else is known of its alert. */
export interface KeptOutcome extends GradedAlert {
  readonly timeframe: Timeframe;
  readonly raisedAt: EpochMs;
}

/** How alerts turned out. */
export interface OutcomeStore {
  /** Alerts whose outcome is not final yet, of bars that opened before `before`; the oldest first. */
  ungraded(before: EpochMs, limit: number): readonly Alert[];
  /** Replaces what was known of each. */
  saveOutcomes(graded: readonly GradedAlert[]): void;
  /** Of bars that open at `since` or later, newest first, cleared alerts included; null is any. */
  outcomes(rule: string | null, instrument: InstrumentKey | null, since: EpochMs): readonly KeptOutcome[];
}

/** Paper orders. A row is never deleted. */
export interface OrderStore {
  /**
   * Stores a ticket as intended, or as rejected where `refusal` says why, as a sentence. False, and nothing written,
   * when its key was there before. On disk when it returns.
   */
  addTicket(ticket: OrderTicket, refusal?: string): boolean;
  /** Puts what became of it in place of what was known. On disk when it returns. */
  updateTicket(record: OrderRecord): void;
  /** All that touch `since` or later, and every one that is not at its end, in the order in which they were stored. */
  tickets(since: EpochMs): readonly OrderRecord[];
}

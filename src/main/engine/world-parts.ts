import type { FeedState } from '../../contract/events.ts';
import type { BrokerManifest } from '../../contract/manifest.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { CorporateAction } from '../../core/corporate-action.ts';
import type { AppError } from '../../core/errors.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import type { Segment } from '../../core/instrument.ts';
import type { Rule } from '../../core/rule.ts';
import type { Signal } from '../../core/signal.ts';
import type { BrokerSession, Channel, Clock, SecretVault } from './ports.ts';
import type { Publisher } from './publisher.ts';
import type { ScanDesk } from './scan-desk.ts';
import type { Store } from './store-port.ts';
import type { Track } from './track.ts';

/** What a world is made from. */
export interface WorldParts {
  readonly session: BrokerSession;
  readonly manifest: BrokerManifest;
  /** Where this world's bars, signals and alerts are kept. */
  readonly store: Store;
  readonly wall: Clock;
  readonly publisher: Publisher;
  /** Ways of telling a person; none where this is absent. */
  readonly channels?: readonly Channel[];
  /** Where channels keep what they need. */
  readonly vault?: Pick<SecretVault, 'write'>;
  settings(): Settings;
  /** All rules, those that are switched off too; the default one alone where this is absent. */
  rules?(): readonly Rule[];
  calendarOf(segment: Segment): Calendar;
  /** Splits and bonuses, those to come as well; none where this is absent. */
  readonly actions?: readonly CorporateAction[];
  /** A second venue that carries the same instruments: it checks the first and stands in for it. */
  readonly standby?: StandbyVenue | undefined;
  /**
   * A login is needed, and the manifest says that nobody need be there for it. May answer a promise: one that rejects
   * for want of a network is asked for again.
   */
  onLoginNeeded?(broker: string): unknown;
  onTrouble(error: AppError): void;
  /** Hears of every signal on a closed bar, stored before or not. */
  onSignal?(signal: Signal): void;
}

/** A second venue, opened. */
export interface StandbyVenue {
  readonly session: BrokerSession;
  readonly manifest: BrokerManifest;
}

/** What the desks ask of the world they stand in. */
export interface DeskHooks {
  readonly stop: AbortSignal;
  rules(): ScanDesk;
  onStatus(status: FeedStatus, before: FeedStatus): void;
  /** Where the feed stands. */
  feed(): FeedState;
  /** The schedule came to its next row. */
  onModeBoundary(): void;
  /** What is known of the second venue changed. */
  onStandby(): void;
  /** History filled a hole of the track. */
  onFilled(track: Track): void;
}

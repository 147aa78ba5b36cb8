import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Candle } from '../../core/candle.ts';
import type { AppError } from '../../core/errors.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import type { AlertDesk } from './alert-desk.ts';
import type { Archive } from './archive.ts';
import type { FormingDesk } from './forming-desk.ts';
import type { Hearing } from './hearing.ts';
import type { HistoryDesk } from './history-desk.ts';
import type { Journal } from './journal.ts';
import type { MarketLag } from './market-lag.ts';
import type { OrderDesk } from './order-desk.ts';
import type { Clock } from './ports.ts';
import type { Publisher } from './publisher.ts';
import type { RevisionDesk } from './revision-desk.ts';
import type { ScanDesk } from './scan-desk.ts';
import type { StatsDesk } from './stats-desk.ts';
import type { Track } from './track.ts';

/** What the pipeline stands among. */
export interface PipelineParts {
  readonly tracks: ReadonlyMap<InstrumentKey, Track>;
  /** The market's clock, and the exchange's, which is behind it by the lag. */
  readonly clock: Clock;
  readonly exchangeClock: Clock;
  readonly lag: MarketLag;
  /** True where market time is played back. */
  readonly isPlayed: boolean;
  readonly hearing: Hearing;
  readonly archive: Archive;
  readonly journal: Journal;
  readonly publisher: Publisher;
  readonly revisions: RevisionDesk;
  /** Undefined where the broker has no history. */
  readonly history: HistoryDesk | undefined;
  /** The rules in force: a change of them or of the settings replaces it. */
  rules(): ScanDesk;
  readonly forming: FormingDesk;
  readonly stats: StatsDesk;
  onStatus(status: FeedStatus): void;
  /** Bars that ended at or before `time` were closed. */
  onSealed(time: EpochMs): void;
  /** What the feed told since `time` was lost on the way. */
  onLost(time: EpochMs): void;
  /** Whether the second venue told any of a stretch. */
  isCarried(open: EpochMs, close: EpochMs): boolean;
  /** The venue's own bar. */
  onVenueBar(candle: Candle, closed: boolean): void;
  /** Fills orders on paper with the prices that are traded. */
  readonly orders: Pick<OrderDesk, 'price' | 'bar'>;
  /** Alerts that are raised at one instant are stored together. */
  readonly alerts: Pick<AlertDesk, 'together'>;
  /** Our clock leapt. */
  onLeap(): void;
  onTrouble(error: AppError): void;
}

import type { ConnectionMetrics } from '../../contract/connection.ts';
import type { Check } from '../../contract/doctor.ts';
import type { BrokerManifest, OptionValue } from '../../contract/manifest.ts';
import type { Settings } from '../../contract/settings.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { SymbolRename } from '../../core/corporate-action.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import type { Instrument, Segment } from '../../core/instrument.ts';
import type { BrokerModule, Endpoints } from '../brokers/broker-module.ts';
import type { Clock, Logger, SecretVault } from '../engine/ports.ts';
import type { Probes } from './probes.ts';

/** What the doctor needs of the rest of the app. */
export interface DoctorParts {
  readonly brokers: readonly BrokerModule[];
  /** The clock on the wall: it is one of the things looked at. */
  readonly clock: Clock;
  readonly vault: SecretVault;
  readonly logger: Logger;
  /** Where everything is kept; it need not exist. */
  readonly dataDir: string;
  /** Where brokers keep lists of instruments. */
  readonly cacheDir: string;
  readonly renames?: readonly SymbolRename[];
  settings(): Settings;
  calendarOf(segment: Segment): Calendar;
  endpointsOf(broker: string): Endpoints;
  /** Every option of the manifest, as the engine hands it to `open`. */
  optionsOf(manifest: BrokerManifest): Readonly<Record<string, OptionValue>>;
  /** What is watched at this venue, as the engine hands it to `open`. */
  instrumentsOf(manifest: BrokerManifest): readonly Instrument[];
  /**
   * The feed of this venue that this program runs, if it does: it is looked at, and no second connection made beside
   * it. Absent outside the app.
   */
  running?(broker: string): RunningFeed | undefined;
  /** Hears what is looked at next. */
  onProgress?(check: Check): void;
  /** What tests turn: how this computer is asked about names, certificates and disks. */
  readonly probes?: Partial<Probes>;
}

/** A feed at work, as far as it can be looked at from outside. */
export interface RunningFeed {
  readonly status: FeedStatus;
  readonly connections: readonly ConnectionMetrics[];
  /** When the newest price of the instrument came; undefined before its first. */
  receivedAt(instrument: InstrumentKey): EpochMs | undefined;
}

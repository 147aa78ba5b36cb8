import type { ConnectionMetrics } from '../../contract/connection.ts';
import type { Check, Finding } from '../../contract/doctor.ts';
import type { BrokerManifest, OptionValue } from '../../contract/manifest.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import { isTrading } from '../../core/calendar.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import type { Instrument } from '../../core/instrument.ts';
import type { BrokerModule, BrokerSession } from '../brokers/broker-module.ts';
import type { DoctorParts } from './parts.ts';
import type { Probes } from './probes.ts';
import type { ServerList } from './servers.ts';

/** What could be seen of a live connection. */
export interface ConnectionView {
  readonly status: FeedStatus;
  readonly connections: readonly ConnectionMetrics[];
  /** Messages of any kind, heartbeats included. */
  readonly messages: number;
  /** Instruments of which a price has come. */
  readonly priced: ReadonlySet<InstrumentKey>;
  /** When the newest price came. */
  readonly lastDataAt: EpochMs | undefined;
  /** What was refused of what came, and how often. */
  readonly rejects: ReadonlyMap<string, number>;
  /** How long it was watched; undefined for the app's own feed, which has run for longer. */
  readonly watchedMs: number | undefined;
}

/** One venue under examination: what is known before anything is tried, and what has been found so far. */
export interface Patient {
  readonly parts: DoctorParts;
  readonly broker: BrokerModule;
  readonly manifest: BrokerManifest;
  readonly credentials: Readonly<Record<string, string>>;
  readonly instruments: readonly Instrument[];
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly servers: ServerList;
  /** The file of further authorities that the settings name, if they do. */
  readonly caFile: { readonly path: string; readonly text: string | undefined } | undefined;
  readonly probes: Probes;
  /** Aborts when the person stops the examination or its time is over. */
  readonly stop: AbortSignal;
  /** What `rest` opened; undefined before, or when it could not be. */
  session: BrokerSession | undefined;
  /** What was seen of the feed; undefined before, or when there was nothing to look at. */
  view: ConnectionView | undefined;
  readonly findings: Map<Check, Finding>;
}

/** Looks at one thing. What it throws is told as `unknown`. */
export type Examine = (patient: Patient) => Promise<Finding> | Finding;

/** Prices no exchange made: nothing of it is out there in the network. */
export function isMadeHere({ manifest }: Patient): boolean {
  return manifest.world !== 'market';
}

/** The instruments whose market trades at `now`. */
export function trading(patient: Patient, now: EpochMs): readonly Instrument[] {
  const instruments = patient.session?.instruments ?? patient.instruments;
  return instruments.filter(({ segment }) => {
    const calendar = patient.parts.calendarOf(segment);
    const session = calendar.session(calendar.dateOf(now));
    return session !== undefined && isTrading(session, now);
  });
}

import type { BrokerManifest } from '../../contract/manifest.ts';
import type { FeedSettings } from '../../contract/settings.ts';
import type { EpochMs } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { SymbolRename } from '../../core/corporate-action.ts';
import type { Instrument, Segment } from '../../core/instrument.ts';
import type { BrokerSession, Clock, Logger } from '../engine/ports.ts';

export type { BrokerSession, Playback } from '../engine/ports.ts';

/** What a broker gets when it is opened. */
export interface OpenContext {
  /** Wall-clock time; a broker with a market clock of its own paces it by this one. */
  readonly clock: Clock;
  readonly credentials: Readonly<Record<string, string>>;
  /** Stores what the broker learned on the way in, such as a day's access token. */
  saveCredentials(fields: Readonly<Record<string, string>>): void;
  /** What the user wants to watch; a broker may know fewer. */
  readonly instruments: readonly Instrument[];
  /** Old symbols of shares: a venue's list may still have them. */
  readonly renames?: readonly SymbolRename[] | undefined;
  readonly settings: FeedSettings;
  calendarOf(segment: Segment): Calendar;
  /** Where this venue's servers are, when not at the usual place (`TICKSCOPE_<VENUE>_API_URL`, …). */
  readonly endpoints: { readonly api?: string | undefined; readonly ws?: string | undefined };
  /** Where the broker may keep files, such as the day's instrument dump. */
  readonly cacheDir: string;
  /** Market time at which the last run on this broker's own clock ended; undefined at the first run. */
  readonly resumeAt: EpochMs | undefined;
  readonly logger: Logger;
}

/** The one export of every `brokers/<id>/index.ts`. */
export interface BrokerModule {
  readonly manifest: BrokerManifest;
  /** Throws an AppError whose message says what to do: missing credentials, unreadable file, expired token. */
  open(context: OpenContext): Promise<BrokerSession>;
}

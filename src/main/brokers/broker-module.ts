import type { BrokerManifest, OptionValue } from '../../contract/manifest.ts';
import type { FeedSettings } from '../../contract/settings.ts';
import type { EpochMs } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { SymbolRename } from '../../core/corporate-action.ts';
import type { Instrument, Segment } from '../../core/instrument.ts';
import type { BrokerSession, Clock, Logger } from '../engine/ports.ts';
import type { WireTap } from './transport/wire-tap.ts';

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
  /** From `TICKSCOPE_<VENUE>_API_URL`, … */
  readonly endpoints: Endpoints;
  /** Every option of the manifest, checked: what the person set, or its initial value. */
  readonly options: Readonly<Record<string, OptionValue>>;
  /** Hears every raw message, for recordings; absent in daily use. Secrets are stripped by whoever listens. */
  readonly tap?: WireTap | undefined;
  /** Where the broker may keep files, such as the day's instrument dump. */
  readonly cacheDir: string;
  /** Market time at which the last run on this broker's own clock ended; undefined at the first run. */
  readonly resumeAt: EpochMs | undefined;
  readonly logger: Logger;
}

/** Where a venue's servers are, when not at the usual place. */
export interface Endpoints {
  readonly api?: string | undefined;
  readonly ws?: string | undefined;
  readonly login?: string | undefined;
}

/** What a login needs. */
export interface LoginContext {
  readonly clock: Clock;
  readonly credentials: Readonly<Record<string, string>>;
  readonly endpoints: Endpoints;
  readonly options: Readonly<Record<string, OptionValue>>;
}

/** A venue's logins. What a method answers are credential fields to keep; an empty text forgets one. */
export interface BrokerLogin {
  /**
   * Logs in with password, PIN and one-time codes. Throws AppError: `invalid-input` names fields that are missing,
   * `auth-expired` says what was refused, `rate-limited` to wait.
   */
  unattended?(context: LoginContext, stop: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** Address of the venue's own page, which sends the browser to `redirect` with `state` in its query. */
  page?(context: LoginContext, redirect: string, state: string): string;
  /** What the browser brought back in its query. Throws AppError when the login was refused or called off. */
  finish?(context: LoginContext, query: URLSearchParams, stop: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** When these credentials end; undefined where they do not, or none are there. Reads them only. */
  until?(credentials: Readonly<Record<string, string>>, savedAt: EpochMs | undefined): EpochMs | undefined;
}

/** A recording to look into: `decode <venue> FILE`. */
export interface Recording {
  readonly bytes: Uint8Array;
  /** Switches the person gave, such as `packet`; a venue refuses those it does not know. */
  readonly switches: ReadonlySet<string>;
}

/** The one export of every `brokers/<id>/index.ts`. */
export interface BrokerModule {
  readonly manifest: BrokerManifest;
  /** Throws an AppError whose message says what to do: missing credentials, unreadable file, expired token. */
  open(context: OpenContext): Promise<BrokerSession>;
  /** Absent where nobody logs in. */
  readonly login?: BrokerLogin;
  /**
   * A recorded message, or many, as records for a person or a script: one JSON object each, in order. Never throws for
   * what the venue sent (that is a record of kind `error` or a `reject`); throws AppError for a file that is no recording.
   */
  readonly decode?: (recording: Recording) => Iterable<object>;
  /** What a person may wonder about a recording, as a sentence to tell beside its records: `This looks like base64 text.` */
  readonly decodeRemark?: (recording: Recording) => string | undefined;
  /** How `decode` is used, for `--help`; a few lines. */
  readonly decodeHelp?: string;
}

import type { Instrument } from '../core/instrument.ts';

/** What the app knows of a broker before it connects: plain data, shown in Settings as it stands. */
export interface BrokerManifest {
  readonly id: string;
  readonly label: string;
  /** One sentence for the person who chooses. */
  readonly description: string;
  readonly credentialFields: readonly CredentialField[];
  readonly limits: {
    readonly instrumentsPerSocket: number;
    readonly sockets: number;
    /** How many instruments one request for quotes carries, for the words of what polling costs. */
    readonly quotesPerRequest?: number;
  };
  readonly can: {
    readonly stream: boolean;
    readonly quotes: boolean;
    readonly history: boolean;
    readonly orders: boolean;
  };
  /** Prices that no exchange made: they are kept apart from real ones. */
  readonly world: 'market' | 'simulated' | 'replay';
  /** What a person may turn; kept in `settings.feed.options` under the broker's id. */
  readonly options?: readonly OptionField[];
  /**
   * Lists of instruments to begin with, the first of them until the person makes one. Absent where the broker watches
   * the NIFTY 50.
   */
  readonly presets?: readonly Preset[];
  /** Where its servers usually are. `TICKSCOPE_<ID>_API_URL`, `_WS_URL` and `_LOGIN_URL` point elsewhere. */
  readonly servers?: {
    readonly api?: string;
    readonly ws?: string;
    readonly login?: string;
    /** In place of these while the switch `option` is on. */
    readonly sandbox?: { readonly option: string; readonly api?: string; readonly ws?: string };
    /** Name of the text option that holds the path of a file of further certificate authorities. */
    readonly caOption?: string;
  };
  /** How its tokens are renewed; absent where they last. */
  readonly login?: {
    /** A person logs in on the venue's own page, and the page sends the browser back to us. */
    readonly browser: boolean;
    /** Credential fields that, all set, let Tickscope log in by itself; absent where it cannot. */
    readonly unattended?: readonly string[];
  };
}

/** One field of the form in which a broker's credentials are entered. */
export interface CredentialField {
  readonly name: string;
  readonly label: string;
  readonly secret: boolean;
  /** What it is and where to find it. */
  readonly hint: string;
  /** Nothing works without it. */
  readonly required?: boolean;
}

interface OptionBase {
  readonly name: string;
  readonly label: string;
  /** What it does, in a sentence. */
  readonly hint: string;
}

/** One row of a broker's own settings. `initial` holds until the person says otherwise. */
export type OptionField =
  | (OptionBase & { readonly kind: 'switch'; readonly initial: boolean })
  | (OptionBase & {
      readonly kind: 'number';
      readonly initial: number;
      readonly min: number;
      readonly max: number;
      /** Such as `minutes`; part of the row's text. */
      readonly unit?: string;
    })
  | (OptionBase & { readonly kind: 'text'; readonly initial: string })
  | (OptionBase & { readonly kind: 'choice'; readonly initial: string; readonly choices: readonly Choice[] });

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export type OptionValue = boolean | number | string;

/** A list of instruments that a person can take over with one click. */
export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly instruments: readonly Instrument[];
}

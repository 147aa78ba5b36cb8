import type { InstrumentKey, TradingDate } from './brand.ts';
import type { Arithmetic } from './scanner/scan-function.ts';
import type { Side } from './signal.ts';
import type { Timeframe } from './timeframe.ts';

/** Which of the watched instruments a rule looks at. Sector names are those of the universe, whatever their capitals. */
export type RuleUniverse =
  | { readonly kind: 'all' }
  | { readonly kind: 'list'; readonly instruments: readonly InstrumentKey[] }
  | { readonly kind: 'sector'; readonly sectors: readonly string[] };

/**
 * When a rule that has fired may fire again for the same instrument and side: after its condition was false on so many
 * bars in a row, or once another condition came true.
 */
export type Rearm =
  | { readonly kind: 'bars'; readonly bars: number }
  | { readonly kind: 'condition'; readonly buy: string | null; readonly sell: string | null };

/** Hours of the day in the market's own time, `HH:MM`; a bar counts by its close. */
export interface ActiveHours {
  readonly from: string;
  readonly to: string;
}

/** Where a rule's alerts go, beside the list in the app. */
export interface RuleChannels {
  readonly desktop: boolean;
  readonly sound: boolean;
  /** The symbol and side are spoken, after the sound. */
  readonly spoken: boolean;
  /** 0 is silent, 1 is full; null is as loud as the settings say. */
  readonly volume: number | null;
  readonly webhook: boolean;
  readonly telegram: boolean;
}

/** A distance from the entry price. */
export type Distance =
  | { readonly kind: 'percent'; readonly percent: number }
  /** So many average true ranges of 14 bars, as of the signal's bar. */
  | { readonly kind: 'atr'; readonly multiple: number };

/** What a confirmed signal buys or sells on paper. */
export interface PaperPlan {
  readonly enabled: boolean;
  /** Shares or lots, as the instrument trades. */
  readonly quantity: number;
  readonly stop: Distance | null;
  readonly target: Distance | null;
}

/** A rule as data: what it looks for, where and when, and whom it tells. */
export interface Rule {
  /** Small letters, digits and hyphens; in the identity of its signals. */
  readonly id: string;
  readonly name: string;
  /** One line of explanation. */
  readonly note: string;
  readonly enabled: boolean;
  readonly timeframe: Timeframe;
  /** Sentences of the scan language; null for a side that it does not have. One of the two is there. */
  readonly buy: string | null;
  readonly sell: string | null;
  readonly universe: RuleUniverse;
  readonly arithmetic: Arithmetic;
  /** Also look at bars that have not closed; such signals are marked and may vanish. */
  readonly forming: boolean;
  readonly rearm: Rearm;
  /** Minutes of market time in which a symbol that fired is not told again, at the longest until the day ends; 0 is none. */
  readonly cooldownMinutes: number;
  /** Tells a symbol once a day at the most. */
  readonly onlyNew: boolean;
  readonly activeHours: ActiveHours | null;
  /** The last day on which it looks. */
  readonly expiresOn: TradingDate | null;
  readonly channels: RuleChannels;
  readonly paper: PaperPlan | null;
}

/** The sentence of a side. */
export function textOf(rule: Pick<Rule, Side>, side: Side): string | null {
  return rule[side];
}

export const USUAL_CHANNELS: RuleChannels = {
  desktop: true,
  sound: true,
  spoken: false,
  volume: null,
  webhook: false,
  telegram: false,
};

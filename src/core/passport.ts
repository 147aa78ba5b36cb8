import type { EpochMs, InstrumentKey, TradingDate } from './brand.ts';
import type { Provenance } from './candle.ts';
import type { CorporateAction } from './corporate-action.ts';
import type { Segment } from './instrument.ts';
import type { RuleUniverse } from './rule.ts';
import type { LongerStart } from './scanner/lane-context.ts';
import type { Arithmetic } from './scanner/scan-function.ts';
import type { Inputs, Side } from './signal.ts';
import type { Timeframe } from './timeframe.ts';

/** The rule as it stood: all that decides whether it fires. */
export interface RuleVersion {
  readonly id: string;
  readonly name: string;
  /** Sentences in their canonical form. */
  readonly buy: string | null;
  readonly sell: string | null;
  readonly timeframe: Timeframe;
  readonly arithmetic: Arithmetic;
  readonly universe: RuleUniverse;
  /** Canonical JSON of what else judges: re-arming, cooldown, hours, expiry, new entrants. */
  readonly policy: string;
  /** SHA-256 of all above but `id` and `name`, as canonical JSON, in hex. */
  readonly hash: string;
}

/** An operand as the passport keeps it; null is unknown. */
export interface PassportOperand {
  readonly text: string;
  readonly now: number | null;
  readonly before: number | null;
  readonly isSettled: boolean;
  readonly timeframe: Timeframe;
  readonly barTime: EpochMs | null;
}

/** A bar the verdict rests on: the one it fired on, the one before it, the newest of each longer timeframe. */
export interface PassportBar {
  readonly timeframe: Timeframe;
  readonly openTime: EpochMs;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number | null;
  /** Of the stored rows it is made of, the weakest; null where none was stored yet. */
  readonly provenance: Provenance | null;
  readonly marks: readonly string[];
}

/** When an alert passed each point of its path; null where it did not come by, or nobody knows. */
export interface PassportTimes {
  /** The exchange's stamp of the newest trade in the bar, and when it reached us. */
  readonly exchange: EpochMs | null;
  readonly received: EpochMs | null;
  /** When the bar ended by the calendar. */
  readonly barClosed: EpochMs;
  readonly judged: EpochMs;
  readonly stored: EpochMs;
}

/** Why an alert was raised, complete enough to be computed again. */
export interface Passport {
  readonly version: 1;
  readonly alert: string;
  readonly instrument: InstrumentKey;
  /** What it was then: whose hours it keeps, and which rules look at it. */
  readonly segment: Segment;
  readonly sector: string | null;
  readonly timeframe: Timeframe;
  readonly side: Side;
  readonly barTime: EpochMs;
  readonly price: number;
  readonly text: string;
  readonly rule: RuleVersion;
  readonly operands: readonly PassportOperand[];
  readonly bars: readonly PassportBar[];
  /** Opening time of the first bar the lane had seen, and how many it had: a recomputation begins there. */
  readonly firstBar: EpochMs;
  readonly barCount: number;
  /** The same of each longer timeframe that the rule looks at. */
  readonly longer: readonly LongerStart[];
  /** What its older bars were adjusted by, so that all are in the shares of its own date. */
  readonly actions: readonly Pick<CorporateAction, 'exDate' | 'kind' | 'factor'>[];
  readonly feed: { readonly source: string; readonly label: string; readonly mode: string; readonly status: string };
  readonly ledger: {
    readonly inputs: Inputs;
    /** How the signal's bar is known: told by the feed without a gap, by history, or not whole. */
    readonly bar: 'live' | 'history' | 'not-whole';
    readonly late: boolean;
  };
  readonly times: PassportTimes;
}

/** A link of the chain: something that happened to an alert, and can no longer be changed unseen. */
export type EvidenceContent =
  | { readonly kind: 'alert'; readonly passport: Passport }
  | {
      readonly kind: 'delivery';
      readonly alert: string;
      readonly channel: string;
      readonly outcome: 'told' | 'failed' | 'quiet';
      readonly at: EpochMs;
    }
  /** The symbol of alerts before it is another from that session on. */
  | {
      readonly kind: 'rename';
      readonly from: InstrumentKey;
      readonly to: InstrumentKey;
      readonly firstSession: TradingDate;
    };

/** `hash` is SHA-256 of the hash before and the content's canonical JSON, in hex; the first link follows 64 zeros. */
export interface EvidenceLink {
  readonly seq: number;
  readonly previous: string;
  readonly content: EvidenceContent;
  readonly hash: string;
}

/** A value that a recomputation finds otherwise. */
export interface ProofDifference {
  /** An operand's text, `verdict`, `price`, or a bar as `5m 2026-10-30 10:15 close`. */
  readonly what: string;
  /** As the passport has it. */
  readonly told: string;
  readonly now: string;
}

/** What "prove it" answers. */
export type Proof =
  | { readonly alert: string; readonly kind: 'reproduced'; readonly bars: number }
  | { readonly alert: string; readonly kind: 'differs'; readonly differences: readonly ProofDifference[] }
  /** The chain is broken: a link was changed, is missing or was put in. */
  | { readonly alert: string; readonly kind: 'tampered'; readonly reason: string }
  /** What it needs is not stored any more, or never was. */
  | { readonly alert: string; readonly kind: 'cannot'; readonly reason: string };

import type { EpochMs, InstrumentKey } from './brand.ts';
import type { Side } from './signal.ts';

/** Minutes after the signal's bar closed at which its price is looked at again. */
export const HORIZONS = [5, 15, 60] as const;
export type Horizon = (typeof HORIZONS)[number];

/**
 * What became of a signal, in percent of its price and seen from its side: a fall after a sell is a gain. Undefined
 * where the session ended before, or the bars are not known.
 */
export interface Outcome {
  readonly after5: number | undefined;
  readonly after15: number | undefined;
  readonly after60: number | undefined;
  /** At the close of continuous trading. */
  readonly atClose: number | undefined;
  /** Best and worst excursion until the close, from highs and lows; best ≥ 0 ≥ worst. */
  readonly best: number | undefined;
  readonly worst: number | undefined;
}

/** The parts of an outcome that can be a hit. */
export type Moment = 'after5' | 'after15' | 'after60' | 'atClose';

/** Entries at random, and how many of them gained. */
export interface RandomShare {
  readonly count: number;
  readonly gains: number;
}

/** What a signal is compared with: entries at random bars of its own session, instrument and side. */
export type RandomEntries = Readonly<Record<Moment, RandomShare>>;

/** An alert with what became of it. `isFinal`: its session is over and nothing more will come. */
export interface GradedAlert {
  readonly alert: string;
  readonly rule: string;
  readonly instrument: InstrumentKey;
  readonly side: Side;
  readonly barTime: EpochMs;
  readonly outcome: Outcome;
  /** Absent where there was nothing to draw from. */
  readonly random?: RandomEntries | undefined;
  readonly gradedAt: EpochMs;
  readonly isFinal: boolean;
}

/** How often a price had moved the signal's way, against entries at random. */
export interface HitRate {
  /** Signals of which the outcome is known, and those that gained. */
  readonly count: number;
  readonly hits: number;
  /** hits / count, and its 95 % interval by Wilson; undefined without signals. */
  readonly rate: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** Share of gains among random entries of the same instruments and sides; undefined where none could be made. */
  readonly random: number | undefined;
  /** Mean outcome in percent. */
  readonly mean: number | undefined;
}

/** Outcomes taken together. */
export interface Scoreboard {
  readonly count: number;
  readonly after5: HitRate;
  readonly after15: HitRate;
  readonly after60: HitRate;
  readonly atClose: HitRate;
  readonly best: number | undefined;
  readonly worst: number | undefined;
}

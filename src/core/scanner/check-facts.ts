import type { Timeframe } from '../timeframe.ts';
import type { Hours } from './check-holds.ts';

/** What a sentence is checked against. Whatever nobody knows is undefined, and nothing is said of it. */
export interface CheckFacts {
  /** Sectors that the watched instruments have. */
  readonly sectors: readonly string[] | undefined;
  /** Symbols that are watched, as traders write them: `INFY`. */
  readonly symbols: readonly string[] | undefined;
  /** Symbols of those the rule looks at that tell no volume. */
  readonly withoutVolume: readonly string[];
  /** Bars of history that the rule needs, as `needsOf` says. */
  readonly needs: readonly { readonly timeframe: Timeframe; readonly bars: number }[];
  /** Bars that are stored, of the instrument that has the most of them; a timeframe that nobody counted is left out. */
  readonly stored: ReadonlyMap<Timeframe, number> | undefined;
  readonly hours: Hours;
}

/** For a sentence by itself. */
export const NO_FACTS: CheckFacts = {
  sectors: undefined,
  symbols: undefined,
  withoutVolume: [],
  needs: [],
  stored: undefined,
  hours: undefined,
};

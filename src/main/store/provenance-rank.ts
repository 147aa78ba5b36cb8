import { PROVENANCES, type Provenance } from '../../core/candle.ts';

/** A provenance as its number in the tables: 1 live, 2 history, 3 official. */
export function rankOf(provenance: Provenance): number {
  return PROVENANCES.indexOf(provenance) + 1;
}

/** The provenance of a rank that `rankOf` gave. Throws a RangeError for any other. */
export function provenanceOf(rank: number): Provenance {
  const provenance = PROVENANCES[rank - 1];
  if (provenance === undefined) throw new RangeError(`There is no provenance of rank ${rank}.`);
  return provenance;
}

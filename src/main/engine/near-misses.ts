import type { NearMiss } from '../../contract/rules.ts';
import type { Clause, Judgement } from '../../core/scanner/finding.ts';
import type { Track } from './track.ts';

/** Further away than any distance that can be told. */
const UNTOLD = 10;

/**
 * Who came nearest to firing on the newest closed bar: first those with the fewest conditions left, then those whose
 * conditions left are the nearest to holding. `rule` undefined is any. Who fired is not among them.
 */
export function nearMisses(tracks: Iterable<Track>, rule: string | undefined, limit: number): readonly NearMiss[] {
  const misses: { readonly miss: NearMiss; readonly left: number; readonly distance: number }[] = [];
  for (const track of tracks) {
    for (const { lane } of track.lanes.values()) {
      if (lane.bars === 0) continue;
      for (const judgement of lane.judgements()) {
        if (judgement.truth === true || (rule !== undefined && judgement.rule.id !== rule)) continue;
        misses.push({
          miss: missOf(judgement, track, lane.lastOpenTime),
          left: judgement.clauses.filter(({ truth }) => truth !== true).length,
          distance: distanceOf(judgement.clauses),
        });
      }
    }
  }
  return misses
    .sort((a, b) => a.left - b.left || a.distance - b.distance || compareMisses(a.miss, b.miss))
    .slice(0, limit)
    .map(({ miss }) => miss);
}

/** How far the conditions that are left lie away together: all of them have to be met. */
function distanceOf(clauses: readonly Clause[]): number {
  const left = clauses.filter(({ truth }) => truth !== true);
  // What cannot be told is farther than what can; the more of it, the farther.
  return left.reduce((sum, { distance }) => sum + (distance ?? UNTOLD), 0);
}

function compareMisses(a: NearMiss, b: NearMiss): number {
  return a.instrument.localeCompare(b.instrument) || a.rule.localeCompare(b.rule) || a.side.localeCompare(b.side);
}

function missOf({ rule, side, clauses }: Judgement, { instrument }: Track, barTime: number): NearMiss {
  return {
    rule: rule.id,
    instrument: instrument.key,
    side,
    barTime,
    holding: clauses.filter(({ truth }) => truth === true).length,
    clauses: clauses.map(({ text, truth, distance, operands }) => ({
      text,
      holds: truth ?? null,
      distance: distance ?? null,
      values: Object.fromEntries(operands.map((operand) => [operand.text, operand.now ?? null])),
    })),
  };
}

import { create } from 'zustand';
import type { InstrumentKey } from '../../../core/brand.ts';
import { openOverlay } from './ui-store.ts';

interface OutcomeDesk {
  /** Null is all of them. */
  readonly rule: string | null;
  readonly instrument: InstrumentKey | null;
  readonly days: number;
  /** Counts what the engine graded, which a screen asks for itself. */
  readonly changes: number;
}

/** Which alerts' outcomes are looked at. */
export const useOutcomeDesk = create<OutcomeDesk>()(() => ({ rule: null, instrument: null, days: 30, changes: 0 }));

/** Opens the outcomes of a rule, of a symbol, or of all. */
export function openOutcomes(of: Partial<Pick<OutcomeDesk, 'rule' | 'instrument'>> = {}): void {
  useOutcomeDesk.setState({ rule: null, instrument: null, ...of });
  openOverlay('outcomes');
}

export function tellOutcomesChanged(): void {
  useOutcomeDesk.setState(({ changes }) => ({ changes: changes + 1 }));
}

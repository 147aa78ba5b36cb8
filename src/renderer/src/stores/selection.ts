import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { InstrumentKey } from '../../../core/brand.ts';
import { isTimeframe, type Timeframe } from '../../../core/timeframe.ts';

export interface Selection {
  /** What the chart shows; undefined until someone chose or the first snapshot did. */
  readonly instrument: InstrumentKey | undefined;
  readonly timeframe: Timeframe;
  select(instrument: InstrumentKey): void;
  setTimeframe(timeframe: Timeframe): void;
}

/** What this screen looks at. Kept by the screen, not by the engine: two screens may look at two charts. */
export const useSelection = create<Selection>()(
  persist(
    (set) => ({
      instrument: undefined,
      timeframe: '5m',
      select: (instrument) => set({ instrument }),
      setTimeframe: (timeframe) => set({ timeframe }),
    }),
    {
      name: 'tickscope.selection',
      partialize: ({ instrument, timeframe }) => ({ instrument, timeframe }),
      merge: (stored, current) => ({ ...current, ...readStored(stored) }),
    },
  ),
);

/** Storage may hold anything: another version's words, or a person's. */
function readStored(stored: unknown): Partial<Selection> {
  if (typeof stored !== 'object' || stored === null) return {};
  const { instrument, timeframe } = stored as Record<string, unknown>; // an object, of unknown fields
  return {
    ...(typeof instrument === 'string' && instrument.includes(':') ? { instrument: instrument as InstrumentKey } : {}),
    ...(typeof timeframe === 'string' && isTimeframe(timeframe) ? { timeframe } : {}),
  };
}

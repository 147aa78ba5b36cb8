import { create } from 'zustand';
import type { EpochMs, InstrumentKey } from '../../../core/brand.ts';

/** What is kept quiet: a rule, a symbol, or both together. */
export interface Muted {
  readonly rule: string | null;
  readonly instrument: InstrumentKey | null;
}

/** A mute with the market time at which it ends. */
export interface Mute extends Muted {
  readonly until: EpochMs;
}

/** The mutes made on this screen. The engine keeps its own; these are for seeing them, and taking them back. */
export const useMuteStore = create<{ readonly mutes: readonly Mute[] }>()(() => ({ mutes: [] }));

export function addMute(mute: Mute): void {
  useMuteStore.setState(({ mutes }) => ({ mutes: [...mutes.filter((one) => !isSame(one, mute)), mute] }));
}

export function dropMute(muted: Muted): void {
  useMuteStore.setState(({ mutes }) => ({ mutes: mutes.filter((one) => !isSame(one, muted)) }));
}

function isSame(a: Muted, b: Muted): boolean {
  return a.rule === b.rule && a.instrument === b.instrument;
}

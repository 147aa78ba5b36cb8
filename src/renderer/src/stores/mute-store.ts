import { create } from 'zustand';
import type { Mute } from '../../../contract/events.ts';

/** What is kept quiet. */
export type Muted = Pick<Mute, 'rule' | 'instrument'>;

/** The mutes that last, as the engine has them. */
export const useMuteStore = create<{ readonly mutes: readonly Mute[] }>()(() => ({ mutes: [] }));

export function replaceMutes(mutes: readonly Mute[]): void {
  useMuteStore.setState({ mutes });
}

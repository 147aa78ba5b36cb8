import { create } from 'zustand';
import type { ChannelState } from '../../../contract/channels.ts';

interface ChannelStore {
  /** As the engine told last; empty until somebody asked. */
  readonly channels: readonly ChannelState[];
  /** Counts what changed in the engine, which a screen that shows it asks for itself. */
  readonly changes: number;
}

/** The ways in which alerts leave the machine, and the desktop. */
export const useChannelStore = create<ChannelStore>()(() => ({ channels: [], changes: 0 }));

export function tellChannelsChanged(): void {
  useChannelStore.setState(({ changes }) => ({ changes: changes + 1 }));
}

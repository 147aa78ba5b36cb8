import { useState } from 'react';
import type { SettingsPatch } from '../../../../contract/settings.ts';
import { invoke } from '../../live/engine.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';

interface Saver {
  /** The engine's sentence about the last change, when it refused it. */
  readonly problem: string | undefined;
  save(patch: SettingsPatch): Promise<boolean>;
}

/** Saves one change at once. A refusal is shown where the person is looking, not in a corner. */
export function useSave(): Saver {
  const [problem, setProblem] = useState<string>();
  return {
    problem,
    async save(patch) {
      try {
        const settings = await invoke('settings.update', patch);
        useSettingsStore.setState({ settings });
        setProblem(undefined);
        return true;
      } catch (error) {
        setProblem(error instanceof Error ? error.message : 'The change was not saved. Try again.');
        return false;
      }
    },
  };
}

import { useEffect, useState } from 'react';
import type { WrittenFile } from '../../../../contract/commands.ts';

export interface Deed {
  readonly busy: boolean;
  /** It lasts longer than a person waits without a word. */
  readonly slow: boolean;
  /** What it wrote last. */
  readonly written: WrittenFile | undefined;
  /** Why it could not be done, as a sentence. */
  readonly problem: string | undefined;
  run(work: () => Promise<WrittenFile>): Promise<void>;
}

const SLOW_AFTER_MS = 1_000;

/** Something that writes a file: one at a time, with what came of it. */
export function useDeed(): Deed {
  const [busy, setBusy] = useState(false);
  const [slow, setSlow] = useState(false);
  const [outcome, setOutcome] = useState<Pick<Deed, 'written' | 'problem'>>({ written: undefined, problem: undefined });
  useEffect(() => {
    setSlow(false);
    if (!busy) return undefined;
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, [busy]);
  return {
    busy,
    slow,
    ...outcome,
    async run(work) {
      if (busy) return;
      setBusy(true);
      setOutcome({ written: undefined, problem: undefined });
      try {
        setOutcome({ written: await work(), problem: undefined });
      } catch (error) {
        const problem = error instanceof Error ? error.message : 'The file was not written. Try again.';
        setOutcome({ written: undefined, problem });
      }
      setBusy(false);
    },
  };
}

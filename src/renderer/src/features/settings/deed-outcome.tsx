import type { ReactElement } from 'react';
import { formatBytes } from '../../format/quantity.ts';
import { WaitLine } from '../../ui/wait-line.tsx';
import type { Deed } from './use-deed.ts';

interface DeedOutcomeProps {
  readonly deed: Deed;
  /** What is going on, where it lasts: `Writing the bars …`. */
  readonly doing: string;
}

/** What came of a deed: the file and its size, or why there is none. */
export function DeedOutcome({ deed: { slow, written, problem }, doing }: DeedOutcomeProps): ReactElement {
  return (
    <div className="deed-outcome" aria-live="polite">
      {slow ? <WaitLine>{doing}</WaitLine> : null}
      {problem === undefined ? null : <p role="alert">{problem}</p>}
      {written === undefined ? null : (
        <p>
          Written: <code>{written.path}</code> ({formatBytes(written.bytes)})
        </p>
      )}
    </div>
  );
}

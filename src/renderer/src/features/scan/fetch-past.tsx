import { type ReactElement, useState } from 'react';
import type { Rule } from '../../../../core/rule.ts';
import { formatCount } from '../../format/quantity.ts';
import { invoke } from '../../live/engine.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { WaitLine } from '../../ui/wait-line.tsx';

interface FetchPastProps {
  readonly rule: Rule;
  readonly sessions: number;
  /** More is stored now. */
  readonly onFetched: () => void;
}

/** Asks history for the sessions that are not stored, when a person wants them. */
export function FetchPast({ rule, sessions, onFetched }: FetchPastProps): ReactElement {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const progress = useFeedStore((state) => state.progress);
  const fetchIt = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { asked, failed } = await invoke('rules.fetchPast', { rule, sessions });
      if (failed > 0)
        setProblem(
          `History of ${formatCount(failed)} of ${formatCount(asked)} symbols could not be had. Try again later.`,
        );
      onFetched();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The engine did not answer. Try again.');
    }
    setBusy(false);
  };
  const told = progress?.task === 'history' ? ` ${formatCount(progress.done)} of ${formatCount(progress.total)}` : '';
  return (
    <div className="fetch-past" aria-live="polite">
      {busy ? (
        <WaitLine>Asking history …{told}</WaitLine>
      ) : (
        <button type="button" className="button" onClick={() => void fetchIt()}>
          Fetch what is missing
        </button>
      )}
      {problem === undefined ? null : <p role="alert">{problem}</p>}
    </div>
  );
}

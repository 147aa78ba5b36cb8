import { useEffect, useRef, useState } from 'react';

export interface Answer<Report> {
  readonly report: Report | undefined;
  readonly problem: string | undefined;
  readonly busy: boolean;
  /** It lasts longer than a person waits without a word. */
  readonly slow: boolean;
}

const SLOW_AFTER_MS = 1_000;

/**
 * Asks something that may last, as soon as `question` is another one; undefined asks nothing. An answer to a question
 * that is no longer asked is dropped. `kept` is an answer from before, and `keep` hears of new ones.
 */
export function useAnswer<Report>(
  question: string | undefined,
  ask: () => Promise<Report>,
  kept?: Report,
  keep?: (report: Report, question: string) => void,
): Answer<Report> {
  const [answer, setAnswer] = useState<{ question: string; report?: Report; problem?: string }>();
  const [slow, setSlow] = useState(false);
  const latest = useRef({ ask, keep });
  useEffect(() => {
    latest.current = { ask, keep };
  });
  const isKept = kept !== undefined;
  const busy = question !== undefined && !isKept && answer?.question !== question;

  useEffect(() => {
    if (question === undefined || isKept) return undefined;
    let isWanted = true;
    latest.current.ask().then(
      (report) => {
        if (!isWanted) return;
        setAnswer({ question, report });
        latest.current.keep?.(report, question);
      },
      (error: unknown) => {
        const problem = error instanceof Error ? error.message : 'The engine did not answer. Try again.';
        if (isWanted) setAnswer({ question, problem });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [question, isKept]);

  useEffect(() => {
    setSlow(false);
    if (!busy) return undefined;
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, [busy]);

  const mine = answer?.question === question ? answer : undefined;
  return { report: kept ?? mine?.report, problem: isKept ? undefined : mine?.problem, busy, slow };
}

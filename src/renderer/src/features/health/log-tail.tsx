import { RefreshCw } from 'lucide-react';
import { type ReactElement, useEffect, useState } from 'react';
import type { LogLine } from '../../../../contract/events.ts';
import { formatClock } from '../../format/time.ts';
import { invoke } from '../../live/engine.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { logText } from './log-text.ts';

const LINES = 50;

/** The newest lines of the log, fetched when somebody looks. */
export function LogTail(): ReactElement {
  return (
    <Disclosure title="Log" state={`newest ${LINES} lines`}>
      <Lines />
    </Disclosure>
  );
}

function Lines(): ReactElement {
  const [lines, setLines] = useState<readonly LogLine[]>();
  const [problem, setProblem] = useState<string>();
  const load = async (): Promise<void> => {
    try {
      setLines(await invoke('log.tail', { lines: LINES }));
      setProblem(undefined);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The log could not be read. Try again.');
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is opened; then by hand.
  useEffect(() => void load(), []);
  return (
    <div className="log-tail">
      <div className="examination-tools">
        <button type="button" className="button" onClick={() => void load()}>
          <RefreshCw aria-hidden />
          Refresh
        </button>
        {lines === undefined || lines.length === 0 ? null : <CopyButton text={() => logText(lines)} what="the log" />}
      </div>
      {problem === undefined ? null : (
        <p role="alert" className="examination-problem">
          {problem}
        </p>
      )}
      {lines === undefined ? null : lines.length === 0 ? (
        <p className="side-hint">Nothing has been logged.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach its end.
        <section aria-label="Lines of the log" tabIndex={0}>
          <ol>
            {lines.map(({ time, level, text }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines may repeat, and the list is replaced whole.
              <li key={at} data-level={level}>
                <time>{formatClock(time)}</time> {level === 'info' ? '' : <b>{level}</b>} {text}
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

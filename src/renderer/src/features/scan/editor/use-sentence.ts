import { useEffect, useMemo, useState } from 'react';
import type { CheckedText } from '../../../../../contract/rules.ts';
import { parseScan } from '../../../../../core/scanner/parse.ts';
import type { TextProblem, TextWarning } from '../../../../../core/scanner/problem.ts';
import type { Arithmetic } from '../../../../../core/scanner/scan-function.ts';
import type { Timeframe } from '../../../../../core/timeframe.ts';
import { invoke } from '../../../live/engine.ts';

/** A pause in the typing after which a sentence is judged. */
const PAUSE_MS = 300;
/** The same where it ends in letters: nobody wants to hear of the half of a word. */
const WORD_PAUSE_MS = 900;

export interface Sentence {
  /** The text that was judged; what is being typed may be further on. */
  readonly text: string;
  readonly problem: TextProblem | undefined;
  readonly warnings: readonly TextWarning[];
  /** Bars of history it needs; empty until the engine has answered. */
  readonly needs: CheckedText['needs'];
}

const SILENT: Pick<Sentence, 'warnings' | 'needs'> = { warnings: [], needs: [] };

/** What is to be said of a sentence once its typing has paused. Errors are found here, warnings by the engine. */
export function useSentence(text: string, timeframe: Timeframe, arithmetic: Arithmetic): Sentence {
  const [judged, setJudged] = useState(text);
  const [checked, setChecked] = useState<{ readonly text: string; readonly answer: CheckedText }>();
  useEffect(() => {
    if (judged === text) return undefined;
    const pause = /[\p{L}_]$/u.test(text) ? WORD_PAUSE_MS : PAUSE_MS;
    const timer = setTimeout(() => setJudged(text), pause);
    return () => clearTimeout(timer);
  }, [text, judged]);

  const problem = useMemo(() => problemOf(judged), [judged]);
  const isReadable = problem === undefined && judged.trim() !== '';
  useEffect(() => {
    if (!isReadable) return undefined;
    let isWanted = true;
    invoke('rules.check', { text: judged, timeframe, arithmetic }).then(
      (answer) => {
        if (isWanted) setChecked({ text: judged, answer });
      },
      // Without an answer there are no warnings; that the engine has gone is told elsewhere.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [judged, timeframe, arithmetic, isReadable]);

  const answer = checked?.text === judged ? checked.answer : undefined;
  return useMemo(
    () => ({
      text: judged,
      problem: problem ?? answer?.problem ?? undefined,
      ...(answer === undefined || !isReadable ? SILENT : { warnings: answer.warnings, needs: answer.needs }),
    }),
    [judged, problem, answer, isReadable],
  );
}

function problemOf(text: string): TextProblem | undefined {
  if (text.trim() === '') return undefined;
  const parsed = parseScan(text);
  return parsed.ok ? undefined : parsed.problem;
}

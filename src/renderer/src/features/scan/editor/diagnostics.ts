import type { Diagnostic } from '@codemirror/lint';
import type { TextProblem } from '../../../../../core/scanner/problem.ts';
import type { Sentence } from './use-sentence.ts';

/** The text with a problem's suggestion in place of what is wrong. */
export function fixed(text: string, { start, end, suggestion }: TextProblem): string {
  return suggestion === null ? text : `${text.slice(0, start)}${suggestion}${text.slice(end)}`;
}

/** What is wrong in a sentence, as marks below its words; each with its fix, where one is known. */
export function diagnosticsOf(
  { problem, warnings }: Pick<Sentence, 'problem' | 'warnings'>,
  readOnly: boolean,
): readonly Diagnostic[] {
  return problem === undefined
    ? warnings.map((warning) => mark(warning, 'warning', readOnly))
    : [mark(problem, 'error', readOnly)];
}

function mark(
  { start, end, message, suggestion }: TextProblem,
  severity: 'error' | 'warning',
  readOnly: boolean,
): Diagnostic {
  const diagnostic: Diagnostic = { from: start, to: end, severity, message };
  if (suggestion === null || readOnly) return diagnostic;
  return {
    ...diagnostic,
    actions: [
      {
        name: `Use “${suggestion}”`,
        apply: (view, from, to) => view.dispatch({ changes: { from, to, insert: suggestion } }),
      },
    ],
  };
}

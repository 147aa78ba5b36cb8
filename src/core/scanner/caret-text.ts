import type { TextProblem } from './problem.ts';

/** Characters of the text that a terminal's line shows beside each other. */
const WIDTH = 100;
const INDENT = '    ';

/**
 * What is wrong with a text, for a terminal: the text, carets under the stretch, the sentence, and what was probably
 * meant. Lines are not ended by a line break.
 */
export function caretText(text: string, { start, end, message, suggestion }: TextProblem): readonly string[] {
  // Only what can be shown is looked at: the text may be of any length. Two characters may make one column.
  const cut = Math.max(0, start - 2 * WIDTH);
  const stop = Math.min(end, start + 2 * WIDTH) + 2 * WIDTH;
  // One column each, so that the carets stand right: a tab has several, what cannot be seen has none.
  const columns = Array.from(text.slice(cut, stop), (character) => ({
    shown: /[\p{C}\p{Z}\p{M}]/u.test(character) ? ' ' : character,
    size: character.length,
  }));
  const [from, to] = [columnAt(columns, start - cut), columnAt(columns, end - cut)];
  const first = Math.max(0, Math.min(from - WIDTH / 2, columns.length - WIDTH));
  const last = first + WIDTH;
  const shown = columns.slice(first, last).map(({ shown }) => shown);
  const carets = Math.max(1, Math.min(to, last) - from);
  const isCut = text.length > stop || columns.length > last;
  const lead = first > 0 || cut > 0 ? '…' : '';
  return [
    `${INDENT}${lead}${shown.join('').trimEnd()}${isCut ? '…' : ''}`,
    `${INDENT}${' '.repeat(lead.length + from - first)}${'^'.repeat(carets)}`,
    message,
    ...(suggestion === null || suggestion === '' ? [] : [`Did you mean "${suggestion}"?`]),
  ];
}

function columnAt(columns: readonly { readonly size: number }[], place: number): number {
  let at = 0;
  let column = 0;
  while (column < columns.length && at < place) {
    at += columns[column]?.size ?? 1;
    column += 1;
  }
  return column;
}

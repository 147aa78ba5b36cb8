import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { type Names, suggestWords } from './suggest-words.ts';
import type { Word } from './vocabulary.ts';

/** The list of what could be written here: opens while a word is being written, or on Ctrl Space. */
export function completeWords(names: () => Names): Extension {
  const complete = ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const suggestion = suggestWords(state.doc.toString(), pos, explicit, names());
    if (suggestion === undefined || suggestion.words.length === 0) return null;
    const after = state.sliceDoc(pos, pos + 1);
    const { from, words } = suggestion;
    return { from, options: words.map((word, index) => option(word, index, after)), validFor: /^[\p{L}\p{N}_ ]*$/u };
  };
  return autocompletion({ override: [complete], icons: false, maxRenderedOptions: 40, activateOnTypingDelay: 60 });
}

function option({ label, insert = label, detail, means, kind }: Word, index: number, after: string): Completion {
  // In front of a parenthesis that is there already, only the name is missing.
  const apply = after === '(' && insert.includes('(') ? label : insert;
  return { label, apply, detail, info: means, type: kind, boost: -index / 100 };
}

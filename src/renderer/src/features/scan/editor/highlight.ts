import { RangeSetBuilder } from '@codemirror/state';
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import { findFunction } from '../../../../../core/scanner/catalogue.ts';
import { lex, type Token } from '../../../../../core/scanner/lex.ts';

const FIELD_WORDS = new Set(
  'open high low close volume hl2 hlc3 ohlc4 day previous gap change vwap obv today yesterday'.split(' '),
);
const JOINING = new Set(['and', 'or', 'not']);

/** What a piece of the text is, as far as its look goes. */
export function lookOf({ kind, says }: Token): 'function' | 'field' | 'joining' | 'number' | 'name' | undefined {
  if (kind === 'number' || kind === 'clock') return 'number';
  if (kind === 'quoted') return 'name';
  if (kind !== 'word') return undefined;
  if (JOINING.has(says)) return 'joining';
  if (FIELD_WORDS.has(says)) return 'field';
  return findFunction(says) === undefined ? undefined : 'function';
}

const MARKS = {
  function: Decoration.mark({ class: 'tok-function' }),
  field: Decoration.mark({ class: 'tok-field' }),
  joining: Decoration.mark({ class: 'tok-joining' }),
  number: Decoration.mark({ class: 'tok-number' }),
  name: Decoration.mark({ class: 'tok-name' }),
} as const;

function decorate(view: EditorView): DecorationSet {
  const marks = new RangeSetBuilder<Decoration>();
  for (const token of lex(view.state.doc.toString())) {
    const look = lookOf(token);
    if (look !== undefined && token.end > token.start) marks.add(token.start, token.end, MARKS[look]);
  }
  return marks.finish();
}

/** Gives functions, fields, joining words and numbers their own colours. */
export const highlight = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }

    update({ docChanged, view }: ViewUpdate): void {
      if (docChanged) this.decorations = decorate(view);
    }
  },
  { decorations: ({ decorations }) => decorations },
);

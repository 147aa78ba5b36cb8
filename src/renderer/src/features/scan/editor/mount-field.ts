import { acceptCompletion } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { type Diagnostic, diagnosticCount, setDiagnostics } from '@codemirror/lint';
import { Annotation, Compartment, EditorState, type Extension, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder, tooltips } from '@codemirror/view';
import { completeWords } from './complete-words.ts';
import { FIELD_THEME } from './field-theme.ts';
import { highlight } from './highlight.ts';
import type { Names } from './suggest-words.ts';

export interface FieldOptions {
  readonly label: string;
  readonly text: string;
  readonly example: string;
  /** Names that may be written, asked for when they are needed. */
  names(): Names;
  onChange(text: string): void;
  /** Ctrl . asks for the first fix. */
  onFix(): void;
}

export interface MountedField {
  /** Puts another text in place, unless it is the one that stands there. */
  setText(text: string): void;
  setReadOnly(readOnly: boolean): void;
  mark(diagnostics: readonly Diagnostic[]): void;
  focus(): void;
  destroy(): void;
}

const FROM_OUTSIDE = Annotation.define<boolean>();
/** Enter belongs to the completion list; a sentence is one line. Mod-Enter is the window's. */
const KEYS = defaultKeymap.filter(({ key }) => key !== 'Enter' && key !== 'Mod-Enter');

/**
 * A line that is written with help, in `host`. It lives in a shadow root: there its styles are made by the page's own
 * script and not written into the page, which the page's security policy forbids.
 */
export function mountField(host: HTMLElement, options: FieldOptions): MountedField {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const readOnly = new Compartment();
  // The Escape that closed a list is not the window's as well.
  const keepEscape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && event.defaultPrevented) event.stopPropagation();
  };
  host.addEventListener('keydown', keepEscape);
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({ doc: options.text, extensions: [readOnly.of([]), ...extensions(host, options)] }),
  });
  return {
    setText(text) {
      const length = view.state.doc.length;
      if (view.state.doc.toString() === text) return;
      view.dispatch({ changes: { from: 0, to: length, insert: text }, annotations: FROM_OUTSIDE.of(true) });
    },
    setReadOnly(isReadOnly) {
      view.dispatch({ effects: readOnly.reconfigure(isReadOnly ? EditorState.readOnly.of(true) : []) });
    },
    mark(diagnostics) {
      const { length } = view.state.doc;
      const inside = diagnostics.map((one) => ({
        ...one,
        from: Math.min(one.from, length),
        to: Math.min(one.to, length),
      }));
      view.dispatch(setDiagnostics(view.state, inside));
    },
    focus: () => view.focus(),
    destroy() {
      host.removeEventListener('keydown', keepEscape);
      view.destroy();
    },
  };
}

function extensions(host: HTMLElement, { label, example, names, onChange, onFix }: FieldOptions): readonly Extension[] {
  return [
    history(),
    highlight,
    completeWords(names),
    placeholder(example),
    EditorView.lineWrapping,
    FIELD_THEME,
    tooltips({ tooltipSpace: () => (host.closest('.rule-page') ?? document.documentElement).getBoundingClientRect() }),
    EditorView.clipboardInputFilter.of((text) => text.replace(/\s*[\r\n]+\s*/g, ' ')),
    EditorState.transactionFilter.of((transaction) => (transaction.newDoc.lines > 1 ? [] : transaction)),
    EditorView.contentAttributes.of(({ state }) => ({
      'aria-label': label,
      'aria-multiline': 'false',
      'aria-invalid': String(diagnosticCount(state) > 0),
      'aria-readonly': String(state.readOnly),
      spellcheck: 'false',
    })),
    Prec.high(
      keymap.of([
        // Without a list, Tab leaves the line as it leaves any field.
        { key: 'Tab', run: acceptCompletion },
        {
          key: 'Mod-.',
          run: () => {
            onFix();
            return true;
          },
        },
      ]),
    ),
    keymap.of([...historyKeymap, ...KEYS]),
    EditorView.domEventHandlers({ beforeinput: typeOverSelection }),
    EditorView.updateListener.of(({ docChanged, transactions, state }) => {
      if (docChanged && !transactions.some((one) => one.annotation(FROM_OUTSIDE))) onChange(state.doc.toString());
    }),
  ];
}

/**
 * Types over what is selected. Left to itself, the browser gives the new letters the look of the old ones by a style
 * of its own, which the page's security policy forbids.
 */
function typeOverSelection(event: InputEvent, view: EditorView): boolean {
  const { state } = view;
  const { inputType, data, isComposing } = event;
  if (inputType !== 'insertText' || data === null || isComposing || state.selection.main.empty || state.readOnly)
    return false;
  event.preventDefault();
  view.dispatch(state.update(state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true }));
  return true;
}

import { Download, FileInput, FolderOpen } from 'lucide-react';
import { type ChangeEvent, type ReactElement, useRef, useState } from 'react';
import type { RuleImport } from '../../../../contract/rules.ts';
import { invoke } from '../../live/engine.ts';
import { ruleName, useRuleStore } from '../../stores/rule-store.ts';
import { closeOverlay, useUiStore } from '../../stores/ui-store.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DialogFrame } from '../../ui/dialog-frame.tsx';
import { downloadText } from './download-text.ts';
import './rule-file.css';

const FILE_NAME = 'tickscope-rules.json';

/** Rules from a file or from pasted text, and all of them as one. */
export function RuleFileDialog(): ReactElement {
  const open = useUiStore((state) => state.overlay === 'rule-file');
  return (
    <DialogFrame title="Import and export rules" open={open} onClose={closeOverlay} className="rule-file">
      <div className="rule-file-parts">
        <Import />
        <Export />
      </div>
    </DialogFrame>
  );
}

function Import(): ReactElement {
  const [text, setText] = useState('');
  const [outcome, setOutcome] = useState<RuleImport>();
  const [problem, setProblem] = useState<string>();
  const picker = useRef<HTMLInputElement>(null);
  const take = async (rules: string): Promise<void> => {
    setOutcome(undefined);
    setProblem(undefined);
    try {
      setOutcome(await invoke('rules.import', { text: rules }));
      setText('');
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The rules were not taken. Try again.');
    }
  };
  const onFile = async ({ target }: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [file] = target.files ?? [];
    if (file === undefined) return;
    await take(await file.text());
    target.value = '';
  };
  return (
    <section>
      <h3>Import</h3>
      <p>Rules that are taken come switched off. One with the same id takes the place of yours.</p>
      <textarea
        className="text-input"
        aria-label="Rules as text"
        placeholder="Paste rules here, or open a file."
        rows={6}
        spellCheck={false}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <div className="rule-file-acts">
        <button type="button" className="button" onClick={() => picker.current?.click()}>
          <FolderOpen aria-hidden />
          Open a file
        </button>
        <input
          ref={picker}
          type="file"
          className="quiet"
          tabIndex={-1}
          aria-label="File of rules"
          accept=".json,application/json"
          onChange={(event) => void onFile(event)}
        />
        <button type="button" className="button primary" disabled={text.trim() === ''} onClick={() => void take(text)}>
          <FileInput aria-hidden />
          Import
        </button>
      </div>
      <div aria-live="polite">
        {problem === undefined ? null : <p role="alert">{problem}</p>}
        {outcome === undefined ? null : <Outcome outcome={outcome} />}
      </div>
    </section>
  );
}

function Outcome({ outcome: { added, replaced, problems } }: { readonly outcome: RuleImport }): ReactElement {
  const book = useRuleStore();
  const names = (ids: readonly string[]): string => ids.map((id) => ruleName(book, id)).join(', ');
  return (
    <>
      {added.length === 0 ? null : <p>Added: {names(added)}.</p>}
      {replaced.length === 0 ? null : <p>Replaced: {names(replaced)}.</p>}
      {added.length + replaced.length === 0 && problems.length === 0 ? <p>There was no rule in it.</p> : null}
      {problems.map((problem) => (
        <p key={problem} role="alert">
          {problem}
        </p>
      ))}
    </>
  );
}

function Export(): ReactElement {
  const rules = useRuleStore((state) => state.rules);
  const [text, setText] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [chosen, setChosen] = useState('');
  const write = async (): Promise<void> => {
    setProblem(undefined);
    try {
      const written = await invoke('rules.export', { ids: chosen === '' ? null : [chosen] });
      setText(written);
      downloadText(FILE_NAME, written);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The rules were not written. Try again.');
    }
  };
  return (
    <section>
      <h3>Export</h3>
      <div className="rule-file-acts">
        <select
          className="select"
          aria-label="Which rules"
          value={chosen}
          onChange={({ target }) => setChosen(target.value)}
        >
          <option value="">All rules</option>
          {rules.map(({ rule: { id, name } }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <button type="button" className="button" onClick={() => void write()}>
          <Download aria-hidden />
          Export
        </button>
        {text === undefined ? null : <CopyButton text={() => text} what="the rules" />}
      </div>
      {problem === undefined ? null : <p role="alert">{problem}</p>}
      {text === undefined ? null : <p role="status">{FILE_NAME} is among your downloads.</p>}
    </section>
  );
}

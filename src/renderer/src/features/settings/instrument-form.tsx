import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, type ReactElement, useId, useState } from 'react';
import type { BrokerManifest } from '../../../../contract/manifest.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { FormRow } from '../../ui/form-row.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { initialKeys, isPreset, moveKey, parseKeys, USUAL_LIST, usualKeys } from './instrument-keys.ts';
import './instrument-form.css';

interface InstrumentFormProps {
  readonly manifest: BrokerManifest;
  /** The person's list; undefined is the venue's own. */
  readonly keys: readonly string[] | undefined;
  /** None asks for the venue's own again. */
  readonly save: (keys: readonly string[]) => Promise<boolean>;
}

/** What is watched at a venue: lists to take over whole, and rows to add, remove and move. */
export function InstrumentForm({ manifest, keys, save }: InstrumentFormProps): ReactElement {
  const { presets } = manifest;
  const settings = useSettingsStore((state) => state.settings);
  const brokers = useSettingsStore((state) => state.brokers);
  const instruments = useSettingsStore((state) => state.instruments);
  const shown = keys ?? initialKeys(manifest, usualKeys({ settings, brokers, instruments }));
  return (
    <div className="instrument-form">
      <div className="instrument-presets">
        {presets === undefined ? (
          <button type="button" className="button" aria-pressed={keys === undefined} onClick={() => void save([])}>
            {USUAL_LIST}
          </button>
        ) : (
          presets.map((preset) => (
            <button
              key={preset.id}
              type="button"
              className="button"
              aria-pressed={isPreset(preset, shown)}
              onClick={() => void save(preset.instruments.map(({ key }) => key))}
            >
              {preset.label}
              <small>{preset.instruments.length}</small>
            </button>
          ))
        )}
      </div>
      {shown.length === 0 ? (
        <p className="settings-lead">
          The {USUAL_LIST} and its index are watched. A list of your own takes their place.
        </p>
      ) : (
        <Rows manifest={manifest} keys={shown} save={save} />
      )}
      <AddRow keys={shown} example={presets?.[0]?.instruments[0]?.key ?? 'NSE:INFY'} save={save} />
    </div>
  );
}

interface RowsProps extends Pick<InstrumentFormProps, 'manifest' | 'save'> {
  readonly keys: readonly string[];
}

function Rows({ manifest, keys, save }: RowsProps): ReactElement {
  // By name, not by place: a row that moves is still the one that was chosen, however fast the next key comes.
  const [chosen, setChosen] = useState<string>();
  const id = useId();
  const byKey = useSettingsStore((state) => state.byKey);
  const names = new Map<string, string>([...byKey].map(([key, { name }]) => [key, name]));
  for (const { instruments } of manifest.presets ?? []) for (const { key, name } of instruments) names.set(key, name);
  const row = Math.max(0, chosen === undefined ? 0 : keys.indexOf(chosen));

  const move = (steps: number): void => {
    const next = Math.min(keys.length - 1, Math.max(0, row + steps));
    setChosen(keys[row]);
    if (next !== row) void save(moveKey(keys, row, steps));
  };
  const remove = async (): Promise<void> => {
    const neighbour = keys[row + 1] ?? keys[row - 1];
    if (await save(keys.toSpliced(row, 1))) setChosen(neighbour);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Delete') void remove();
    else if (event.altKey && event.key === 'ArrowUp') move(-1);
    else if (event.altKey && event.key === 'ArrowDown') move(1);
    else return;
    event.preventDefault();
  };
  return (
    <div className="instrument-rows">
      <label htmlFor={id} className="quiet">
        Instruments watched
      </label>
      <select
        id={id}
        className="instrument-list"
        size={Math.min(8, Math.max(3, keys.length))}
        value={row}
        onChange={({ target }) => setChosen(keys[Number(target.value)])}
        onKeyDown={onKeyDown}
      >
        {keys.map((key, index) => (
          <option key={key} value={index}>
            {names.has(key) && names.get(key) !== key ? `${key}  ·  ${names.get(key)}` : key}
          </option>
        ))}
      </select>
      <div className="instrument-tools">
        <IconButton label="Move up" keys="Alt ↑" small disabled={row === 0} onClick={() => move(-1)}>
          <ArrowUp aria-hidden />
        </IconButton>
        <IconButton label="Move down" keys="Alt ↓" small disabled={row === keys.length - 1} onClick={() => move(1)}>
          <ArrowDown aria-hidden />
        </IconButton>
        <IconButton label={`Remove ${keys[row]}`} keys="Delete" small onClick={() => void remove()}>
          <Trash2 aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}

interface AddRowProps {
  readonly keys: readonly string[];
  readonly example: string;
  readonly save: (keys: readonly string[]) => Promise<boolean>;
}

function AddRow({ keys, example, save }: AddRowProps): ReactElement {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const added = parseKeys(text, keys, example);
    setProblem(added.problem);
    if (added.problem === undefined && (await save([...keys, ...added.keys]))) setText('');
  };
  return (
    <form onSubmit={(event) => void submit(event)} autoComplete="off">
      <FormRow label="Add" hint={`Such as ${example}; several with commas between.`} problem={problem}>
        {(ids) => (
          <span className="instrument-add">
            <input
              {...ids}
              className="text-input"
              spellCheck={false}
              placeholder="EXCHANGE:SYMBOL"
              aria-invalid={problem !== undefined}
              value={text}
              onChange={({ target }) => {
                setText(target.value);
                setProblem(undefined);
              }}
            />
            <button type="submit" className="button">
              Add
            </button>
          </span>
        )}
      </FormRow>
    </form>
  );
}

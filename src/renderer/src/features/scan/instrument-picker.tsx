import { X } from 'lucide-react';
import { type KeyboardEvent, type ReactElement, useId, useState } from 'react';
import type { InstrumentKey } from '../../../../core/brand.ts';
import { symbolOf } from '../../../../core/instrument.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { keysNamed } from './keys-named.ts';

interface InstrumentPickerProps {
  readonly picked: readonly InstrumentKey[];
  readonly onChange: (picked: readonly InstrumentKey[]) => void;
}

/** Symbols by name: typed one at a time or pasted as a list, each with a cross to take it away. */
export function InstrumentPicker({ picked, onChange }: InstrumentPickerProps): ReactElement {
  const instruments = useSettingsStore((state) => state.instruments);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string>();
  const id = useId();

  const add = (): void => {
    const { keys, unknown } = keysNamed(
      typed,
      instruments.map(({ key }) => key),
    );
    onChange([...new Set([...picked, ...keys])]);
    setTyped(unknown.join(' '));
    setProblem(
      unknown.length === 0
        ? undefined
        : `Nobody watches ${unknown.join(', ')}. Add it to the feed’s instruments first.`,
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    add();
  };
  return (
    <div className="picker">
      <div className="picker-add">
        <input
          className="text-input"
          aria-label="Add symbols"
          aria-describedby={problem === undefined ? undefined : id}
          placeholder="RELIANCE, INFY …"
          autoComplete="off"
          spellCheck={false}
          list={`${id}-all`}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setProblem(undefined);
          }}
          onKeyDown={onKeyDown}
        />
        <datalist id={`${id}-all`}>
          {instruments.map(({ key, name }) => (
            <option key={key} value={symbolOf(key)}>
              {name}
            </option>
          ))}
        </datalist>
        <button type="button" className="button" disabled={typed.trim() === ''} onClick={add}>
          Add
        </button>
      </div>
      {problem === undefined ? null : (
        <p id={id} role="alert">
          {problem}
        </p>
      )}
      {picked.length === 0 ? (
        <p>No symbol is picked yet. Type one and press Enter.</p>
      ) : (
        <ul className="picker-chips" aria-label="Picked symbols">
          {picked.map((key) => (
            <li key={key}>
              {symbolOf(key)}
              <IconButton
                label={`Remove ${symbolOf(key)}`}
                small
                onClick={() => onChange(picked.filter((one) => one !== key))}
              >
                <X />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

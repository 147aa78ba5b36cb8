import { type FormEvent, type ReactElement, useState } from 'react';
import type { BrokerState } from '../../../../contract/events.ts';
import type { CredentialField } from '../../../../contract/manifest.ts';
import { formatDateTime } from '../../format/time.ts';
import { invoke } from '../../live/engine.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { FormRow } from '../../ui/form-row.tsx';

/** A broker's credentials, as its manifest lists them. Write-only: what is set is said to be set, never shown. */
export function CredentialForm({ broker }: { readonly broker: BrokerState }): ReactElement {
  const { manifest, fieldsSet, savedAt } = broker;
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<string>();
  const entered = Object.fromEntries(Object.entries(typed).filter(([, value]) => value.trim() !== ''));
  const empty = Object.keys(entered).length === 0;

  const send = async (fields: Readonly<Record<string, string>>): Promise<void> => {
    try {
      const brokers = await invoke('credentials.save', { broker: manifest.id, fields });
      useSettingsStore.setState({ brokers });
      setTyped({});
      setProblem(undefined);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The credentials were not saved. Try again.');
    }
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (!empty) void send(entered);
  };
  return (
    <form className="credential-form" onSubmit={onSubmit} autoComplete="off">
      {manifest.credentialFields.map((field) => (
        <CredentialInput
          key={field.name}
          field={field}
          isSet={fieldsSet.includes(field.name)}
          value={typed[field.name] ?? ''}
          onChange={(value) => setTyped({ ...typed, [field.name]: value })}
          onRemove={() => void send({ [field.name]: '' })}
        />
      ))}
      {problem === undefined ? null : (
        <p role="alert" className="settings-problem">
          {problem}
        </p>
      )}
      <footer>
        <small>
          {savedAt === undefined
            ? 'Stays on this machine.'
            : `Saved ${formatDateTime(savedAt)}. Stays on this machine.`}
        </small>
        <button type="submit" className="button" disabled={empty}>
          Save login
        </button>
      </footer>
    </form>
  );
}

interface CredentialInputProps {
  readonly field: CredentialField;
  readonly isSet: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onRemove: () => void;
}

function CredentialInput({ field, isSet, value, onChange, onRemove }: CredentialInputProps): ReactElement {
  return (
    <FormRow label={field.label} mark={field.required === true && !isSet ? 'required' : undefined} hint={field.hint}>
      {(ids) => (
        <span className="credential-input">
          <input
            {...ids}
            className="text-input"
            type={field.secret ? 'password' : 'text'}
            // A browser must neither fill in nor offer to keep a trading login.
            autoComplete="new-password"
            aria-required={field.required === true && !isSet ? true : undefined}
            spellCheck={false}
            placeholder={isSet ? '•••••••• set' : 'not set'}
            value={value}
            onChange={({ target }) => onChange(target.value)}
          />
          {isSet ? (
            <button type="button" className="link-button" aria-label={`Remove ${field.label}`} onClick={onRemove}>
              Remove
            </button>
          ) : null}
        </span>
      )}
    </FormRow>
  );
}

import { type FormEvent, type ReactElement, useState } from 'react';
import type { ChannelField, ChannelState, RemoteChannel } from '../../../../contract/channels.ts';
import { invoke } from '../../live/engine.ts';
import { useChannelStore } from '../../stores/channel-store.ts';
import { FormRow } from '../../ui/form-row.tsx';
import { ChannelTest } from './channel-test.tsx';
import { isSetUp } from './channel-words.ts';

interface ChannelFormProps {
  readonly channel: ChannelState & { readonly id: RemoteChannel };
}

/** What a channel needs. Write-only: what is set is said to be set, never shown. */
export function ChannelForm({ channel }: ChannelFormProps): ReactElement {
  const { id, label, fields, fieldsSet } = channel;
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<string>();
  const entered = Object.fromEntries(Object.entries(typed).filter(([, value]) => value.trim() !== ''));
  const isEmpty = Object.keys(entered).length === 0;

  const send = async (changed: Readonly<Record<string, string>>): Promise<void> => {
    try {
      useChannelStore.setState({ channels: await invoke('channels.save', { channel: id, fields: changed }) });
      setTyped({});
      setProblem(undefined);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'It was not saved. Try again.');
    }
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isEmpty) void send(entered);
  };
  return (
    <form className="credential-form channel-form" onSubmit={onSubmit} autoComplete="off">
      {fields.map((field) => (
        <ChannelInput
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
        <small>Stays on this machine.</small>
        <button type="submit" className="button" disabled={isEmpty} aria-label={`Save ${label}`}>
          Save
        </button>
      </footer>
      <ChannelTest key={fieldsSet.join(' ')} channel={channel} isReady={isSetUp(channel)} />
    </form>
  );
}

interface ChannelInputProps {
  readonly field: ChannelField;
  readonly isSet: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onRemove: () => void;
}

function ChannelInput({ field, isSet, value, onChange, onRemove }: ChannelInputProps): ReactElement {
  return (
    <FormRow label={field.label} mark={isSet ? undefined : 'required'} hint={field.hint}>
      {(ids) => (
        <span className="credential-input">
          <input
            {...ids}
            className="text-input"
            type={field.secret ? 'password' : 'text'}
            // A browser must neither fill in nor offer to keep it.
            autoComplete="new-password"
            aria-required={isSet ? undefined : true}
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

import { type FormEvent, type ReactElement, type ReactNode, useState } from 'react';
import { FormRow } from '../../ui/form-row.tsx';

/** A field whose value can be written and never read back. */
export interface WriteOnlyField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly secret: boolean;
  readonly required?: boolean | undefined;
}

interface WriteOnlyFormProps {
  readonly className: string;
  readonly fields: readonly WriteOnlyField[];
  readonly fieldsSet: readonly string[];
  /** Keeps what was entered; an empty text removes a field. Rejects with a sentence. */
  readonly save: (fields: Readonly<Record<string, string>>) => Promise<void>;
  /** Said where the refusal brings no words of its own. */
  readonly failure: string;
  readonly note: string;
  /** On the button, and to a reader where that alone says too little. */
  readonly saveLabel: string;
  readonly saveName?: string;
  /** Below the form's foot. */
  readonly children?: ReactNode;
}

/** Fields of the vault: what is set is said to be set, never shown. */
export function WriteOnlyForm(props: WriteOnlyFormProps): ReactElement {
  const { className, fields, fieldsSet, save, failure, note, saveLabel, saveName, children } = props;
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<string>();
  const entered = Object.fromEntries(Object.entries(typed).filter(([, value]) => value.trim() !== ''));
  const isEmpty = Object.keys(entered).length === 0;

  const send = async (changed: Readonly<Record<string, string>>): Promise<void> => {
    try {
      await save(changed);
      setTyped({});
      setProblem(undefined);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : failure);
    }
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isEmpty) void send(entered);
  };
  return (
    <form className={className} onSubmit={onSubmit} autoComplete="off">
      {fields.map((field) => (
        <WriteOnlyInput
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
        <small>{note}</small>
        <button type="submit" className="button" disabled={isEmpty} aria-label={saveName}>
          {saveLabel}
        </button>
      </footer>
      {children}
    </form>
  );
}

interface WriteOnlyInputProps {
  readonly field: WriteOnlyField;
  readonly isSet: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onRemove: () => void;
}

function WriteOnlyInput({ field, isSet, value, onChange, onRemove }: WriteOnlyInputProps): ReactElement {
  const isMissing = field.required === true && !isSet;
  return (
    <FormRow label={field.label} mark={isMissing ? 'required' : undefined} hint={field.hint}>
      {(ids) => (
        <span className="credential-input">
          <input
            {...ids}
            className="text-input"
            type={field.secret ? 'password' : 'text'}
            // A browser must neither fill in nor offer to keep it.
            autoComplete="new-password"
            aria-required={isMissing ? true : undefined}
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

import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useState } from 'react';
import { FormRow } from './form-row.tsx';

interface TextRowProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: string;
  /** The longest text taken. */
  readonly most: number;
  readonly onSave: (value: string) => Promise<boolean>;
}

/** A text that is saved when the field is left or Enter is pressed; Escape takes the typing back. */
export function TextRow({ label, hint, value, most, onSave }: TextRowProps): ReactElement {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const save = async (): Promise<void> => {
    const wanted = text.trim();
    if (wanted === value) setText(value);
    else if (!(await onSave(wanted))) setText(value);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') event.currentTarget.blur();
    if (event.key !== 'Escape' || text === value) return;
    // The first Escape takes the typing back; the next one closes the dialog.
    event.stopPropagation();
    setText(value);
  };
  return (
    <FormRow label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          className="text-input wide-input"
          autoComplete="off"
          spellCheck={false}
          maxLength={most}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onBlur={() => void save()}
          onKeyDown={onKeyDown}
        />
      )}
    </FormRow>
  );
}

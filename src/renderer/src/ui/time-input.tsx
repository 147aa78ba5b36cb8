import { type KeyboardEvent, type ReactElement, useEffect, useState } from 'react';

interface TimeInputProps {
  readonly label: string;
  readonly value: string;
  readonly id?: string;
  /** What was typed, whatever it is. */
  readonly onSave: (text: string) => void;
}

/** A time of day, saved when the field is left or Enter is pressed; Escape takes the typing back. */
export function TimeInput({ label, value, id, onSave }: TimeInputProps): ReactElement {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') event.currentTarget.blur();
    if (event.key !== 'Escape' || text === value) return;
    event.stopPropagation();
    setText(value);
  };
  return (
    <input
      id={id}
      className="text-input"
      aria-label={label}
      inputMode="numeric"
      autoComplete="off"
      maxLength={5}
      value={text}
      onChange={({ target }) => setText(target.value)}
      onBlur={() => {
        if (text !== value) onSave(text);
        setText(value);
      }}
      onKeyDown={onKeyDown}
    />
  );
}

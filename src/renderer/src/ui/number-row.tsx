import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useState } from 'react';
import { FormRow } from './form-row.tsx';

interface NumberRowProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: number;
  readonly unit?: string;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** Called when the person is done with the field and the number is new. False puts the old one back. */
  readonly onSave: (value: number) => Promise<boolean>;
}

/** A number that is saved when the field is left or Enter is pressed, and says so when it cannot be. */
export function NumberRow({ label, hint, value, unit, min, max, step = 1, onSave }: NumberRowProps): ReactElement {
  const [text, setText] = useState(String(value));
  const [refused, setRefused] = useState<string>();
  useEffect(() => setText(String(value)), [value]);
  const number = text.trim() === '' ? Number.NaN : Number(text);
  const valid = number >= min && number <= max && (step !== 1 || Number.isInteger(number));

  const range = `From ${inWords(min)} to ${inWords(max)}${step === 1 ? ', in whole numbers' : ''}.`;

  const save = async (): Promise<void> => {
    setRefused(valid ? undefined : `${quoted(text)} cannot be used, so it stays ${inWords(value)}. ${range}`);
    if (!valid || (number !== value && !(await onSave(number)))) setText(String(value));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') event.currentTarget.blur();
    if (event.key !== 'Escape' || text === String(value)) return;
    // The first Escape takes the typing back; the next one closes the dialog.
    event.stopPropagation();
    setText(String(value));
  };
  return (
    <FormRow label={label} hint={valid ? hint : range} problem={refused}>
      {(ids) => (
        <span className="number-input">
          <input
            {...ids}
            className="text-input"
            inputMode="decimal"
            autoComplete="off"
            aria-invalid={!valid}
            value={text}
            onChange={({ target }) => {
              setText(target.value);
              setRefused(undefined);
            }}
            onBlur={() => void save()}
            onKeyDown={onKeyDown}
          />
          <span>{unit}</span>
        </span>
      )}
    </FormRow>
  );
}

function inWords(number: number): string {
  return number.toLocaleString('en-IN', { maximumFractionDigits: 3 });
}

function quoted(text: string): string {
  return text.trim() === '' ? 'An empty field' : `“${text.trim().slice(0, 20)}”`;
}

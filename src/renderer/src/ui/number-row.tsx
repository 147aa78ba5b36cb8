import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useState } from 'react';
import { FormRow } from './form-row.tsx';

interface NumberRowProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** Undefined where no number applies: the field rests. */
  readonly value: number | undefined;
  readonly unit?: string;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** Beside the number. */
  readonly extra?: ReactNode;
  /** Called when the person is done with the field and the number is new. False puts the old one back. */
  readonly onSave: (value: number) => Promise<boolean>;
}

/** A number that is saved when the field is left or Enter is pressed, and says so when it cannot be. */
export function NumberRow({
  label,
  hint,
  value,
  unit,
  min,
  max,
  step = 1,
  extra,
  onSave,
}: NumberRowProps): ReactElement {
  const stored = value === undefined ? '' : String(value);
  const [text, setText] = useState(stored);
  const [refused, setRefused] = useState<string>();
  useEffect(() => setText(stored), [stored]);
  const number = text.trim() === '' ? Number.NaN : Number(text);
  const inRange = number >= min && number <= max && (step !== 1 || Number.isInteger(number));
  const valid = value === undefined || inRange;

  const range = `From ${inWords(min)} to ${inWords(max)}${step === 1 ? ', in whole numbers' : ''}.`;

  const save = async (): Promise<void> => {
    if (value === undefined) return;
    setRefused(valid ? undefined : `${quoted(text)} cannot be used, so it stays ${inWords(value)}. ${range}`);
    if (!valid || (number !== value && !(await onSave(number)))) setText(stored);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') event.currentTarget.blur();
    if (event.key !== 'Escape' || text === stored) return;
    // The first Escape takes the typing back; the next one closes the dialog.
    event.stopPropagation();
    setText(stored);
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
            disabled={value === undefined}
            value={text}
            onChange={({ target }) => {
              setText(target.value);
              setRefused(undefined);
            }}
            onBlur={() => void save()}
            onKeyDown={onKeyDown}
          />
          <span>{unit}</span>
          {extra}
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

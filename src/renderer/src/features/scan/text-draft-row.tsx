import type { ReactElement, ReactNode } from 'react';
import { FormRow } from '../../ui/form-row.tsx';

interface TextDraftRowProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: string;
  /** The longest text taken. */
  readonly most: number;
  readonly onChange: (value: string) => void;
}

/** A text of something that is saved as a whole, later. */
export function TextDraftRow({ label, hint, value, most, onChange }: TextDraftRowProps): ReactElement {
  return (
    <FormRow label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          className="text-input rule-text"
          autoComplete="off"
          maxLength={most}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </FormRow>
  );
}

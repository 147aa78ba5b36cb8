import type { ReactElement } from 'react';
import type { OptionField, OptionValue } from '../../../../contract/manifest.ts';
import { FormRow, SwitchRow } from '../../ui/form-row.tsx';
import { NumberRow } from '../../ui/number-row.tsx';
import { TextRow } from '../../ui/text-row.tsx';
import { isWhole, optionValue } from './option-values.ts';

const LONGEST_TEXT = 1_024;

interface OptionsFormProps {
  readonly fields: readonly OptionField[];
  readonly options: Readonly<Record<string, OptionValue>> | undefined;
  readonly save: (name: string, value: OptionValue) => Promise<boolean>;
}

/** A broker's own settings, as its manifest lists them. */
export function OptionsForm({ fields, options, save }: OptionsFormProps): ReactElement {
  return (
    <>
      {fields.map((field) => (
        <OptionRow
          key={field.name}
          field={field}
          value={optionValue(field, options)}
          onSave={(value) => save(field.name, value)}
        />
      ))}
    </>
  );
}

interface OptionRowProps {
  readonly field: OptionField;
  readonly value: OptionValue;
  readonly onSave: (value: OptionValue) => Promise<boolean>;
}

function OptionRow({ field, value, onSave }: OptionRowProps): ReactElement {
  const { label, hint } = field;
  switch (field.kind) {
    case 'switch':
      return <SwitchRow label={label} hint={hint} checked={value === true} onChange={(next) => void onSave(next)} />;
    case 'number':
      return (
        <NumberRow
          label={label}
          hint={hint}
          min={field.min}
          max={field.max}
          step={isWhole(field) ? 1 : 0.001}
          value={Number(value)}
          {...(field.unit === undefined ? {} : { unit: field.unit })}
          onSave={onSave}
        />
      );
    case 'text':
      return <TextRow label={label} hint={hint} value={String(value)} most={LONGEST_TEXT} onSave={onSave} />;
    case 'choice':
      return (
        <FormRow label={label} hint={hint}>
          {(ids) => (
            <select
              {...ids}
              className="select"
              value={String(value)}
              onChange={({ target }) => void onSave(target.value)}
            >
              {field.choices.map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {choice.label}
                </option>
              ))}
            </select>
          )}
        </FormRow>
      );
  }
}

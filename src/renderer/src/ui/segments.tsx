import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { ReactElement, ReactNode } from 'react';
import { Tip } from './tip.tsx';

interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly disabled?: boolean;
}

interface SegmentsProps<Value extends string> {
  readonly label: string;
  readonly value: Value | undefined;
  readonly options: readonly Segment<Value>[];
  readonly onChange: (value: Value) => void;
}

/** One choice among few, side by side; arrow keys move it. */
export function Segments<Value extends string>({
  label,
  value,
  options,
  onChange,
}: SegmentsProps<Value>): ReactElement {
  return (
    <RadioGroup
      aria-label={label}
      className="segments"
      value={value ?? ''}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen !== undefined && chosen.value !== value) onChange(chosen.value);
      }}
    >
      {options.map((option) => {
        const radio = (
          <Radio.Root key={option.value} value={option.value} disabled={option.disabled ?? false}>
            {option.label}
          </Radio.Root>
        );
        return option.hint === undefined ? (
          radio
        ) : (
          <Tip key={option.value} text={option.hint}>
            {radio}
          </Tip>
        );
      })}
    </RadioGroup>
  );
}

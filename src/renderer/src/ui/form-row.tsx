import { Switch } from '@base-ui/react/switch';
import { type ReactElement, type ReactNode, useId } from 'react';

interface FormRowProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** The control. It must take this id, so that the label belongs to it, and this description. */
  readonly children: (ids: { readonly id: string; readonly 'aria-describedby': string | undefined }) => ReactNode;
}

/** A labelled control: words on the left, the control on the right. */
export function FormRow({ label, hint, children }: FormRowProps): ReactElement {
  const id = useId();
  return (
    <div className="form-row">
      <div>
        <label htmlFor={id}>{label}</label>
        {hint === undefined ? null : <p id={`${id}-hint`}>{hint}</p>}
      </div>
      {children({ id, 'aria-describedby': hint === undefined ? undefined : `${id}-hint` })}
    </div>
  );
}

interface SwitchRowProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function SwitchRow({ label, hint, checked, onChange }: SwitchRowProps): ReactElement {
  return (
    <FormRow label={label} hint={hint}>
      {(ids) => (
        <Switch.Root {...ids} aria-label={label} className="switch" checked={checked} onCheckedChange={onChange}>
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
      )}
    </FormRow>
  );
}

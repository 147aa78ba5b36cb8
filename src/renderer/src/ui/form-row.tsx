import { Switch } from '@base-ui/react/switch';
import { type ReactElement, type ReactNode, useId } from 'react';

interface FormRowProps {
  readonly label: string;
  /** Beside the label, such as `required`. */
  readonly mark?: string | undefined;
  readonly hint?: ReactNode;
  /** What was just refused, in place of the hint. */
  readonly problem?: string | undefined;
  /** The control below its words, over the whole width. */
  readonly wide?: boolean;
  /** The control. It must take this id, so that the label belongs to it, and this description. */
  readonly children: (ids: { readonly id: string; readonly 'aria-describedby': string | undefined }) => ReactNode;
}

/** A labelled control: words on the left, the control on the right. */
export function FormRow({ label, mark, hint, problem, wide = false, children }: FormRowProps): ReactElement {
  const id = useId();
  const words = problem ?? hint;
  return (
    <div className="form-row" data-wide={wide || undefined}>
      <div>
        <label htmlFor={id}>{label}</label>
        {mark === undefined ? null : <small className="form-mark">{mark}</small>}
        {words === undefined ? null : (
          <p id={`${id}-hint`} role={problem === undefined ? undefined : 'alert'}>
            {words}
          </p>
        )}
      </div>
      {children({ id, 'aria-describedby': words === undefined ? undefined : `${id}-hint` })}
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

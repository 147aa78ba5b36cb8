import type { ReactElement } from 'react';

interface AlertReasonProps {
  /** Its name, where more than the reason is to be told. */
  readonly rule?: string;
  readonly text: string;
}

/** A reason in words, with the last number of it standing out: that is the reading one looks for. */
export function AlertReason({ rule, text }: AlertReasonProps): ReactElement {
  const [, words, reading] = /^(.*?)([\d.]+)$/.exec(text) ?? [];
  return (
    <p className="alert-reason">
      {rule === undefined ? null : <span className="alert-rule">{rule}</span>}
      {words === undefined ? (
        text
      ) : (
        <>
          {words}
          <b>{reading}</b>
        </>
      )}
    </p>
  );
}

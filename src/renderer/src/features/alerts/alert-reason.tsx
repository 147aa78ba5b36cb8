import type { ReactElement } from 'react';

/** A reason in words, with the last number of it standing out: that is the reading one looks for. */
export function AlertReason({ text }: { readonly text: string }): ReactElement {
  const [, words, reading] = /^(.*?)([\d.]+)$/.exec(text) ?? [];
  if (words === undefined) return <p className="alert-reason">{text}</p>;
  return (
    <p className="alert-reason">
      {words}
      <b>{reading}</b>
    </p>
  );
}

import type { ReactElement } from 'react';
import { useTypedStore } from './typed-store.ts';

/** Shows the digits typed so far, and that they wait for a unit. */
export function TypedHint(): ReactElement {
  const typed = useTypedStore((state) => state.typed);
  return (
    <div className="typed-hint" role="status" data-shown={typed !== '' || undefined}>
      {typed === '' ? null : (
        <>
          <b>{typed}</b> then <kbd>s</kbd> <kbd>m</kbd> <kbd>h</kbd>
        </>
      )}
    </div>
  );
}

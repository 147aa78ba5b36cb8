import type { ReactElement, ReactNode } from 'react';
import './wait-line.css';

/** Says that something lasts, where nobody knows how long. */
export function WaitLine({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <p className="wait" role="status">
      {children}
      <span className="wait-line" aria-hidden />
    </p>
  );
}

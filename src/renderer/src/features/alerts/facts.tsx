import type { ReactElement, ReactNode } from 'react';
import './facts.css';

export interface FactsProps {
  readonly rows: readonly (readonly [name: string, value: ReactNode, means?: string])[];
}

/** Names on the left, what they mean below them, values on the right, a hairline between rows. */
export function Facts({ rows }: FactsProps): ReactElement {
  return (
    <dl className="facts">
      {rows.map(([name, value, means]) => (
        <div key={name}>
          <dt>
            {name}
            {means === undefined ? null : <small>{means}</small>}
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

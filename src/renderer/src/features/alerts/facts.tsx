import type { ReactElement, ReactNode } from 'react';

export interface FactsProps {
  readonly rows: readonly (readonly [name: string, value: ReactNode])[];
}

/** Names on the left, values on the right, a hairline between rows. */
export function Facts({ rows }: FactsProps): ReactElement {
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

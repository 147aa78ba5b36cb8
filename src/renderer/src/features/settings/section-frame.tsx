import { CircleAlert } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';

interface SectionFrameProps {
  readonly title: string;
  readonly problem?: string | undefined;
  readonly children: ReactNode;
}

export function SectionFrame({ title, problem, children }: SectionFrameProps): ReactElement {
  return (
    <section className="settings-section">
      <h3>{title}</h3>
      {problem === undefined ? null : (
        <p role="alert" className="settings-problem">
          <CircleAlert aria-hidden />
          {problem}
        </p>
      )}
      {children}
    </section>
  );
}

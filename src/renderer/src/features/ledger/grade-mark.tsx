import type { ReactElement, ReactNode } from 'react';
import type { Grade } from '../../../../core/day-coverage.ts';
import { GRADE_MEANS } from './ledger-words.ts';

interface GradeMarkProps {
  readonly grade: Grade;
  readonly children?: ReactNode;
}

/** A grade as shape, colour and word: dot, triangle and square are told apart without colours. */
export function GradeMark({ grade, children }: GradeMarkProps): ReactElement {
  return (
    <span className="grade" data-grade={grade} title={GRADE_MEANS[grade]}>
      <i aria-hidden />
      {children ?? grade}
    </span>
  );
}

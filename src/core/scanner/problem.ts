import type { TextSpan } from './expression.ts';

/** What is wrong in a text, and where. */
export interface TextProblem extends TextSpan {
  /** A sentence that says what to do. */
  readonly message: string;
  /** What was probably meant, to be put in place of that stretch; null where nobody can say. */
  readonly suggestion: string | null;
}

/**
 * What a checker finds in a text that can be read: it repaints; it needs more bars than are stored; it can never, or
 * will always, hold; it needs a volume that some instruments lack; it names a sector or symbol that nobody watches; it
 * could be written more plainly.
 */
export interface TextWarning extends TextProblem {
  readonly kind: 'repaints' | 'warm-up' | 'never' | 'always' | 'volume' | 'sector' | 'symbol' | 'style';
}

/** What a rule's text may ask at the most, so that any text is answered at once and no rule starves the others. */
export const SCAN_LIMITS = {
  /** Characters of a text. */
  length: 2_000,
  /** Parentheses, calls and operators inside each other. */
  depth: 32,
  /** Numbers, fields, calls and operators in all. */
  nodes: 300,
  /** Bars that an indicator's period may span. */
  period: 1_000,
  /** Bars that an offset, `within` or `for` may reach back. */
  reach: 500,
} as const;

import type { Condition } from '../../../src/core/scanner/expression.ts';
import { parseScan } from '../../../src/core/scanner/parse.ts';
import type { TextProblem } from '../../../src/core/scanner/problem.ts';

/** The tree of a text that can be read. */
export function read(text: string): Condition {
  const parsed = parseScan(text);
  if (parsed.ok) return parsed.condition;
  throw new Error(`${text}\n${' '.repeat(parsed.problem.start)}^ ${parsed.problem.message}`);
}

/** What is wrong with a text that cannot. */
export function problemOf(text: string): TextProblem {
  const parsed = parseScan(text);
  if (!parsed.ok) return parsed.problem;
  throw new Error(`"${text}" can be read.`);
}

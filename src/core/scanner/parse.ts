import type { Condition, Expression, TextSpan } from './expression.ts';
import { formatScan } from './format.ts';
import { SCAN_LIMITS } from './limits.ts';
import { readExpression } from './parse-condition.ts';
import type { TextProblem } from './problem.ts';
import { isCondition, Reader, ScanFault } from './reader.ts';
import { asCondition } from './sorts.ts';
import { tooMuch } from './unexpected.ts';
import { reachOf } from './walk.ts';

/** A sentence as a tree, with where each node stands in the text; or what is wrong with it. */
export type Parsed =
  | { readonly ok: true; readonly condition: Condition; readonly places: ReadonlyMap<Expression, TextSpan> }
  | { readonly ok: false; readonly problem: TextProblem };

/** Reads a sentence of the scan language (docs/scan-language.md). Any text has an answer; nothing is thrown. */
export function parseScan(text: string): Parsed {
  try {
    return read(text);
  } catch (thrown) {
    if (thrown instanceof ScanFault) return { ok: false, problem: thrown.problem };
    throw thrown;
  }
}

function read(text: string): Parsed {
  if (text.length > SCAN_LIMITS.length)
    return problem(`The text has ${text.length} characters; ${SCAN_LIMITS.length} are allowed. Make two rules of it.`, {
      start: SCAN_LIMITS.length,
      end: text.length,
    });
  const reader = new Reader(text, readExpression);
  const expression = readExpression(reader);
  if (reader.token.kind !== 'end') throw tooMuch(reader, isCondition(expression));
  const condition = asCondition(reader, expression);
  const whole = { start: 0, end: text.length };
  if (reachOf(condition) > SCAN_LIMITS.reach)
    return problem(
      `Offsets and windows reach back ${reachOf(condition)} bars when added up; ${SCAN_LIMITS.reach} are allowed.`,
      whole,
    );
  const { length } = formatScan(condition);
  if (length > SCAN_LIMITS.length)
    return problem(
      `Written out, the text has ${length} characters; ${SCAN_LIMITS.length} are allowed. Make two rules of it.`,
      whole,
    );
  return { ok: true, condition, places: reader.places };
}

function problem(message: string, { start, end }: TextSpan): Parsed {
  return { ok: false, problem: { start, end, message, suggestion: null } };
}

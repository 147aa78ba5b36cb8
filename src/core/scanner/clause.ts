import type { Condition } from './expression.ts';
import type { Clause } from './finding.ts';
import { formatScan } from './format.ts';
import type { Frame } from './node-frame.ts';
import { type Operand, operandsOf, type Reader, readOperand } from './operand.ts';
import { planCondition } from './plan-conditions.ts';
import { type PlanContext, planNumber } from './plan-numbers.ts';
import { TRUE, truthOf, UNKNOWN } from './truth.ts';

/** How far a condition is from holding on the frame's newest closed bar; undefined where that cannot be said. */
type DistanceOf = (frame: Frame) => number | undefined;

/** One of the conditions that must hold together, and where its truth is found. */
export interface ClausePlan {
  readonly text: string;
  readonly slot: number;
  readonly operands: readonly Operand[];
  readonly distance: DistanceOf;
}

/** The parts of the topmost `and`; the whole condition where there is none. */
export function clausesOf(condition: Condition, context: PlanContext): readonly ClausePlan[] {
  const parts = condition.kind === 'and' ? condition.of : [condition];
  return parts.map((part) => ({
    text: formatScan(part),
    slot: planCondition(part, context),
    operands: operandsOf(part, context),
    distance: distanceOf(part, context),
  }));
}

/** What a clause says of the newest closed bar. */
export function readClause({ text, slot, operands, distance }: ClausePlan, reader: Reader): Clause {
  return {
    text,
    truth: truthOf(reader.own.lastTruth(slot)),
    distance: distance(reader.own),
    operands: operands.map((operand) => readOperand(operand, reader)),
  };
}

function distanceOf(condition: Condition, context: PlanContext): DistanceOf {
  const slot = planCondition(condition, context);
  const whenFalse = falseDistance(condition, context);
  return (frame) => {
    const truth = frame.lastTruth(slot);
    if (truth === TRUE) return 0;
    return truth === UNKNOWN ? undefined : whenFalse(frame);
  };
}

function falseDistance(condition: Condition, context: PlanContext): DistanceOf {
  const { own } = context.plan;
  switch (condition.kind) {
    case 'compare':
    case 'crosses': {
      const [left, right] = [condition.left, condition.right].map((side) => planNumber(side, own, context));
      return (frame) => shareBetween(frame.last(left ?? 0), frame.last(right ?? 0));
    }
    case 'between': {
      const [of, low, high] = [condition.of, condition.low, condition.high].map((part) =>
        planNumber(part, own, context),
      );
      return (frame) => {
        const value = frame.last(of ?? 0);
        const bound = frame.last(low ?? 0);
        return shareBetween(value, value < bound ? bound : frame.last(high ?? 0));
      };
    }
    case 'or':
    case 'and': {
      const parts = condition.of.map((part) => distanceOf(part, context));
      const isAnd = condition.kind === 'and';
      return (frame) => {
        const told = parts.map((part) => part(frame)).filter((distance) => distance !== undefined);
        if (told.length === 0 || (isAnd && told.length < parts.length)) return undefined;
        return isAnd ? Math.max(...told) : Math.min(...told);
      };
    }
    default:
      return () => undefined;
  }
}

/** The gap as a share of the greater side, signs left out. */
function shareBetween(left: number, right: number): number | undefined {
  const share = Math.abs(left - right) / Math.max(Math.abs(left), Math.abs(right));
  // Both are 0, and equal.
  if (left === 0 && right === 0) return 0;
  return Number.isFinite(share) ? share : undefined;
}

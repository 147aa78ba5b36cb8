import type { Comparison, Condition, NumberExpression } from './expression.ts';
import type { Step } from './node-frame.ts';
import { type PlanContext, planNumber } from './plan-numbers.ts';
import { both, codeOf, compared, FALSE, opposite, TRUE, type TruthCode, UNKNOWN } from './truth.ts';

/** Writes the steps of a condition into the plan of the lane's own bars. Returns the slot in which its truth will be. */
export function planCondition(condition: Condition, context: PlanContext): number {
  const { own } = context.plan;
  const number = (of: NumberExpression): number => planNumber(of, own, context);
  const inner = (of: Condition): number => planCondition(of, context);
  switch (condition.kind) {
    case 'compare': {
      const { op } = condition;
      const [left, right] = [number(condition.left), number(condition.right)];
      return own.truth(`${left} ${op} ${right}`, (out) => comparing(op, left, right, out));
    }
    case 'between': {
      const { of, low, high } = condition;
      const parts: readonly Condition[] = [
        { kind: 'compare', op: '>=', left: of, right: low },
        { kind: 'compare', op: '<=', left: of, right: high },
      ];
      return inner({ kind: 'and', of: parts });
    }
    case 'crosses': {
      const { left, right } = condition;
      const op = condition.direction === 'above' ? '>' : '<';
      return planBecomes(inner({ kind: 'compare', op, left, right }), context);
    }
    case 'turns':
      return planTurns(condition, context);
    case 'moves': {
      const moved = planMoved(condition.direction === 'rising', number(condition.of), context);
      return condition.bars === 1 ? moved : planRun('for', moved, condition.bars, context);
    }
    case 'within':
    case 'for':
      return planRun(condition.kind, inner(condition.of), condition.bars, context);
    case 'and':
    case 'or':
      return planJoined(condition.kind, condition.of.map(inner), context);
    case 'not': {
      const of = inner(condition.of);
      return own.truth(`not ${of}`, (out) => (now) => {
        now.truths[out] = opposite(now.truth(of));
      });
    }
    case 'time': {
      const { from = 0, to = Number.POSITIVE_INFINITY } = condition;
      return own.truth(`time ${from} ${to}`, (out) => (now) => {
        now.truths[out] = codeOf(now.minute >= from && now.minute < to);
      });
    }
    case 'member':
      return own.member(condition);
  }
}

/** The two that rules are made of are spelt out: neither test holds where a number is unknown. */
function comparing(op: Comparison, left: number, right: number, out: number): Step {
  switch (op) {
    case '>':
      return (now) => {
        const [one, other] = [now.number(left), now.number(right)];
        now.truths[out] = one > other ? TRUE : one <= other ? FALSE : UNKNOWN;
      };
    case '<':
      return (now) => {
        const [one, other] = [now.number(left), now.number(right)];
        now.truths[out] = one < other ? TRUE : one >= other ? FALSE : UNKNOWN;
      };
    default:
      return (now) => {
        now.truths[out] = compared(op, now.number(left), now.number(right));
      };
  }
}

/** True now and not on the bar before. */
function planBecomes(of: number, { plan }: PlanContext): number {
  return plan.own.truth(`becomes ${of}`, (out) => (now) => {
    now.truths[out] = both(now.truth(of), opposite(now.lastTruth(of)));
  });
}

function planTurns({ of, direction }: Extract<Condition, { kind: 'turns' }>, context: PlanContext): number {
  const isUp = direction === 'up';
  const trend = trendOf(of);
  if (trend === undefined)
    return planBecomes(planMoved(isUp, planNumber(of, context.plan.own, context), context), context);
  const zero: NumberExpression = { kind: 'number', value: 0 };
  const follows: Condition = { kind: 'compare', op: isUp ? '>' : '<', left: trend, right: zero };
  return planBecomes(planCondition(follows, context), context);
}

/** The direction of a supertrend, whichever part of it is written; undefined for any other number. */
export function trendOf(of: NumberExpression): NumberExpression | undefined {
  if (of.kind === 'call') return of.name === 'supertrend' ? { ...of, part: 'direction' } : undefined;
  if (of.kind !== 'on' && of.kind !== 'offset') return undefined;
  const trend = trendOf(of.of);
  return trend === undefined ? undefined : { ...of, of: trend };
}

/** Higher, or lower, than on the bar before. */
function planMoved(isRising: boolean, of: number, { plan }: PlanContext): number {
  const op = isRising ? '>' : '<';
  return plan.own.truth(`${of} ${op} before`, (out) => (now) => {
    // A literal has a slot, but no bar before the first.
    now.truths[out] = now.bars === 0 ? UNKNOWN : compared(op, now.number(of), now.last(of));
  });
}

function planRun(kind: 'within' | 'for', of: number, bars: number, { plan }: PlanContext): number {
  const run = plan.own.run(of);
  return plan.own.truth(`${kind} ${bars} ${of}`, (out) => (now) => {
    const truth = now.truth(of);
    now.truths[out] = kind === 'within' ? now.within(run, bars, truth) : now.throughout(run, bars, truth);
  });
}

function planJoined(kind: 'and' | 'or', parts: readonly number[], { plan }: PlanContext): number {
  // One part of this truth decides: what the others would say no longer matters.
  const decides = kind === 'and' ? FALSE : TRUE;
  const start = opposite(decides);
  const stepOf =
    (out: number): Step =>
    (now) => {
      let truth: TruthCode = start;
      for (const part of parts) {
        const said = now.truth(part);
        if (said !== start) truth = said;
        if (said === decides) break;
      }
      now.truths[out] = truth;
    };
  return plan.own.truth(`${kind} ${parts.join(' ')}`, stepOf);
}

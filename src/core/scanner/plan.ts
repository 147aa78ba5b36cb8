import type { Side } from '../signal.ts';
import type { Timeframe } from '../timeframe.ts';
import { type ClausePlan, clausesOf } from './clause.ts';
import { type CompiledRule, needsOf } from './compile-rule.ts';
import type { Condition } from './expression.ts';
import type { FramePlan } from './node-frame.ts';
import { type Operand, operandsOf } from './operand.ts';
import { planCondition } from './plan-conditions.ts';
import { PlanDraft } from './plan-frame.ts';
import type { PlanContext } from './plan-numbers.ts';
import { type Quieting, quietingOf } from './trigger.ts';

/** A side of a rule, and where its truths are found. */
export interface SidePlan {
  readonly side: Side;
  readonly condition: Condition;
  readonly slot: number;
  /** Of the condition that arms it again; undefined for a side that bars arm. */
  readonly again: number | undefined;
  readonly operands: readonly Operand[];
  readonly clauses: readonly ClausePlan[];
}

export interface RulePlan {
  readonly compiled: CompiledRule;
  readonly buy: SidePlan | undefined;
  readonly sell: SidePlan | undefined;
  /** Bars in a row on which a side was false before it is armed again. */
  readonly bars: number;
  readonly quieting: Quieting;
}

/** What a lane computes on each bar: the work of all its rules, each part of it once. The same for every instrument. */
export interface ScanPlan {
  readonly own: FramePlan;
  readonly longer: readonly FramePlan[];
  readonly rules: readonly RulePlan[];
}

/** Plans by the rules that they were made of: fifty lanes of the same rules share one. */
const plans = new WeakMap<readonly CompiledRule[], Map<Timeframe, ScanPlan>>();

export function planOf(rules: readonly CompiledRule[], timeframe: Timeframe): ScanPlan {
  const known = plans.get(rules) ?? new Map<Timeframe, ScanPlan>();
  plans.set(rules, known);
  const plan = known.get(timeframe) ?? makePlan(rules, timeframe);
  known.set(timeframe, plan);
  return plan;
}

function makePlan(rules: readonly CompiledRule[], timeframe: Timeframe): ScanPlan {
  const draft = new PlanDraft(timeframe);
  const planned = rules.map((compiled) => planRule(compiled, { plan: draft, arithmetic: compiled.rule.arithmetic }));
  for (const { timeframe: each, bars } of needsOf(rules, timeframe)) draft.need(each, bars);
  return { own: draft.own.finish(), longer: draft.longer(), rules: planned };
}

function planRule(compiled: CompiledRule, context: PlanContext): RulePlan {
  const { rule, buy, sell, rearmBuy, rearmSell } = compiled;
  return {
    compiled,
    buy: buy && planSide('buy', buy, rearmBuy, context),
    sell: sell && planSide('sell', sell, rearmSell, context),
    bars: rule.rearm.kind === 'bars' ? rule.rearm.bars : 1,
    quieting: quietingOf(rule),
  };
}

function planSide(side: Side, condition: Condition, again: Condition | undefined, context: PlanContext): SidePlan {
  return {
    side,
    condition,
    slot: planCondition(condition, context),
    again: again && planCondition(again, context),
    operands: operandsOf(condition, context),
    clauses: clausesOf(condition, context),
  };
}

import type { Timeframe } from '../timeframe.ts';
import { dayMeaning } from './day-meaning.ts';
import type { Condition, NumberExpression } from './expression.ts';
import { trendOf } from './plan-conditions.ts';
import { functionOf } from './plan-numbers.ts';

/** Bars of each timeframe that must have closed before a reading is settled, the bar it is read on included. */
export type Needs = ReadonlyMap<Timeframe, number>;

const NONE: Needs = new Map();

/** Of a number on bars of `timeframe`. Indicators inside each other add up. */
export function needsOfNumber(expression: NumberExpression, timeframe: Timeframe): Needs {
  switch (expression.kind) {
    case 'number':
      return NONE;
    case 'field': {
      const meaning = dayMeaning(expression.name, timeframe);
      return meaning === undefined ? new Map([[timeframe, 1]]) : needsOfNumber(meaning, timeframe);
    }
    case 'call': {
      const source = expression.source === undefined ? NONE : needsOfNumber(expression.source, timeframe);
      return reaching(source, timeframe, functionOf(expression.name).settlesAfter(expression.numbers) - 1);
    }
    case 'offset':
      return reaching(needsOfNumber(expression.of, timeframe), timeframe, expression.bars);
    case 'on': {
      const inner = needsOfNumber(expression.of, expression.timeframe);
      return mostOf([inner, new Map([[timeframe, 1]])]);
    }
    case 'negate':
      return needsOfNumber(expression.of, timeframe);
    case 'arithmetic':
      return mostOf([needsOfNumber(expression.left, timeframe), needsOfNumber(expression.right, timeframe)]);
    case 'plain':
      return mostOf(expression.of.map((of) => needsOfNumber(of, timeframe)));
  }
}

/** Of a condition, with the bars it looks back on. */
export function needsOfCondition(condition: Condition, timeframe: Timeframe): Needs {
  const number = (of: NumberExpression): Needs => needsOfNumber(of, timeframe);
  switch (condition.kind) {
    case 'compare':
      return mostOf([number(condition.left), number(condition.right)]);
    case 'between':
      return mostOf([number(condition.of), number(condition.low), number(condition.high)]);
    case 'crosses':
      return reaching(mostOf([number(condition.left), number(condition.right)]), timeframe, 1);
    case 'turns': {
      const trend = trendOf(condition.of);
      return trend === undefined ? reaching(number(condition.of), timeframe, 2) : reaching(number(trend), timeframe, 1);
    }
    case 'moves':
      return reaching(number(condition.of), timeframe, condition.bars);
    case 'within':
    case 'for':
      return reaching(needsOfCondition(condition.of, timeframe), timeframe, condition.bars - 1);
    case 'and':
    case 'or':
      return mostOf(condition.of.map((of) => needsOfCondition(of, timeframe)));
    case 'not':
      return needsOfCondition(condition.of, timeframe);
    case 'time':
    case 'member':
      return NONE;
  }
}

/** The most that any of them needs of each timeframe. */
export function mostOf(all: readonly Needs[]): Needs {
  const most = new Map<Timeframe, number>();
  for (const needs of all)
    for (const [timeframe, bars] of needs) most.set(timeframe, Math.max(bars, most.get(timeframe) ?? 0));
  return most;
}

/** The same so many bars of `timeframe` earlier as well. */
export function reaching(needs: Needs, timeframe: Timeframe, bars: number): Needs {
  return new Map([...needs, [timeframe, (needs.get(timeframe) ?? 1) + bars]]);
}

import { AppError } from '../errors.ts';
import type { Instrument } from '../instrument.ts';
import type { Rule } from '../rule.ts';
import { INTRADAY_MS, isIntraday, TIMEFRAMES, type Timeframe } from '../timeframe.ts';
import type { Condition, Expression } from './expression.ts';
import { plainName } from './member.ts';
import { mostOf, type Needs, needsOfCondition, reaching } from './needs.ts';
import { type Parsed, parseScan } from './parse.ts';
import type { TextProblem } from './problem.ts';
import { isDayField, walk } from './walk.ts';

/** A rule whose texts have been read. A side that it does not have is undefined. */
export interface CompiledRule {
  readonly rule: Rule;
  readonly buy: Condition | undefined;
  readonly sell: Condition | undefined;
  /** What arms the sides again, where the rule says it by a condition. */
  readonly rearmBuy: Condition | undefined;
  readonly rearmSell: Condition | undefined;
}

/**
 * Reads a rule's texts. Throws an AppError `invalid-input` with a sentence when one of them cannot be read, or asks for
 * bars that cannot be had.
 */
export function compileRule(rule: Rule): CompiledRule {
  const { rearm } = rule;
  const byCondition = rearm.kind === 'condition' ? rearm : { buy: null, sell: null };
  const compiled: CompiledRule = {
    rule,
    buy: read(rule, 'buy', rule.buy),
    sell: read(rule, 'sell', rule.sell),
    rearmBuy: read(rule, 'buy again', byCondition.buy),
    rearmSell: read(rule, 'sell again', byCondition.sell),
  };
  const fault = conditionsOf(compiled)
    .map((condition) => faultOf(condition, rule.timeframe))
    .find((each) => each !== undefined);
  if (fault !== undefined) throw new AppError('invalid-input', `${named(rule)}: ${fault.message}`);
  return compiled;
}

function read(rule: Rule, what: string, text: string | null): Condition | undefined {
  if (text === null) return undefined;
  const parsed = parseScan(text);
  if (parsed.ok) return parsed.condition;
  const { message, start } = parsed.problem;
  throw new AppError('invalid-input', `${named(rule)}, when to ${what}, at character ${start + 1}: ${message}`);
}

function named({ name, id }: Rule): string {
  return `Rule "${name === '' ? id : name}"`;
}

/**
 * A sentence about bars that the rule asks for and that cannot be had: a longer timeframe must be a multiple of the
 * rule's own or follow the calendar, a shorter one cannot be made of longer bars. Undefined when there is nothing to
 * say, and for texts that cannot be read.
 */
export function longerFault(rule: Rule): string | undefined {
  const again = rule.rearm.kind === 'condition' ? [rule.rearm.buy, rule.rearm.sell] : [];
  for (const text of [rule.buy, rule.sell, ...again]) {
    const parsed = text === null ? undefined : parseScan(text);
    const fault = parsed?.ok === true ? longerProblem(parsed, rule.timeframe) : undefined;
    if (fault !== undefined) return fault.message;
  }
  return undefined;
}

/** The same of one sentence of a rule on bars of `timeframe`, and where in its text that stands. */
export function longerProblem(
  { condition, places }: Extract<Parsed, { ok: true }>,
  timeframe: Timeframe,
): TextProblem | undefined {
  const fault = faultOf(condition, timeframe);
  if (fault === undefined) return undefined;
  const { start, end } = places.get(fault.of) ?? { start: 0, end: 1 };
  return { start, end, message: fault.message, suggestion: null };
}

interface Fault {
  readonly of: Expression;
  readonly message: string;
}

function faultOf(condition: Condition, timeframe: Timeframe): Fault | undefined {
  for (const expression of walk(condition)) {
    if (expression.kind === 'on' && !fits(expression.timeframe, timeframe))
      return {
        of: expression,
        message: `Bars of ${expression.timeframe} cannot be made of the rule's own, which are of ${timeframe}. Ask for a multiple of ${timeframe}, or give the rule a shorter timeframe.`,
      };
    if (isDayField(expression) && rank(timeframe) > rank('1d'))
      return {
        of: expression,
        message: `A bar of ${timeframe} holds several days, so nothing can be said of one of them. Give the rule a timeframe of 1d or shorter.`,
      };
  }
  return undefined;
}

function fits(longer: Timeframe, own: Timeframe): boolean {
  if (longer === own) return true;
  if (rank(longer) < rank(own)) return false;
  return !isIntraday(longer) || !isIntraday(own) || INTRADAY_MS[longer] % INTRADAY_MS[own] === 0;
}

const rank = (timeframe: Timeframe): number => TIMEFRAMES.indexOf(timeframe);

function conditionsOf({ buy, sell, rearmBuy, rearmSell }: CompiledRule): readonly Condition[] {
  return [buy, sell, rearmBuy, rearmSell].filter((condition) => condition !== undefined);
}

/** What a lane starts from at the least, in bars of its own. */
const LEAST_WARM_UP = 200;
/** A side is armed by what it said on the bar before. */
const BAR_BEFORE = 1;
/** Days of which a week or month in progress is made. */
const DAYS_OF: Readonly<Partial<Record<Timeframe, number>>> = { '1w': 7, '1mo': 31 };

/**
 * Bars of each timeframe that a lane of these rules must be warmed with before the first bar whose findings count,
 * the shortest timeframe first: as many as settle every operand, and as many more as the conditions look back.
 */
export function needsOf(
  rules: readonly CompiledRule[],
  timeframe: Timeframe,
): readonly { readonly timeframe: Timeframe; readonly bars: number }[] {
  const conditions = rules.flatMap(conditionsOf);
  const asked = conditions.map((condition) => reaching(needsOfCondition(condition, timeframe), timeframe, BAR_BEFORE));
  const least: Needs = new Map([[timeframe, LEAST_WARM_UP]]);
  const most = mostOf([least, ...asked, ...conditions.map((condition) => daysOf(condition, timeframe))]);
  return TIMEFRAMES.flatMap((each) => {
    const bars = most.get(each);
    return bars === undefined ? [] : [{ timeframe: each, bars }];
  });
}

function daysOf(condition: Condition, own: Timeframe): Needs {
  const days = [...walk(condition)].flatMap((expression) =>
    expression.kind === 'on' && expression.forming && expression.timeframe !== own
      ? (DAYS_OF[expression.timeframe] ?? [])
      : [],
  );
  return own === '1d' || days.length === 0 ? new Map() : new Map([['1d', Math.max(...days)]]);
}

/** Whether the rule's universe holds the instrument. One whose sector nobody knows is in no sector. */
export function looksAt({ universe }: Pick<Rule, 'universe'>, { key, sector }: Instrument): boolean {
  if (universe.kind === 'all') return true;
  if (universe.kind === 'list') return universe.instruments.includes(key);
  return sector !== undefined && universe.sectors.some((name) => plainName(name) === plainName(sector));
}

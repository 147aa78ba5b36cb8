import type { Candle } from '../candle.ts';
import type { Rule } from '../rule.ts';
import { isIntraday, type Timeframe } from '../timeframe.ts';
import { type ClausePlan, readClause } from './clause.ts';
import type { CompiledRule } from './compile-rule.ts';
import { type BarMoment, DayClock } from './day-clock.ts';
import { explainFinding } from './explain.ts';
import type { Finding, Judgement } from './finding.ts';
import type { LaneContext, LongerStart } from './lane-context.ts';
import { LongerSet } from './longer-set.ts';
import { Frame } from './node-frame.ts';
import { type Reader, readOperand } from './operand.ts';
import { planOf, type ScanPlan, type SidePlan } from './plan.ts';
import { RuleState } from './rule-state.ts';
import { truthOf } from './truth.ts';

const NOTHING: readonly Finding[] = [];

/**
 * Rules of one timeframe on one instrument: everything they compute, fed with closed bars in order, each bar once.
 * Live, warming, backtest, preview of noise and proof all run through here.
 */
export class ScanLane {
  readonly timeframe: Timeframe;
  /** Each date begins anew. */
  readonly #isIntraday: boolean;
  readonly #plan: ScanPlan;
  readonly #clock: DayClock;
  readonly #own: Frame;
  readonly #longer: LongerSet;
  readonly #states: readonly RuleState[];
  #firstOpenTime: number | undefined;
  /** Of the newest closed bar. */
  #date: string | undefined;

  /** `rules` are those that look at the instrument; equal lanes that are given the same array share one plan. */
  constructor(rules: readonly CompiledRule[], timeframe: Timeframe, context: LaneContext) {
    this.timeframe = timeframe;
    this.#isIntraday = isIntraday(timeframe);
    this.#plan = planOf(rules, timeframe);
    this.#clock = new DayClock(context.calendar, timeframe);
    const { calendar, instrument } = context;
    // Bars carry their time as a plain number here.
    const owner = { instrument, dateOf: (openTime: number) => calendar.dateOf(openTime as Candle['openTime']) };
    this.#own = new Frame(this.#plan.own, owner);
    this.#longer = LongerSet.of(this.#plan.longer, { context, owner, clock: this.#clock });
    this.#states = this.#plan.rules.map((rule) => new RuleState(rule, this.#clock));
  }

  /** Opening time of the newest bar it has seen; -Infinity before the first. */
  get lastOpenTime(): number {
    return this.#own.bar?.openTime ?? Number.NEGATIVE_INFINITY;
  }

  /** Opening time of the first bar it has seen. */
  get firstOpenTime(): number | undefined {
    return this.#firstOpenTime;
  }

  /** How many bars it has seen. */
  get bars(): number {
    return this.#own.bars;
  }

  /** The bar before the newest. */
  get previousBar(): Candle | undefined {
    return this.#own.barBefore;
  }

  /** The newest closed bar of each longer timeframe in use, the shortest first. */
  newestLonger(): readonly Candle[] {
    return this.#longer.newest();
  }

  /** Where the longer timeframes began. */
  longerStarts(): readonly LongerStart[] {
    return this.#longer.starts();
  }

  /** Takes the next closed bar and judges it. A bar it has seen, or an older one, changes nothing. */
  close(bar: Candle): readonly Finding[] {
    if (bar.openTime <= this.lastOpenTime) return NOTHING;
    const moment = this.#clock.momentOf(bar.openTime);
    this.#longer.advance(bar, moment, moment.date !== this.#date);
    this.#evaluate(bar, moment, this.#longer);
    const fired = this.#fired(moment, true);
    this.#own.commit(bar, moment.date);
    this.#date = moment.date;
    this.#firstOpenTime ??= bar.openTime;
    return this.#findings(fired, bar, { own: this.#own, longer: this.#longer.frames, preview: undefined });
  }

  /** What it would find if the bar closed as it is. Nothing is remembered. */
  preview(bar: Candle): readonly Finding[] {
    if (bar.openTime <= this.lastOpenTime) return NOTHING;
    const moment = this.#clock.momentOf(bar.openTime);
    const longer = this.#longer.copy();
    longer.advance(bar, moment, moment.date !== this.#date);
    this.#evaluate(bar, moment, longer);
    return this.#findings(this.#fired(moment, false), bar, { own: this.#own, longer: longer.frames, preview: bar });
  }

  /** Whether some side of some rule can say nothing of the newest closed bar. */
  get isUnknown(): boolean {
    return this.#plan.rules.some(({ buy, sell }) =>
      [buy, sell].some((side) => side !== undefined && truthOf(this.#own.lastTruth(side.slot)) === undefined),
    );
  }

  /** What each side of each rule says of the newest closed bar. */
  judgements(): readonly Judgement[] {
    if (this.#own.bar === undefined) return [];
    const reader: Reader = { own: this.#own, longer: this.#longer.frames, preview: undefined };
    const clauses = (plans: readonly ClausePlan[]) => plans.map((plan) => readClause(plan, reader));
    return this.#plan.rules.flatMap(({ compiled, buy, sell }) =>
      [buy, sell].flatMap((side) =>
        side === undefined
          ? []
          : {
              rule: compiled.rule,
              side: side.side,
              truth: truthOf(this.#own.lastTruth(side.slot)),
              clauses: clauses(side.clauses),
            },
      ),
    );
  }

  #evaluate(bar: Candle, moment: BarMoment, longer: LongerSet): void {
    this.#own.outer = longer.frames;
    this.#own.evaluate(bar, moment.date, moment.minute);
  }

  /** By rule the side that fired on the bar under evaluation. */
  #fired(moment: BarMoment, isClosed: boolean): readonly (SidePlan | undefined)[] | undefined {
    const startsAnew = this.#own.bars === 0 || (this.#own.isNewDate && this.#isIntraday);
    let fired: (SidePlan | undefined)[] | undefined;
    for (let at = 0; at < this.#states.length; at += 1) {
      const side = this.#states[at]?.judge(this.#own, moment, startsAnew, isClosed);
      if (side === undefined) continue;
      fired ??= [];
      fired[at] = side;
    }
    return fired;
  }

  #findings(fired: readonly (SidePlan | undefined)[] | undefined, bar: Candle, reader: Reader): readonly Finding[] {
    if (fired === undefined) return NOTHING;
    const found: Finding[] = [];
    for (const [at, { compiled }] of this.#plan.rules.entries()) {
      const side = fired[at];
      if (side !== undefined) found.push(findingOf(compiled.rule, side, bar, reader));
    }
    return found;
  }
}

function findingOf(rule: Rule, { side, condition, operands: read }: SidePlan, bar: Candle, reader: Reader): Finding {
  const operands = read.map((operand) => readOperand(operand, reader));
  const text = explainFinding(condition, side, operands);
  return { rule, side, barTime: bar.openTime, price: bar.close, operands, text };
}

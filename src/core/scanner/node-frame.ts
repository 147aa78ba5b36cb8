import type { Candle } from '../candle.ts';
import type { Accumulator } from '../indicators/accumulator.ts';
import type { Instrument } from '../instrument.ts';
import type { Timeframe } from '../timeframe.ts';
import type { Condition } from './expression.ts';
import { accumulatorOf } from './functions/accumulator-of.ts';
import { isMember } from './member.ts';
import type { Arithmetic, ScanFunction } from './scan-function.ts';
import { both, either, FALSE, TRUE, type TruthCode, UNKNOWN } from './truth.ts';

/** Works out one slot of the frame from the bar and the slots before it. Writes nothing but that slot. */
export type Step = (frame: Frame, bar: Candle) => void;

/** An indicator as each instrument gets one of its own. */
export interface InstancePlan {
  readonly of: ScanFunction;
  readonly numbers: readonly number[];
  readonly arithmetic: Arithmetic;
}

/** Where a part of an indicator is written. */
export interface PartSlot {
  readonly part: number;
  readonly slot: number;
}

/** What is computed on each bar of one timeframe: numbers and truths, each in a slot of its own. */
export interface FramePlan {
  readonly timeframe: Timeframe;
  /** In an order in which whatever a step reads has been written. */
  readonly steps: readonly Step[];
  readonly numbers: number;
  readonly truths: number;
  /** Slots that are the same on every bar. */
  readonly literals: readonly { readonly slot: number; readonly value: number }[];
  readonly members: readonly { readonly slot: number; readonly of: Extract<Condition, { kind: 'member' }> }[];
  readonly instances: readonly InstancePlan[];
  /** Slots of which more than the bar before is asked, and how many bars back. */
  readonly rings: readonly { readonly slot: number; readonly bars: number }[];
  /** Truths of which `within` and `for` ask how long ago they were what. */
  readonly runs: readonly { readonly slot: number }[];
  /** Bars of it that a lane must have seen to be settled. */
  readonly needs: number;
  readonly asksForming: boolean;
}

/** Whose bars they are. */
export interface FrameOwner {
  readonly instrument: Instrument;
  dateOf(openTime: number): string;
}

/**
 * One instrument's state on one timeframe. `evaluate` works out a bar beside what is kept, as often as one likes;
 * only `commit` keeps it. Unknown numbers are NaN.
 */
export class Frame {
  readonly plan: FramePlan;
  readonly #owner: FrameOwner;
  /** Of the bar under evaluation, of the newest closed one, and of the one before that. */
  numbers: Float64Array;
  #last: Float64Array;
  #before: Float64Array;
  truths: Uint8Array;
  #lastTruths: Uint8Array;
  #instances: readonly Accumulator[];
  /** Which of them the bar under evaluation moves on. */
  readonly #moves: boolean[];
  readonly #rings: readonly Float64Array[];
  /** For each run the numbers of the bars that were last false, true and unknown. */
  readonly #runs: Float64Array;
  /** Closed bars so far. */
  bars = 0;
  bar: Candle | undefined;
  barBefore: Candle | undefined;
  /** The bar under evaluation is the first of its date. */
  isNewDate = true;
  /** When it closes, in minutes after midnight. */
  minute = Number.NaN;
  #date: string | undefined;
  /** Frames of longer bars, as they stand at that close. */
  outer: ReadonlyMap<Timeframe, Frame> = NO_FRAMES;
  /** Of a longer timeframe the bar in progress, when it has been evaluated. */
  forming: Candle | undefined;

  constructor(plan: FramePlan, owner: FrameOwner) {
    this.plan = plan;
    this.#owner = owner;
    const unknown = (): Float64Array => new Float64Array(plan.numbers).fill(Number.NaN);
    [this.numbers, this.#last, this.#before] = [unknown(), unknown(), unknown()];
    this.truths = new Uint8Array(plan.truths).fill(UNKNOWN);
    this.#lastTruths = this.truths.slice();
    const { dateOf: dayOf } = owner;
    this.#instances = plan.instances.map(({ of, numbers, arithmetic }) =>
      accumulatorOf(of, numbers, { arithmetic, dayOf }),
    );
    this.#moves = this.#instances.map(() => false);
    this.#rings = plan.rings.map(({ bars }) => new Float64Array(bars));
    this.#runs = new Float64Array(3 * plan.runs.length).fill(Number.NEGATIVE_INFINITY);
    for (const { slot, value } of plan.literals)
      for (const numbers of [this.numbers, this.#last, this.#before]) numbers[slot] = value;
    for (const { slot, of } of plan.members)
      for (const truths of [this.truths, this.#lastTruths]) truths[slot] = isMember(of, owner.instrument);
  }

  /** Another that stands where this one does, and goes its own way. For longer bars, which have numbers but no truths. */
  copy(): Frame {
    const copy = new Frame(this.plan, this.#owner);
    copy.numbers.set(this.numbers);
    copy.#last.set(this.#last);
    copy.#before.set(this.#before);
    copy.#instances = this.#instances.map((instance) => instance.copy());
    copy.#rings.forEach((ring, at) => {
      ring.set(this.#rings[at] as Float64Array);
    });
    copy.bars = this.bars;
    copy.bar = this.bar;
    copy.barBefore = this.barBefore;
    copy.#date = this.#date;
    copy.forming = this.forming;
    return copy;
  }

  /** Works out the slots as if `bar` closed, at so many minutes after midnight. */
  evaluate(bar: Candle, date: string, minute: number): void {
    this.isNewDate = date !== this.#date;
    this.minute = minute;
    for (const step of this.plan.steps) step(this, bar);
  }

  /** Keeps what was evaluated last. */
  commit(bar: Candle, date: string): void {
    const { rings, runs } = this.plan;
    for (let at = 0; at < rings.length; at += 1) {
      const ring = this.#rings[at] as Float64Array;
      ring[this.bars % ring.length] = this.number(rings[at]?.slot ?? 0);
    }
    for (let at = 0; at < runs.length; at += 1) this.#runs[3 * at + this.truth(runs[at]?.slot ?? 0)] = this.bars;
    [this.numbers, this.#last, this.#before] = [this.#before, this.numbers, this.#last];
    [this.truths, this.#lastTruths] = [this.#lastTruths, this.truths];
    for (let at = 0; at < this.#instances.length; at += 1) if (this.#moves[at]) this.#instances[at]?.keep();
    this.bars += 1;
    this.barBefore = this.bar;
    this.bar = bar;
    this.#date = date;
    this.forming = undefined;
  }

  // Slots come from the plan that made the arrays, so they are there.

  number(slot: number): number {
    return this.numbers[slot] as number;
  }

  /** On the newest closed bar, which is the one before the bar under evaluation. */
  last(slot: number): number {
    return this.#last[slot] as number;
  }

  /** On the closed bar before that. */
  before(slot: number): number {
    return this.#before[slot] as number;
  }

  truth(slot: number): TruthCode {
    return this.truths[slot] as TruthCode;
  }

  lastTruth(slot: number): TruthCode {
    return this.#lastTruths[slot] as TruthCode;
  }

  /** What a ring's slot was so many bars before the one under evaluation. */
  ago(ring: number, bars: number): number {
    const values = this.#rings[ring] as Float64Array;
    return bars > this.bars ? Number.NaN : (values[(this.bars - bars) % values.length] as number);
  }

  /** Works out an instance on the bar and writes its parts. An unknown series is no step, and nothing is known of that bar. */
  step(instance: number, bar: Candle, series: number, outs: readonly PartSlot[]): void {
    const now = this.#instances[instance] as Accumulator;
    const moves = !Number.isNaN(series);
    this.#moves[instance] = moves;
    if (moves) now.look(series, bar);
    for (let at = 0; at < outs.length; at += 1) {
      const { part, slot } = outs[at] as PartSlot;
      const value = moves ? now.value(part) : Number.NaN;
      this.numbers[slot] = Number.isFinite(value) ? value : Number.NaN;
    }
  }

  /** Whether a truth, which is `now`, held on any of the last bars. */
  within(run: number, bars: number, now: TruthCode): TruthCode {
    if (this.#since(run, TRUE) < bars) return TRUE;
    return either(now, this.#since(run, UNKNOWN) < bars || this.bars + 1 < bars ? UNKNOWN : FALSE);
  }

  /** Whether it held on each of them. */
  throughout(run: number, bars: number, now: TruthCode): TruthCode {
    if (this.#since(run, FALSE) < bars) return FALSE;
    return both(now, this.#since(run, UNKNOWN) < bars || this.bars + 1 < bars ? UNKNOWN : TRUE);
  }

  /** Bars from the one on which the run's truth was last `code` to the one under evaluation. */
  #since(run: number, code: TruthCode): number {
    return this.bars - (this.#runs[3 * run + code] as number);
  }
}

const NO_FRAMES: ReadonlyMap<Timeframe, Frame> = new Map();

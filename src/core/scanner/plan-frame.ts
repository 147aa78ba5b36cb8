import { TIMEFRAMES, type Timeframe } from '../timeframe.ts';
import type { Condition } from './expression.ts';
import type { FramePlan, InstancePlan, PartSlot, Step } from './node-frame.ts';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A frame's plan while it is written. What is the same is asked for twice and made once. */
export class FrameDraft {
  readonly timeframe: Timeframe;
  readonly #steps: Step[] = [];
  /** Slots by what they hold. */
  readonly #numbers = new Map<string, number>();
  readonly #truths = new Map<string, number>();
  readonly #members: FramePlan['members'][number][] = [];
  readonly #instances = new Map<string, number>();
  readonly #built: InstancePlan[] = [];
  readonly #parts: PartSlot[][] = [];
  readonly #literals: FramePlan['literals'][number][] = [];
  readonly #rings: Writable<FramePlan['rings'][number]>[] = [];
  readonly #runs: FramePlan['runs'][number][] = [];
  needs = 1;
  asksForming = false;

  constructor(timeframe: Timeframe) {
    this.timeframe = timeframe;
  }

  literal(value: number): number {
    return slotIn(this.#numbers, `${value}`, (slot) => void this.#literals.push({ slot, value }));
  }

  number(key: string, stepOf: (slot: number) => Step): number {
    return slotIn(this.#numbers, key, (slot) => void this.#steps.push(stepOf(slot)));
  }

  truth(key: string, stepOf: (slot: number) => Step): number {
    return slotIn(this.#truths, key, (slot) => void this.#steps.push(stepOf(slot)));
  }

  member(of: Extract<Condition, { kind: 'member' }>): number {
    return slotIn(this.#truths, `member ${JSON.stringify(of)}`, (slot) => void this.#members.push({ slot, of }));
  }

  /**
   * The slot of one part of an indicator. Its parts are written by the one step that moves it; `source` is the slot of
   * its series, undefined for the close.
   */
  part(of: InstancePlan, source: number | undefined, part: number): number {
    const key = `${of.of.name} ${of.numbers.join(' ')} of ${source ?? 'close'} ${of.arithmetic}`;
    const instance = slotIn(this.#instances, key, (at) => {
      const outs: PartSlot[] = [];
      this.#parts.push(outs);
      this.#built.push(of);
      this.#steps.push(
        source === undefined
          ? (now, bar) => now.step(at, bar, bar.close, outs)
          : (now, bar) => now.step(at, bar, now.number(source), outs),
      );
    });
    return slotIn(this.#numbers, `${key} ${part}`, (slot) => void this.#parts[instance]?.push({ part, slot }));
  }

  /** Where a slot's past is kept, at least so many bars of it. */
  ring(slot: number, bars: number): number {
    const at = this.#rings.findIndex((ring) => ring.slot === slot);
    const known = this.#rings[at];
    if (known === undefined) return this.#rings.push({ slot, bars }) - 1;
    known.bars = Math.max(known.bars, bars);
    return at;
  }

  run(slot: number): number {
    const at = this.#runs.findIndex((run) => run.slot === slot);
    return at === -1 ? this.#runs.push({ slot }) - 1 : at;
  }

  finish(): FramePlan {
    return {
      timeframe: this.timeframe,
      steps: this.#steps,
      numbers: this.#numbers.size,
      truths: this.#truths.size,
      literals: this.#literals,
      members: this.#members,
      instances: this.#built,
      rings: this.#rings,
      runs: this.#runs,
      needs: this.needs,
      asksForming: this.asksForming,
    };
  }
}

function slotIn(slots: Map<string, number>, key: string, make: (slot: number) => void): number {
  const known = slots.get(key);
  if (known !== undefined) return known;
  const slot = slots.size;
  slots.set(key, slot);
  make(slot);
  return slot;
}

/** The drafts of a lane's plan: one of its own bars, and one of each longer timeframe that a rule asks for. */
export class PlanDraft {
  readonly own: FrameDraft;
  readonly #longer = new Map<Timeframe, FrameDraft>();

  constructor(timeframe: Timeframe) {
    this.own = new FrameDraft(timeframe);
  }

  frame(timeframe: Timeframe): FrameDraft {
    if (timeframe === this.own.timeframe) return this.own;
    const draft = this.#longer.get(timeframe) ?? new FrameDraft(timeframe);
    this.#longer.set(timeframe, draft);
    return draft;
  }

  /** A lane must have seen so many bars of it, if it asks for them at all. */
  need(timeframe: Timeframe, bars: number): void {
    const draft = timeframe === this.own.timeframe ? this.own : this.#longer.get(timeframe);
    if (draft !== undefined) draft.needs = bars;
  }

  /** The shortest first. */
  longer(): readonly FramePlan[] {
    return TIMEFRAMES.flatMap((timeframe) => this.#longer.get(timeframe)?.finish() ?? []);
  }
}

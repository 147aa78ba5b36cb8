import { AppError } from '../../../core/errors.ts';
import type { Clock } from '../../engine/ports.ts';
import { createRateBudget } from '../transport/rate-budget.ts';
import { judgeRefusal, type Refusal } from './refusal.ts';
import { type Request, requestFrame } from './requests.ts';
import { inLots } from './topics.ts';
import { ANSWER_MS, LIMITS } from './wire.ts';

export interface SubscriberParts {
  readonly clock: Clock;
  send(frame: string): void;
  nextId(): string;
  /** These will not be had on this connection. */
  failed(topics: readonly string[], why: Refusal): void;
  /** Something in here went wrong. */
  broke(error: AppError): void;
}

interface Ask extends Omit<Request, 'id'> {
  readonly isRepeated: boolean;
}

interface Pending {
  readonly ask: Ask;
  cancel(): void;
}

/**
 * The topics of one connection: asks for what is wanted and not yet there, gives back what is not wanted any more,
 * within the venue's rate, and waits for each answer. One without an answer is asked again once.
 *
 * A list that is refused as a whole is divided, until it is known which topic was meant.
 */
export class Subscriber {
  readonly #parts: SubscriberParts;
  readonly #budget;
  readonly #stop = new AbortController();
  readonly #pending = new Map<string, Pending>();
  /** Asked for; true once it was granted. */
  readonly #asked = new Map<string, boolean>();
  readonly #failed = new Set<string>();
  /** Parts of a refused list, to be asked by themselves, and what nobody answered. */
  #again: Ask[] = [];
  #wanted: ReadonlySet<string> = new Set();
  #isPumping = false;

  constructor(parts: SubscriberParts) {
    this.#parts = parts;
    this.#budget = createRateBudget(parts.clock, [LIMITS.frames]);
  }

  /** Everything wanted was granted. */
  get isComplete(): boolean {
    return this.#pending.size === 0 && [...this.#wanted].every((topic) => this.#asked.get(topic) === true);
  }

  want(topics: ReadonlySet<string>): void {
    this.#wanted = topics;
    void this.#pump();
  }

  /** An answer; false when it is to none of our requests. */
  answered(id: string, refusal?: { readonly code: number; readonly text: string }): boolean {
    const pending = this.#pending.get(id);
    if (pending === undefined) return false;
    this.#pending.delete(id);
    pending.cancel();
    const { type, topics } = pending.ask;
    if (type === 'subscribe' && refusal !== undefined) this.#refused(topics, refusal);
    else if (type === 'subscribe') for (const topic of topics) this.#asked.set(topic, true);
    void this.#pump();
    return true;
  }

  stop(): void {
    this.#stop.abort();
    for (const { cancel } of this.#pending.values()) cancel();
    this.#pending.clear();
  }

  /** Sends whatever is due, one frame at a time, each when its turn has come. */
  async #pump(): Promise<void> {
    if (this.#isPumping) return;
    this.#isPumping = true;
    const { signal } = this.#stop;
    try {
      while (!signal.aborted && this.#next() !== undefined) {
        await this.#budget.take(signal);
        // What is wanted may have changed while we waited.
        const next = this.#next();
        if (next !== undefined && !signal.aborted) this.#ask(next);
      }
    } catch (thrown) {
      if (!signal.aborted) this.#parts.broke(AppError.from(thrown));
    } finally {
      this.#isPumping = false;
    }
  }

  #next(): Ask | undefined {
    const dropped = [...this.#asked].flatMap(([topic, granted]) => (granted && !this.#wanted.has(topic) ? topic : []));
    const [given] = inLots(dropped);
    if (given !== undefined) return { type: 'unsubscribe', topics: given, isRepeated: false };
    this.#again = this.#again.flatMap((ask) => {
      const topics = ask.topics.filter((topic) => this.#isDue(ask.type, topic));
      return topics.length === 0 ? [] : [{ ...ask, topics }];
    });
    const [again] = this.#again;
    if (again !== undefined) return again;
    const [added] = inLots([...this.#wanted].filter((topic) => this.#isDue('subscribe', topic)));
    return added && { type: 'subscribe', topics: added, isRepeated: false };
  }

  #isDue(type: Request['type'], topic: string): boolean {
    if (this.#asked.has(topic)) return false;
    const isWanted = this.#wanted.has(topic) && !this.#failed.has(topic);
    return type === 'subscribe' ? isWanted : !isWanted;
  }

  #ask(ask: Ask): void {
    const { type, topics } = ask;
    this.#again = this.#again.filter((each) => each !== ask);
    const request: Request = { id: this.#parts.nextId(), type, topics };
    for (const topic of topics) {
      if (type === 'subscribe') this.#asked.set(topic, false);
      else this.#asked.delete(topic);
    }
    const cancel = this.#parts.clock.after(ANSWER_MS, () => this.#unanswered(request.id));
    this.#pending.set(request.id, { ask, cancel });
    this.#parts.send(requestFrame(request));
  }

  #unanswered(id: string): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
    const { type, topics, isRepeated } = pending.ask;
    if (type === 'subscribe' && isRepeated) this.#fail(topics, { kind: 'unanswered' });
    for (const topic of topics) this.#asked.delete(topic);
    if (!isRepeated) this.#again.push({ type, topics, isRepeated: true });
    void this.#pump();
  }

  #refused(topics: readonly string[], said: { readonly code: number; readonly text: string }): void {
    for (const topic of topics) this.#asked.delete(topic);
    const { failed, why, again } = judgeRefusal(topics, said);
    if (failed.length > 0) this.#fail(failed, why);
    for (const part of again) this.#again.push({ type: 'subscribe', topics: part, isRepeated: false });
  }

  #fail(topics: readonly string[], why: Refusal): void {
    for (const topic of topics) {
      this.#asked.delete(topic);
      this.#failed.add(topic);
    }
    this.#parts.failed(topics, why);
  }
}

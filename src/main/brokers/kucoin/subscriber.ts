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

interface Pending {
  readonly request: Request;
  readonly isRepeated: boolean;
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
  /** Parts of a refused list, to be asked by themselves. */
  #divided: (readonly string[])[] = [];
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
    const { request } = pending;
    if (refusal !== undefined && request.type === 'subscribe') this.#refused(request.topics, refusal);
    else if (request.type === 'subscribe') for (const topic of request.topics) this.#asked.set(topic, true);
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
        if (next !== undefined && !signal.aborted) this.#ask(next.type, next.topics);
      }
    } catch (thrown) {
      if (!signal.aborted) this.#parts.broke(AppError.from(thrown));
    } finally {
      this.#isPumping = false;
    }
  }

  #next(): Omit<Request, 'id'> | undefined {
    const [dropped] = inLots(
      [...this.#asked].flatMap(([topic, granted]) => (granted && !this.#wanted.has(topic) ? topic : [])),
    );
    if (dropped !== undefined) return { type: 'unsubscribe', topics: dropped };
    const isOpen = (topic: string): boolean =>
      this.#wanted.has(topic) && !this.#asked.has(topic) && !this.#failed.has(topic);
    this.#divided = this.#divided.map((lot) => lot.filter(isOpen)).filter((lot) => lot.length > 0);
    const [part] = this.#divided;
    if (part !== undefined) return { type: 'subscribe', topics: part };
    const [added] = inLots([...this.#wanted].filter(isOpen));
    return added && { type: 'subscribe', topics: added };
  }

  #ask(type: Request['type'], topics: readonly string[], isRepeated = false): void {
    const request: Request = { id: this.#parts.nextId(), type, topics };
    for (const topic of topics) {
      if (type === 'subscribe') this.#asked.set(topic, false);
      else this.#asked.delete(topic);
    }
    const cancel = this.#parts.clock.after(ANSWER_MS, () => void this.#unanswered(request.id));
    this.#pending.set(request.id, { request, isRepeated, cancel });
    this.#parts.send(requestFrame(request));
  }

  #unanswered(id: string): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
    const { request, isRepeated } = pending;
    if (!isRepeated) this.#ask(request.type, request.topics, true);
    else if (request.type === 'subscribe') this.#fail(request.topics, { kind: 'unanswered' });
    void this.#pump();
  }

  #refused(topics: readonly string[], said: { readonly code: number; readonly text: string }): void {
    for (const topic of topics) this.#asked.delete(topic);
    const { failed, why, again } = judgeRefusal(topics, said);
    if (failed.length > 0) this.#fail(failed, why);
    this.#divided.push(...again);
  }

  #fail(topics: readonly string[], why: Refusal): void {
    for (const topic of topics) {
      this.#asked.delete(topic);
      this.#failed.add(topic);
    }
    this.#parts.failed(topics, why);
  }
}

import type { Clock } from '../../engine/ports.ts';
import type { Subscription } from './subscriptions.ts';
import { RECONCILE_ANSWER_MS, RECONCILE_EVERY_MS } from './wire.ts';

export interface RollCallParts {
  readonly clock: Clock;
  /** Asks the server what it believes we want. */
  ask(): void;
  /** What is in force by the server's word, by id. */
  answered(inForce: ReadonlyMap<string, Subscription | undefined>): void;
  /** Nothing came back. */
  mute(): void;
}

/**
 * Asks every five minutes what the server believes is subscribed: the venue advises it, for a stream may lose
 * subscriptions without a word. The answers have no number and look like acknowledgements, so all that come within ten
 * seconds count.
 */
export class RollCall {
  readonly #parts: RollCallParts;
  #seen: Map<string, Subscription | undefined> | undefined;
  #hasAnswer = false;
  #cancel: () => void = () => undefined;

  constructor(parts: RollCallParts) {
    this.#parts = parts;
  }

  start(): void {
    this.stop();
    this.#cancel = this.#parts.clock.after(RECONCILE_EVERY_MS, () => this.#begin());
  }

  stop(): void {
    this.#cancel();
    this.#seen = undefined;
  }

  /** An acknowledgement came, with these in force. `wish` is what to call off should nobody want it. */
  heard(inForce: Iterable<readonly [id: string, wish: Subscription | undefined]>): void {
    if (this.#seen === undefined) return;
    this.#hasAnswer = true;
    for (const [id, wish] of inForce) this.#seen.set(id, wish);
  }

  /** It was called off meanwhile: no sign of a forgotten subscription. */
  dropped(id: string): void {
    this.#seen?.set(id, undefined);
  }

  #begin(): void {
    this.#seen = new Map();
    this.#hasAnswer = false;
    this.#parts.ask();
    this.#cancel = this.#parts.clock.after(RECONCILE_ANSWER_MS, () => this.#end());
  }

  #end(): void {
    const seen = this.#seen ?? new Map<string, Subscription | undefined>();
    this.start();
    if (this.#hasAnswer) this.#parts.answered(seen);
    else this.#parts.mute();
  }
}

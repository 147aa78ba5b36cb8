import type { Clock } from '../../engine/ports.ts';
import { pingFrame } from './requests.ts';

export interface PingerParts {
  readonly clock: Clock;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  send(frame: string): void;
  nextId(): string;
  /** Half a round trip. */
  latency(ms: number): void;
  /** A ping was sent, and nothing at all was heard since. */
  dead(): void;
}

/**
 * The heartbeat of one connection. KuCoin wants pings in JSON; those of the WebSocket protocol do not count. Any message
 * is a sign of life; only a pong measures the way.
 */
export class Pinger {
  readonly #parts: PingerParts;
  #cancelNext = (): void => undefined;
  #cancelDeath: (() => void) | undefined;
  #sent: { readonly id: string; readonly at: number } | undefined;

  constructor(parts: PingerParts) {
    this.#parts = parts;
    this.#wait();
  }

  heard(): void {
    this.#cancelDeath?.();
    this.#cancelDeath = undefined;
  }

  pong(id: string): void {
    if (this.#sent?.id !== id) return;
    this.#parts.latency((this.#parts.clock.now() - this.#sent.at) / 2);
    this.#sent = undefined;
  }

  stop(): void {
    this.#cancelNext();
    this.heard();
  }

  #wait(): void {
    this.#cancelNext = this.#parts.clock.after(this.#parts.intervalMs, () => this.#ping());
  }

  #ping(): void {
    const { clock, timeoutMs, send, nextId, dead } = this.#parts;
    const id = nextId();
    this.#sent = { id, at: clock.now() };
    send(pingFrame(id));
    this.#cancelDeath ??= clock.after(timeoutMs, dead);
    this.#wait();
  }
}

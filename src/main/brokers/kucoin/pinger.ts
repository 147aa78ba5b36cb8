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
  #cancel = (): void => undefined;
  #sent: { readonly id: string; readonly at: number } | undefined;
  #hasHeard = false;

  constructor(parts: PingerParts) {
    this.#parts = parts;
    this.#wait();
  }

  heard(): void {
    this.#hasHeard = true;
  }

  pong(id: string): void {
    if (this.#sent?.id !== id) return;
    this.#parts.latency((this.#parts.clock.now() - this.#sent.at) / 2);
    this.#sent = undefined;
  }

  stop(): void {
    this.#cancel();
  }

  #wait(): void {
    this.#cancel = this.#parts.clock.after(this.#parts.intervalMs, () => this.#ping());
  }

  #ping(): void {
    const { clock, intervalMs, timeoutMs, send, nextId, dead } = this.#parts;
    const id = nextId();
    this.#sent = { id, at: clock.now() };
    this.#hasHeard = false;
    send(pingFrame(id));
    this.#cancel = clock.after(timeoutMs, () => {
      if (!this.#hasHeard) {
        dead();
        return;
      }
      this.#cancel = clock.after(Math.max(0, intervalMs - timeoutMs), () => this.#ping());
    });
  }
}

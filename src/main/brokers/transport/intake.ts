import type { Clock } from '../../engine/ports.ts';

export type Message = Uint8Array | string;

export interface IntakeParts {
  readonly clock: Clock;
  /** Reads one message. */
  handle(message: Message): void;
  /** So many messages were thrown away, unread; told once for each slice of work. */
  dropped(messages: number): void;
}

/** How long reading may keep everything else waiting, in milliseconds; and how many messages, should the clock stand still. */
const SLICE_MS = 10;
const SLICE_MESSAGES = 5_000;
/** How much may wait to be read. */
const MOST_WAITING = 1_000;
const MOST_WAITING_BYTES = 32 * 1024 * 1024;

/**
 * Stands between a socket and the parser, so that a flood leaves room for everything else and fills no memory.
 *
 * Messages are read as they come, in order, until they took 10 ms of one turn of the event loop. Those that come on
 * top wait for the next turn, at most 1,000 of them: of more the oldest are thrown away, as the newest prices matter
 * most. A hundred messages a second never wait.
 */
export class Intake {
  readonly #parts: IntakeParts;
  #waiting: (Message | undefined)[] = [];
  #first = 0;
  #bytes = 0;
  #drops = 0;
  #read = 0;
  #sliceUntil = 0;
  #cancelTurn: (() => void) | undefined;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  get #count(): number {
    return this.#waiting.length - this.#first;
  }

  take(message: Message): void {
    if (this.#cancelTurn === undefined) this.#startTurn();
    if (this.#count === 0 && this.#hasTime()) {
      this.#handle(message);
      return;
    }
    this.#waiting.push(message);
    this.#bytes += message.length;
    while (this.#count > MOST_WAITING || (this.#bytes > MOST_WAITING_BYTES && this.#count > 1)) {
      this.#next();
      this.#drops += 1;
    }
  }

  /** Reads all that waits, now. */
  drain(): void {
    while (this.#count > 0) this.#handle(this.#next());
    this.#tellDrops();
  }

  /** Forgets all that waits. Nothing is read any more but what is taken from now on. */
  end(): void {
    this.#cancelTurn?.();
    this.#cancelTurn = undefined;
    this.#waiting = [];
    this.#first = 0;
    this.#bytes = 0;
    this.#drops = 0;
  }

  #startTurn(): void {
    const { clock } = this.#parts;
    this.#read = 0;
    this.#sliceUntil = clock.now() + SLICE_MS;
    this.#cancelTurn = clock.after(0, () => this.#nextTurn());
  }

  #nextTurn(): void {
    this.#cancelTurn = undefined;
    if (this.#count === 0) return;
    this.#startTurn();
    // One at least, whatever the clock does: each turn has to bring the end nearer.
    do this.#handle(this.#next());
    while (this.#count > 0 && this.#hasTime());
    this.#tellDrops();
  }

  #hasTime(): boolean {
    const leftMs = this.#sliceUntil - this.#parts.clock.now();
    // More than a slice is left when the clock was set back.
    return this.#read < SLICE_MESSAGES && leftMs > 0 && leftMs <= SLICE_MS;
  }

  #handle(message: Message | undefined): void {
    this.#read += 1;
    if (message !== undefined) this.#parts.handle(message);
  }

  #next(): Message | undefined {
    const message = this.#waiting[this.#first];
    this.#waiting[this.#first] = undefined;
    this.#first += 1;
    this.#bytes -= message?.length ?? 0;
    if (this.#first > MOST_WAITING) {
      this.#waiting = this.#waiting.slice(this.#first);
      this.#first = 0;
    }
    return message;
  }

  #tellDrops(): void {
    const drops = this.#drops;
    this.#drops = 0;
    if (drops > 0) this.#parts.dropped(drops);
  }
}

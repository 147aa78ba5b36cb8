import type { EpochMs } from '../../../core/brand.ts';
import type { Clock } from '../../engine/ports.ts';
import { joinFrame, leaveFrame, type Room, removeAllFrame } from './client-frames.ts';
import { JOIN_EVERY_MS, JOIN_PATIENCE_MS } from './wire.ts';

export interface RoomsParts {
  readonly clock: Clock;
  send(frame: string): void;
  /** A join was sent twice and not answered. It stays wanted, and is sent again on the next connection. */
  onSilent(room: Room): void;
}

interface Place {
  readonly room: Room;
  state: 'queued' | 'asked' | 'joined' | 'given-up';
  /** How often it was asked for on this connection. */
  asked: number;
  askedAt: EpochMs;
}

/**
 * What is wanted, and how far the server has let us in. Joins go out one by one; none is sent for a room that is
 * joined. A room that does not answer is asked for once more, then given up until the next connection.
 *
 * The set is our own: the server's answer names symbols without their exchange, so it cannot be what is joined again
 * after a reconnect.
 */
export class Rooms {
  readonly #parts: RoomsParts;
  #places = new Map<string, Place>();
  #isOpen = false;
  #cancelTimer: (() => void) | undefined;

  constructor(parts: RoomsParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#places.size;
  }

  /** Replaces the whole set. What is no longer wanted is left at once, before anything new is joined. */
  want(rooms: readonly Room[]): void {
    const before = this.#places;
    this.#places = new Map(rooms.map((room) => [keyOf(room), before.get(keyOf(room)) ?? queued(room)]));
    const left = [...before].filter(([key, { asked }]) => asked > 0 && !this.#places.has(key));
    if (this.#isOpen && left.length > 0) {
      if (this.#places.size === 0) this.#parts.send(removeAllFrame());
      else for (const [, { room }] of left) this.#parts.send(leaveFrame(room));
    }
    this.#work();
  }

  /** The server said welcome: everything is to be joined. */
  opened(): void {
    this.#isOpen = true;
    this.#places = new Map([...this.#places].map(([key, { room }]) => [key, queued(room)]));
    this.#work();
  }

  closed(): void {
    this.#isOpen = false;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  has(room: Room): boolean {
    return this.#places.has(keyOf(room));
  }

  /** The server answered for the room, or sent a price in it. */
  joined(room: Room): void {
    const place = this.#places.get(keyOf(room));
    if (place !== undefined && place.asked > 0) place.state = 'joined';
  }

  /** The server does not want to; there is no use in asking again on this connection. */
  refused(room: Room): void {
    const place = this.#places.get(keyOf(room));
    if (place !== undefined) place.state = 'given-up';
  }

  /** The oldest join without an answer whose symbol, without its exchange, is this one. */
  awaiting(shortSymbol: string, timeframe: string): Room | undefined {
    const isMeant = ({ state, room }: Place): boolean =>
      state === 'asked' && room.timeframe === timeframe && room.symbol.split(':')[1] === shortSymbol;
    return [...this.#places.values()].filter(isMeant).sort((a, b) => a.askedAt - b.askedAt)[0]?.room;
  }

  #work(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (!this.#isOpen) return;
    const { clock, send, onSilent } = this.#parts;
    const now = clock.now();
    let next: number | undefined;
    let hasSent = false;
    for (const place of this.#places.values()) {
      if (place.state === 'asked' && now - place.askedAt >= JOIN_PATIENCE_MS) {
        place.state = place.asked > 1 ? 'given-up' : 'queued';
        if (place.state === 'given-up') onSilent(place.room);
      }
      if (place.state === 'queued' && !hasSent) {
        hasSent = true;
        place.state = 'asked';
        place.asked += 1;
        place.askedAt = now;
        send(joinFrame(place.room));
      }
      if (place.state === 'queued') next = JOIN_EVERY_MS;
      else if (place.state === 'asked')
        next = Math.min(next ?? JOIN_PATIENCE_MS, JOIN_PATIENCE_MS - (now - place.askedAt));
    }
    if (next !== undefined) this.#cancelTimer = clock.after(Math.max(next, JOIN_EVERY_MS), () => this.#work());
  }
}

function keyOf({ symbol, timeframe }: Room): string {
  return `${symbol} ${timeframe}`;
}

function queued(room: Room): Place {
  return { room, state: 'queued', asked: 0, askedAt: 0 as EpochMs };
}

import type { EpochMs } from '../../core/brand.ts';
import type { Clock } from '../engine/ports.ts';
import type { PacedClock } from './paced-clock.ts';

/** How often the wall clock is looked at. */
const STEP_MS = 50;
/** The event loop gets its turn after this much work: sockets, the journal, the screen. */
const CHUNK_MS = 12;
const CHUNK_DELIVERIES = 2_000;

/** A market's events, in order of time. */
export interface Playlist {
  /** Market time of the next delivery; undefined at the end. Never before the last one. */
  nextTime(): EpochMs | undefined;
  /** Hands over everything due at that time. The clock stands there. */
  deliver(): void;
}

/**
 * Plays to the end, or until `stop` aborts: advances the clock to each delivery's time, then delivers. The order
 * of deliveries and of the clock's timers follows from market time alone, so the outcome is the same at every
 * speed. Where the pace cannot be held the market runs slower; it drops nothing.
 *
 * Rejects with whatever a delivery or a timer throws.
 */
export function play(playlist: Playlist, clock: PacedClock, wall: Clock, stop: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (stop.aborted) return resolve();
    let cancel = (): void => {};
    const end = (): void => {
      cancel();
      stop.removeEventListener('abort', end);
      resolve();
    };
    const step = (): void => {
      try {
        const pauseMs = playChunk(playlist, clock, wall, stop);
        if (pauseMs === undefined) end();
        else cancel = wall.after(pauseMs, step);
      } catch (thrown) {
        stop.removeEventListener('abort', end);
        reject(thrown);
      }
    };
    stop.addEventListener('abort', end);
    clock.catchUp();
    cancel = wall.after(0, step);
  });
}

/** Returns how long to wait before the next chunk; undefined when there is none. */
function playChunk(playlist: Playlist, clock: PacedClock, wall: Clock, stop: AbortSignal): number | undefined {
  const began = wall.now();
  for (let delivered = 0; !stop.aborted; delivered += 1) {
    const next = playlist.nextTime();
    if (next === undefined) return undefined;
    const due = clock.due();
    if (next > due) {
      clock.advanceTo(due as EpochMs);
      return STEP_MS;
    }
    if (delivered >= CHUNK_DELIVERIES || wall.now() - began >= CHUNK_MS) return 0;
    clock.advanceTo(next);
    if (stop.aborted) break;
    playlist.deliver();
  }
  return undefined;
}

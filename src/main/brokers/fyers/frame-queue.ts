import type { Clock } from '../../engine/ports.ts';

/** Frames that wait for their turn on one connection. */
export interface FrameQueue {
  push(frames: readonly Uint8Array[]): void;
  /** What waits is not sent any more. */
  clear(): void;
}

/** The official client sends no more than ten frames a second. */
const EVERY_MS = 100;

/** Sends frames in order, the first at once, each further one a tenth of a second after the one before. */
export function createFrameQueue(clock: Clock, send: (frame: Uint8Array) => void): FrameQueue {
  let waiting: Uint8Array[] = [];
  let isResting = false;
  let cancelTimer = (): void => undefined;

  const next = (): void => {
    const frame = waiting.shift();
    isResting = frame !== undefined;
    if (frame === undefined) return;
    cancelTimer = clock.after(EVERY_MS, next);
    send(frame);
  };
  return {
    push(frames) {
      waiting.push(...frames);
      if (!isResting) next();
    },
    clear() {
      cancelTimer();
      waiting = [];
      isResting = false;
    },
  };
}

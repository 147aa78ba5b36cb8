import type { NextFrame } from '../../src/renderer/src/live/painted-frame.ts';

/** Frames that are painted when the test says so. */
export function createFrames(): { readonly next: NextFrame; paint(): number } {
  let waiting: (() => void)[] = [];
  return {
    next: (callback) => waiting.push(callback),
    /** Paints one frame; answers how many callbacks had asked for it. */
    paint() {
      const callbacks = waiting;
      waiting = [];
      for (const callback of callbacks) callback();
      return callbacks.length;
    },
  };
}

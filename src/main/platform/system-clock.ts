import type { EpochMs } from '../../core/brand.ts';
import type { Clock } from '../engine/ports.ts';

/** Beyond this `setTimeout` fires at once: it counts in 32 bits, 24.8 days. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * The machine's own time. The one place that asks for it.
 *
 * Timers keep the process alive, on purpose: what waits here (a batch on its way to disk, the next reconnect,
 * the opening bell) is work. An app that wants to end closes its engine, which cancels them all.
 */
export const systemClock: Clock = {
  now: () => Date.now() as EpochMs,
  after(delayMs, callback) {
    let timer: NodeJS.Timeout;
    const wait = (leftMs: number): void => {
      const step = Math.min(leftMs, LONGEST_MS);
      timer = setTimeout(() => (leftMs > step ? wait(leftMs - step) : callback()), step);
    };
    wait(Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
};

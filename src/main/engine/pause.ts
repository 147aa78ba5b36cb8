import type { Clock } from './ports.ts';

/** Waits `ms` by the clock, or until `stop` aborts. Never rejects: ask `stop.aborted` afterwards. */
export function pause(clock: Clock, ms: number, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const over = (): void => {
      cancel();
      stop.removeEventListener('abort', over);
      resolve();
    };
    const cancel = clock.after(ms, over);
    stop.addEventListener('abort', over);
  });
}

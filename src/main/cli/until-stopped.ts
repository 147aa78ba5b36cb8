import { systemClock } from '../platform/system-clock.ts';
import type { CliIo } from './cli-command.ts';

const PARENT_CHECK_MS = 500;
/** Time for the last words to be written. */
const LINGER_MS = 250;

/** A signal that aborts at the first Ctrl-C or request to end. `release` when the work is over, stopped or not. */
export interface Stopping {
  readonly signal: AbortSignal;
  release(): void;
}

/** Listens for Ctrl-C; those that follow the first, of which a chain of shells sends many, change nothing. */
export function listenForStop(env: CliIo['env']): Stopping {
  const controller = new AbortController();
  let cancel = (): void => undefined;
  const stop = (): void => {
    cancel();
    controller.abort(new Stopped('Stopped.'));
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  if (env['npm_lifecycle_event'] !== undefined) {
    // Asked to end, npm ends its shell, and the shell tells nobody; but our parent is then another.
    const parent = process.ppid;
    const watch = (): void => {
      if (process.ppid !== parent) stop();
      else cancel = systemClock.after(PARENT_CHECK_MS, watch);
    };
    watch();
  }
  return {
    signal: controller.signal,
    release() {
      cancel();
      // After a stop the listeners stay, for the signals that follow; what lingers of the work is not waited for.
      if (controller.signal.aborted) systemClock.after(LINGER_MS, () => process.exit());
      else for (const signal of SIGNALS) process.off(signal, stop);
    },
  };
}

/** Why work was given up: a person wanted it so. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Resolves at the first Ctrl-C or request to end. Signals that follow are listened to, and change nothing. */
export function untilStopped(env: CliIo['env']): Promise<void> {
  const { signal } = listenForStop(env);
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

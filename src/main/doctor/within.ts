import type { Clock } from '../engine/ports.ts';

/** Something took longer than it was given. */
export class TookTooLong extends Error {}

/**
 * Does `work` for at most `ms` by the clock. Rejects with TookTooLong after that, or with `stop`'s reason when that
 * aborts, even when `work` does not listen to its signal; what it does later is thrown away.
 */
export async function within<Value>(
  clock: Clock,
  ms: number,
  stop: AbortSignal,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  stop.throwIfAborted();
  const late = new AbortController();
  const signal = AbortSignal.any([stop, late.signal]);
  const cancel = clock.after(ms, () => late.abort(new TookTooLong()));
  let giveUp = (): void => undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    giveUp = () => reject(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
  });
  try {
    return await Promise.race([work(signal), ended]);
  } finally {
    cancel();
    signal.removeEventListener('abort', giveUp);
  }
}

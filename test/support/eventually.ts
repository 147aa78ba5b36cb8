import { expect } from 'vitest';

/**
 * `expect.poll` with the patience that real sockets on a busy machine need: looks every 20 ms, for up to 20 seconds.
 * To be awaited.
 */
export function eventually<Value>(look: () => Value, message?: string) {
  return expect.poll(look, { timeout: 20_000, interval: 20, ...(message !== undefined && { message }) });
}

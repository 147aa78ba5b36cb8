import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import { Intake } from '../../../src/main/brokers/transport/intake.ts';
import type { Clock } from '../../../src/main/engine/ports.ts';

/** An intake whose reader takes `costMs` for a message, and an event loop turned by hand. */
function start(costMs = 0) {
  const read: string[] = [];
  const drops: number[] = [];
  let cost = costMs;
  let now = 0;
  let timers: readonly { readonly callback: () => void }[] = [];
  const clock: Clock = {
    now: () => now as EpochMs,
    after(_delayMs, callback) {
      const timer = { callback };
      timers = [...timers, timer];
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  const intake = new Intake({
    clock,
    handle(message) {
      read.push(String(message));
      now += cost;
    },
    dropped: (messages) => drops.push(messages),
  });
  const turn = (ms = 1): void => {
    now += ms;
    const due = timers;
    timers = [];
    for (const { callback } of due) callback();
  };
  const rest = (): void => {
    for (let turns = 0; timers.length > 0; turns += 1) {
      if (turns > 10_000) throw new Error('It never comes to rest.');
      turn();
    }
  };
  return { intake, read, drops, turn, rest, timers: () => timers.length, setCost: (ms: number) => (cost = ms) };
}

const numbers = (count: number, from = 0): string[] => Array.from({ length: count }, (_none, at) => `${from + at}`);

describe('what comes from a socket', () => {
  it('is read at once while it is little', () => {
    const { intake, read, turn, timers } = start(1);
    for (let second = 0; second < 10; second += 1) {
      for (const message of numbers(9, second * 9)) intake.take(message);
      expect(read).toEqual(numbers((second + 1) * 9));
      turn(1_000);
    }
    expect(timers(), 'no timer runs in a pause').toBe(0);
  });

  it('waits when it is more than can be read in ten milliseconds, and is read in order', () => {
    const { intake, read, drops, turn, rest } = start(1);
    for (const message of numbers(35)) intake.take(message);
    expect(read, 'the rest leaves room for everything else').toHaveLength(10);
    intake.take('35');
    turn();
    expect(read).toHaveLength(20);
    intake.take('36');
    turn();
    expect(read).toHaveLength(30);
    rest();
    expect(read).toEqual(numbers(37));
    expect(drops).toEqual([]);
  });

  it('is thrown away, the oldest first, when more than a thousand messages wait; told once a slice', () => {
    const { intake, read, drops, turn, rest } = start(1);
    for (const message of numbers(5_000)) intake.take(message);
    expect(drops).toEqual([]);
    turn();
    expect(drops).toEqual([3_990]);
    rest();
    expect(read).toEqual([...numbers(10), ...numbers(1_000, 4_000)]);
    expect(drops).toEqual([3_990]);
  });

  it('holds no more than some megabytes, whatever the messages weigh', () => {
    const { intake, drops, turn } = start(1);
    const heavy = 'x'.repeat(2 * 1024 * 1024);
    for (let at = 0; at < 50; at += 1) intake.take(heavy);
    turn();
    expect(drops, 'ten were read at once, sixteen fit').toEqual([50 - 10 - 16]);
  });

  it('does not count on a clock that stands still, or runs backwards or wild', () => {
    const still = start(0);
    for (const message of numbers(7_000)) still.intake.take(message);
    expect(still.read).toHaveLength(5_000);
    still.rest();
    for (const costMs of [-60_000, 60_000, 0.1]) {
      const { intake, read, rest } = start(costMs);
      for (const message of numbers(300)) intake.take(message);
      rest();
      expect(read).toEqual(numbers(300));
    }
  });

  it('is read to the end when asked, or forgotten', () => {
    const { intake, read, drops, turn, timers } = start(1);
    for (const message of numbers(2_000)) intake.take(message);
    intake.drain();
    expect(read).toHaveLength(10 + 1_000);
    expect(drops).toEqual([990]);
    for (const message of numbers(50)) intake.take(message);
    const before = read.length;
    intake.end();
    turn(1_000);
    expect([read.length, timers()]).toEqual([before, 0]);
  });

  it('comes out in order, each message once or counted as dropped, whatever the load', () => {
    const step = fc.record({ burst: fc.nat(1_500), costMs: fc.constantFrom(0, 0.01, 1, 30), turns: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const { intake, read, drops, turn, rest, setCost } = start();
        let sent = 0;
        for (const { burst, costMs, turns } of steps) {
          setCost(costMs);
          for (const message of numbers(burst, sent)) intake.take(message);
          sent += burst;
          for (let done = 0; done < turns; done += 1) turn();
        }
        rest();
        const all = read.map(Number);
        expect(all.every((at, index) => index === 0 || at > (all[index - 1] ?? 0))).toBe(true);
        expect(all.length + drops.reduce((sum, count) => sum + count, 0)).toBe(sent);
      }),
      { numRuns: 50 },
    );
  });
});

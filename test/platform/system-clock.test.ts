import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/main/platform/system-clock.ts';

const DAY_MS = 86_400_000;

describe("the machine's clock", () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000 }));
  afterEach(() => void vi.useRealTimers());

  it('tells the time', () => {
    vi.advanceTimersByTime(234);
    expect(systemClock.now()).toBe(1_234);
  });

  it('calls once, when the time has come', () => {
    const calls: number[] = [];
    systemClock.after(250, () => calls.push(systemClock.now()));
    vi.advanceTimersByTime(249);
    expect(calls).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(calls).toEqual([1_250]);
  });

  it('takes a time that has passed for now', () => {
    const calls: number[] = [];
    systemClock.after(-5, () => calls.push(systemClock.now()));
    vi.advanceTimersByTime(0);
    expect(calls).toEqual([1_000]);
  });

  it('does not call what was cancelled', () => {
    const calls: string[] = [];
    const cancel = systemClock.after(250, () => calls.push('cancelled'));
    systemClock.after(250, () => calls.push('kept'));
    cancel();
    vi.advanceTimersByTime(1_000);
    cancel();
    expect(calls).toEqual(['kept']);
  });

  it('waits longer than setTimeout can', () => {
    const calls: number[] = [];
    systemClock.after(60 * DAY_MS, () => calls.push(systemClock.now()));
    const cancel = systemClock.after(60 * DAY_MS, () => calls.push(-1));
    vi.advanceTimersByTime(50 * DAY_MS);
    expect(calls).toEqual([]);
    cancel();
    vi.advanceTimersByTime(20 * DAY_MS);
    expect(calls).toEqual([1_000 + 60 * DAY_MS]);
  });
});

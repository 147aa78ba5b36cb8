import { describe, expect, it } from 'vitest';
import type { MarketState } from '../../src/contract/events.ts';
import { AppError } from '../../src/core/errors.ts';
import { Pulse } from '../../src/main/engine/pulse.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { UneasyClock } from '../support/uneasy-clock.ts';

const CLOSED: MarketState = { phase: 'closed', until: undefined, warning: undefined };
const OPEN: MarketState = { phase: 'open', until: undefined, warning: undefined };

function beating(onSave: () => void = () => undefined, wall?: UneasyClock) {
  const clock = new FakeClock();
  const stop = new AbortController();
  const told: string[] = [];
  const troubles: AppError[] = [];
  const state = { market: CLOSED };
  new Pulse({
    wall: wall ?? clock,
    stop: stop.signal,
    market: () => state.market,
    onBeat: () => told.push('beat'),
    onMarket: ({ phase }) => told.push(phase),
    onSave: () => {
      told.push('save');
      onSave();
    },
    onLeap: () => told.push('leap'),
    onTrouble: (error) => troubles.push(error),
  }).beat();
  return { clock, stop, told, troubles, state };
}

describe('Pulse', () => {
  it('beats once a second, tells of the market when it changes, and saves every five seconds', () => {
    const { clock, told, state } = beating();
    expect(told).toEqual(['beat', 'closed']);
    clock.advance(1_000);
    state.market = OPEN;
    clock.advance(4_000);
    expect(told).toEqual(['beat', 'closed', 'beat', 'beat', 'open', 'beat', 'beat', 'beat', 'save']);
  });

  it('goes on when the disk refuses, and says so', () => {
    const { clock, told, troubles } = beating(() => {
      throw new AppError('storage', 'The disk is full.');
    });
    clock.advance(10_000);
    expect(told.filter((what) => what === 'beat')).toHaveLength(11);
    expect(troubles.map(({ message }) => message)).toEqual(['The disk is full.', 'The disk is full.']);
  });

  it('leaves no timer behind when it is stopped', () => {
    const { clock, stop, told } = beating();
    stop.abort();
    expect(clock.timers).toBe(0);
    clock.advance(10_000);
    expect(told).toEqual(['beat', 'closed']);
  });

  it.each(['stand still', 'go on'] as const)('notices that the computer slept: timers %s', (timers) => {
    const clock = new UneasyClock(0);
    const { told } = beating(() => undefined, clock);
    clock.advance(10_000);
    expect(told).not.toContain('leap');
    clock.sleep(60_000, timers);
    clock.advance(1_000);
    clock.advance(10_000);
    expect(told.filter((what) => what === 'leap')).toHaveLength(1);
    expect(told.lastIndexOf('leap'), 'before whatever else is done').toBeLessThan(told.lastIndexOf('beat'));
  });

  it.each([90_000, -90_000])('notices that the clock was set by %i ms, once', (byMs) => {
    const clock = new UneasyClock(1_000_000);
    const { told } = beating(() => undefined, clock);
    clock.advance(3_000);
    clock.set(byMs);
    clock.advance(20_000);
    expect(told.filter((what) => what === 'leap')).toHaveLength(1);
  });

  it('takes a busy moment for nothing', () => {
    const clock = new UneasyClock(0);
    const { told } = beating(() => undefined, clock);
    clock.advance(3_000);
    clock.sleep(4_000, 'go on');
    clock.advance(5_000);
    expect(told).not.toContain('leap');
  });
});

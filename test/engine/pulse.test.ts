import { describe, expect, it } from 'vitest';
import type { MarketState } from '../../src/contract/events.ts';
import { AppError } from '../../src/core/errors.ts';
import { Pulse } from '../../src/main/engine/pulse.ts';
import { FakeClock } from '../support/fake-clock.ts';

const CLOSED: MarketState = { phase: 'closed', until: undefined, warning: undefined };
const OPEN: MarketState = { phase: 'open', until: undefined, warning: undefined };

function beating(onSave: () => void = () => undefined) {
  const clock = new FakeClock();
  const stop = new AbortController();
  const told: string[] = [];
  const troubles: AppError[] = [];
  const state = { market: CLOSED };
  new Pulse({
    wall: clock,
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
});

import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { SessionClock } from '../../src/main/engine/session-clock.ts';
import { UneasyClock } from '../support/uneasy-clock.ts';

/** A session clock over forming bars that end then. `lag.ms`: how far the exchange is behind us. */
function clockOver(closes: readonly number[], isPlayed = false) {
  const clock = new UneasyClock(0);
  const forming = [...closes];
  const sealed: [at: number, through: number][] = [];
  const leaps: number[] = [];
  const lag = { ms: 0, isKnown: true };
  const session = new SessionClock({
    isPlayed,
    clock: { now: () => (clock.now() - lag.ms) as EpochMs, after: (ms, ring) => clock.after(ms, ring) },
    ours: clock,
    nextClose: () => (forming.length > 0 ? (Math.min(...forming) as EpochMs) : undefined),
    seal: (time) => {
      sealed.push([clock.now(), time]);
      for (const close of [...forming]) if (close <= time) forming.splice(forming.indexOf(close), 1);
    },
    isSure: () => lag.isKnown,
    onLeap: () => {
      leaps.push(clock.now());
      lag.isKnown = false;
    },
  });
  return { clock, session, sealed, forming, lag, leaps };
}

describe('SessionClock', () => {
  it('closes a bar by the clock, a moment after its end, and goes on to the next', () => {
    const { clock, session, sealed } = clockOver([5_000, 60_000]);
    session.expect(60_000 as EpochMs);
    session.expect(5_000 as EpochMs);
    clock.advance(6_999);
    expect(sealed, 'prints may still be on their way').toEqual([]);
    clock.advance(100_000);
    expect(sealed).toEqual([
      [7_000, 5_000],
      [62_000, 60_000],
    ]);
  });

  it('does nothing once stopped, and nothing while nothing forms', () => {
    const { clock, session, sealed } = clockOver([]);
    session.expect(5_000 as EpochMs);
    session.stop();
    clock.advance(100_000);
    expect(sealed).toEqual([]);
  });

  it('follows the exchange when its time becomes better known, and takes that for no leap', () => {
    const { clock, session, sealed, lag, leaps } = clockOver([60_000]);
    lag.ms = 300_000;
    session.expect(60_000 as EpochMs);
    clock.advance(70_000);
    expect(sealed, 'by the exchange it is four minutes ago').toEqual([]);
    lag.ms = 500;
    clock.advance(1_000);
    expect([sealed.length, leaps]).toEqual([1, []]);
  });
});

describe('SessionClock, when our time leaps', () => {
  it.each(['stand still', 'go on'] as const)('closes nothing until the exchange spoke again: timers %s', (timers) => {
    const { clock, session, sealed, lag, leaps } = clockOver([60_000]);
    session.expect(60_000 as EpochMs);
    clock.advance(10_000);
    clock.sleep(600_000, timers);
    clock.advance(30_000);
    expect([leaps.length, sealed]).toEqual([1, []]);
    lag.isKnown = true;
    clock.advance(1_000);
    expect(sealed, 'once, and no leap is found in it again').toEqual([[641_000, 639_000]]);
    expect(leaps).toHaveLength(1);
  });

  it.each([90_000, -90_000])('notices a clock that was set by %i ms, and closes on time after', (byMs) => {
    const { clock, session, sealed, lag, leaps } = clockOver([60_000]);
    session.expect(60_000 as EpochMs);
    clock.advance(10_000);
    clock.set(byMs);
    clock.advance(2_000);
    expect(leaps).toHaveLength(1);
    lag.ms = byMs;
    lag.isKnown = true;
    clock.advance(49_000);
    expect(sealed).toEqual([]);
    clock.advance(2_000);
    expect(sealed).toEqual([[62_000 + byMs, 60_000]]);
    expect(leaps).toHaveLength(1);
  });

  it('hears of it from the first word of the feed, before any alarm, and while nothing forms', () => {
    const { clock, session, forming, leaps } = clockOver([5_000]);
    session.look();
    session.expect(5_000 as EpochMs);
    clock.advance(30_000);
    expect(forming).toEqual([]);
    session.look();
    expect(leaps).toEqual([]);
    clock.sleep(60_000);
    session.look();
    session.look();
    expect(leaps, 'told once').toEqual([90_000]);
  });

  it('does not run hot while it waits', () => {
    const { clock, session, lag } = clockOver([5_000]);
    let looks = 0;
    Object.defineProperty(lag, 'isKnown', {
      get() {
        looks += 1;
        return false;
      },
    });
    session.expect(5_000 as EpochMs);
    clock.advance(60_000);
    expect(looks).toBeLessThanOrEqual(61);
  });

  it('rings in a market played back for closes alone, however far its clock goes in one step', () => {
    const { clock, session, sealed, leaps } = clockOver([3_600_000], true);
    session.expect(3_600_000 as EpochMs);
    let rings = 0;
    const after = clock.after.bind(clock);
    clock.after = (ms, ring) => {
      rings += 1;
      return after(ms, ring);
    };
    clock.advance(10_000_000);
    session.look();
    expect(sealed).toEqual([[3_602_000, 3_600_000]]);
    expect({ rings, leaps }, 'nothing forms: nothing to ring for').toEqual({ rings: 0, leaps: [] });
  });
});

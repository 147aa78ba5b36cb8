import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { SessionClock } from '../../src/main/engine/session-clock.ts';
import { FakeClock } from '../support/fake-clock.ts';

function clockOver(...closes: readonly number[]) {
  const clock = new FakeClock();
  const forming = [...closes];
  const sealed: [at: number, through: number][] = [];
  const session = new SessionClock({
    clock,
    nextClose: () => (forming.length > 0 ? (Math.min(...forming) as EpochMs) : undefined),
    seal: (time) => {
      sealed.push([clock.now(), time]);
      for (const close of [...forming]) if (close <= time) forming.splice(forming.indexOf(close), 1);
    },
  });
  return { clock, session, sealed };
}

describe('SessionClock', () => {
  it('closes a bar by the clock, a moment after its end, and goes on to the next', () => {
    const { clock, session, sealed } = clockOver(5_000, 60_000);
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
    const { clock, session, sealed } = clockOver();
    session.expect(5_000 as EpochMs);
    session.stop();
    clock.advance(100_000);
    expect(sealed).toEqual([]);
  });
});

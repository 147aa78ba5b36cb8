import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { PacedClock } from '../../src/main/brokers/paced-clock.ts';
import { type Playlist, play } from '../../src/main/brokers/play.ts';
import { FakeClock } from '../support/fake-clock.ts';

const at = (ms: number): EpochMs => ms as EpochMs;
const START = 1_000_000;

function clockAt(speed: number): { wall: FakeClock; clock: PacedClock } {
  const wall = new FakeClock(5);
  return { wall, clock: new PacedClock(wall, at(START), speed) };
}

/** Deliveries at the given times after the start; `seen` says what happened and when. */
function playlistOf(times: readonly number[], clock: PacedClock, seen: string[]): Playlist {
  let index = 0;
  return {
    nextTime: () => (index < times.length ? at(START + (times[index] ?? 0)) : undefined),
    deliver() {
      seen.push(`event ${clock.now() - START}`);
      index += 1;
    },
  };
}

describe('the market clock', () => {
  it('stands still until it is advanced, however long we wait', () => {
    const { wall, clock } = clockAt(10);
    wall.advance(60_000);
    expect(clock.now()).toBe(START);
  });

  it('fires timers in order, each at its own time, and exactly when advanced through them', () => {
    const { clock } = clockAt(1);
    const seen: number[] = [];
    clock.after(300, () => seen.push(clock.now() - START));
    clock.after(100, () => {
      seen.push(clock.now() - START);
      clock.after(50, () => seen.push(clock.now() - START));
    });
    clock.advanceTo(at(START + 99));
    expect(seen).toEqual([]);
    clock.advanceTo(at(START + 300));
    expect(seen).toEqual([100, 150, 300]);
    expect(clock.now()).toBe(START + 300);
  });

  it('keeps the order in which timers of one instant were set, and forgets cancelled ones', () => {
    const { clock } = clockAt(1);
    const seen: string[] = [];
    clock.after(10, () => seen.push('first'));
    const cancel = clock.after(10, () => seen.push('never'));
    clock.after(10, () => seen.push('second'));
    cancel();
    clock.advanceTo(at(START + 10));
    expect(seen).toEqual(['first', 'second']);
  });

  it('never goes back, and is not stopped by a timer that renews itself at once', () => {
    const { clock } = clockAt(1);
    let beats = 0;
    const beat = (): void => {
      beats += 1;
      clock.after(0, beat);
    };
    clock.after(0, beat);
    clock.advanceTo(at(START + 20));
    clock.advanceTo(at(START));
    expect([clock.now(), beats]).toEqual([START + 20, 20]);
  });

  it('leaps over a night with one late call for each timer', () => {
    const { clock } = clockAt(1);
    const seen: number[] = [];
    const beat = (): void => {
      seen.push(clock.now() - START);
      clock.after(1_000, beat);
    };
    clock.after(1_000, beat);
    clock.skipTo(at(START + 3_600_000));
    expect(seen).toEqual([3_600_000]);
    clock.advanceTo(at(START + 3_601_000));
    expect(seen).toEqual([3_600_000, 3_601_000]);
  });

  it('says how far it should be, through changes of speed', () => {
    const { wall, clock } = clockAt(10);
    wall.advance(100);
    expect(clock.due() - START).toBe(1_000);
    clock.setSpeed(2);
    wall.advance(100);
    expect(clock.due() - START, 'what had passed keeps its old worth').toBe(1_200);
    clock.setSpeed(0);
    expect(clock.due()).toBe(Number.POSITIVE_INFINITY);
    clock.setSpeed(1);
    wall.advance(100);
    expect(clock.due() - START, 'from where it stands').toBe(100);
    expect(() => clock.setSpeed(-1)).toThrow(RangeError);
    expect(() => clock.setSpeed(Number.NaN)).toThrow(RangeError);
  });

  it('does not make up for a night the computer slept through', () => {
    const { wall, clock } = clockAt(10);
    wall.advance(8 * 3_600_000);
    expect(clock.due() - START).toBe(10_000);
  });
});

describe('playing a market', () => {
  const TIMES = [0, 0, 400, 1_000, 1_000, 5_000, 60_000, 60_001, 300_000];

  async function seenAt(speed: number): Promise<string[]> {
    const { wall, clock } = clockAt(speed);
    const seen: string[] = [];
    const beat = (): void => {
      seen.push(`timer ${clock.now() - START}`);
      clock.after(500, beat);
    };
    clock.after(500, beat);
    const played = play(playlistOf(TIMES, clock, seen), clock, wall, new AbortController().signal);
    for (let step = 0; step < 10_000; step += 1) wall.advance(37);
    await played;
    return seen;
  }

  it('gives the same events and timers, in the same order, at every speed', async () => {
    const plain = await seenAt(1);
    expect(plain.slice(0, 7)).toEqual([
      'event 0',
      'event 0',
      'event 400',
      'timer 500',
      'timer 1000',
      'event 1000',
      'event 1000',
    ]);
    expect(plain.filter((line) => line.startsWith('event'))).toHaveLength(TIMES.length);
    for (const speed of [7, 60, 1_000, 0]) expect(await seenAt(speed), `speed ${speed}`).toEqual(plain);
  });

  it('keeps the pace: a market second a second at 1×, sixty at 60×', () => {
    for (const speed of [1, 60]) {
      const { wall, clock } = clockAt(speed);
      const seen: string[] = [];
      void play(playlistOf([500 * speed, 2_000 * speed], clock, seen), clock, wall, new AbortController().signal);
      wall.advance(400);
      expect(seen).toEqual([]);
      wall.advance(200);
      expect(seen).toEqual([`event ${500 * speed}`]);
      wall.advance(1_300);
      expect(clock.now() - START).toBe(1_900 * speed);
      wall.advance(200);
      expect(seen).toHaveLength(2);
    }
  });

  it('lets others have their turn between chunks when it is as fast as it goes', async () => {
    const { wall, clock } = clockAt(0);
    const seen: string[] = [];
    const many = Array.from({ length: 10_000 }, (_, index) => index);
    const played = play(playlistOf(many, clock, seen), clock, wall, new AbortController().signal);
    const turns: number[] = [];
    const turn = (): void => {
      turns.push(seen.length);
      if (seen.length < many.length) wall.after(0, turn);
    };
    wall.after(0, turn);
    wall.advance(0);
    await played;
    expect(seen).toHaveLength(many.length);
    expect(turns.length).toBeGreaterThanOrEqual(5);
  });

  it('stops at once when told to, even from within a delivery, and leaves no timer behind', async () => {
    const { wall, clock } = clockAt(0);
    const stop = new AbortController();
    let delivered = 0;
    const endless: Playlist = {
      nextTime: () => at(START + delivered),
      deliver() {
        delivered += 1;
        if (delivered === 5_000) stop.abort();
      },
    };
    const played = play(endless, clock, wall, stop.signal);
    wall.advance(10_000);
    await played;
    expect(delivered).toBe(5_000);
  });

  it('passes on what a delivery or a timer throws', async () => {
    for (const fails of ['event', 'timer']) {
      const { wall, clock } = clockAt(0);
      const fail = (): void => {
        throw new Error(fails);
      };
      if (fails === 'timer') clock.after(1, fail);
      const list: Playlist = { nextTime: () => at(START + 5), deliver: fail };
      const played = play(list, clock, wall, new AbortController().signal);
      const outcome = expect(played).rejects.toThrow(fails);
      wall.advance(0);
      await outcome;
    }
  });
});

import { expect, it } from 'vitest';
import { type EpochMs, HOUR_MS, MINUTE_MS } from '../../../src/core/brand.ts';
import { PacedClock } from '../../../src/main/brokers/paced-clock.ts';
import { play } from '../../../src/main/brokers/play.ts';
import { leapNights } from '../../../src/main/brokers/replay/leap-nights.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { settle } from '../../support/world.ts';

it('plays every row at its time, and leaps over nights in a few minutes', async () => {
  const start = Date.parse('2026-07-30T10:00:00Z');
  const times = [0, MINUTE_MS, 50 * MINUTE_MS, 18 * HOUR_MS, 18 * HOUR_MS + MINUTE_MS].map((ms) => start + ms);
  const wall = new FakeClock(0);
  const clock = new PacedClock(wall, start as EpochMs, 60);
  const rows = [...times];
  const played: number[] = [];
  const list = leapNights(
    {
      nextTime: () => rows[0] as EpochMs | undefined,
      deliver: () => {
        expect(clock.now()).toBe(rows[0]);
        played.push(rows.shift() ?? 0);
      },
    },
    clock,
  );
  let isOver = false;
  void play(list, clock, wall, new AbortController().signal).then(() => {
    isOver = true;
  });
  // 50 minutes, an evening of 2, a dawn and a minute, at 60 market seconds a second; the night alone would take 17 minutes.
  for (let second = 0; second < 55 && !isOver; second += 1) {
    wall.advance(1_000);
    await settle();
  }
  expect(played).toEqual(times);
  expect(isOver).toBe(true);
});

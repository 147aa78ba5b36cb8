import { describe, expect, it } from 'vitest';
import { FakeClock } from '../support/fake-clock.ts';
import { handWorld, minutesOf, TURNS } from '../support/hand-venue.ts';
import { ist } from '../support/ist.ts';
import { INFY } from '../support/tape.ts';
import { settle } from '../support/world.ts';

type Hand = Awaited<ReturnType<typeof handWorld>>;

/** Closes a world right after something, and answers what of it goes on. */
async function closedAfter(doing: (hand: Hand, clock: FakeClock) => unknown) {
  const clock = new FakeClock(ist('2026-11-20 10:00:10'));
  const hand = await handWorld(clock, { told: minutesOf(ist('2026-11-20 09:15'), Array(45).fill(100)) });
  await hand.to('2026-11-20 10:00:40');
  hand.venue.tick(clock.now(), 100);
  await doing(hand, clock);
  await hand.world.close();
  await settle();
  hand.venue.asked.length = 0;
  // What it told the screens is on its way still.
  clock.advance(1_000);
  const { timers } = clock;
  clock.advance(3_600_000);
  await settle();
  return { timers, asked: hand.venue.asked, troubles: hand.troubles };
}

describe('a world that is closed', () => {
  it.each<[string, (hand: Hand, clock: FakeClock) => unknown]>([
    ['in the midst of a bar', () => undefined],
    ['after a late tick', ({ venue }) => venue.tick(ist('2026-11-20 10:00:12'), 101)],
    ['while the line is down', ({ venue }, clock) => venue.lost(clock.now())],
    ['after the line came back', ({ venue }, clock) => [venue.lost(clock.now()), venue.back(clock.now())]],
    ['with a chart open', ({ world }) => world.charts.load(INFY.key, '1m', null, 300)],
    ['while the rule changes', ({ change }) => change({ rule: { ...TURNS.rule, timeframe: '5m' } })],
  ])('leaves no timer and asks nothing: %s', async (_case, doing) => {
    expect(await closedAfter(doing)).toMatchObject({ timers: 0, asked: [] });
  });
});

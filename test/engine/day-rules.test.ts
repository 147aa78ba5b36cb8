import { describe, expect, it } from 'vitest';
import { ruleSchema } from '../../src/contract/rules.ts';
import { MINUTE_MS } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { barOf, HandVenue, minutesOf } from '../support/hand-venue.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { INFY } from '../support/tape.ts';
import { openWorld, settle } from '../support/world.ts';

const calendar = nse();
const rule = (timeframe: '1d' | '1w') =>
  ruleSchema.parse({ id: `up-${timeframe}`, name: 'Up', enabled: true, timeframe, buy: 'close > close[1]' });

/** Every session's bar from June on, falling by one a day; a week is of five of them. */
function days(until: string): Candle[] {
  const bars: Candle[] = [];
  let price = 1_000;
  for (
    let time = ist('2026-06-01 12:00');
    time < ist(`${until} 00:00`);
    time = (time + 24 * 60 * MINUTE_MS) as typeof time
  ) {
    const session = calendar.session(calendar.dateOf(time));
    if (session === undefined) continue;
    price -= 1;
    bars.push(barOf(session.open, [price, price + 0.2, price - 0.2, price], 100, '1d'));
  }
  return bars;
}

async function worldAt(time: string, timeframe: '1d' | '1w', told: readonly Candle[]) {
  const clock = new FakeClock(ist(time));
  const venue = new HandVenue([INFY], clock, ['1m', '1d']);
  venue.told = told;
  const opened = openWorld(venue.session, clock, {}, openStore(':memory:'), {
    rules: () => [rule(timeframe)],
  });
  await opened.world.start();
  await settle();
  const to = async (until: string): Promise<void> => {
    for (const end = ist(until); clock.now() < end; ) {
      clock.advance(Math.min(10_000, end - clock.now()));
      await settle();
    }
  };
  return { ...opened, clock, venue, to, alerts: () => opened.store.alerts(10) };
}

describe('a rule on days', () => {
  it('speaks when the day ends that the program has seen from the start', async () => {
    const { venue, clock, to, alerts, told, world } = await worldAt('2026-07-02 09:00', '1d', days('2026-07-02'));
    await to('2026-07-02 09:15:01');
    venue.tick(clock.now(), 1_100);
    await to('2026-07-02 15:29:59');
    venue.tick(clock.now(), 1_101);
    await to('2026-07-02 15:45:00');
    expect(alerts().map(({ signal, late, inputs }) => ({ time: signal.barTime, late, inputs }))).toEqual([
      { time: ist('2026-07-02 09:15'), late: false, inputs: 'whole' },
    ]);
    expect(told).toHaveLength(1);
    await world.close();
  });

  it('speaks when it was begun in the middle of the day', async () => {
    const minutes = minutesOf(
      ist('2026-07-02 09:15'),
      Array.from({ length: 45 }, () => 1_100),
    );
    const { venue, clock, to, alerts, world } = await worldAt('2026-07-02 10:00:30', '1d', [
      ...days('2026-07-02'),
      ...minutes,
    ]);
    await to('2026-07-02 10:00:31');
    venue.told = [
      ...venue.told,
      ...minutesOf(
        ist('2026-07-02 10:00'),
        Array.from({ length: 330 }, () => 1_100),
      ),
    ];
    venue.tick(clock.now(), 1_101);
    await to('2026-07-02 15:29:59');
    venue.tick(clock.now(), 1_101);
    await to('2026-07-02 15:45:00');
    expect(alerts().map(({ signal, late }) => ({ time: signal.barTime, late }))).toEqual([
      { time: ist('2026-07-02 09:15'), late: false },
    ]);
    await world.close();
  });

  it.each(['20:00', 'T+1 08:00', 'T+1 10:00'])(
    'is found late at %s where nobody looked when the day ended',
    async (when) => {
      const time = when.startsWith('T+1') ? `2026-07-03 ${when.slice(4)}` : `2026-07-02 ${when}`;
      const before = days('2026-07-02');
      const minutes = minutesOf(
        ist('2026-07-02 09:15'),
        Array.from({ length: 375 }, () => 1_100),
      );
      const last = barOf(ist('2026-07-02 09:15'), 1_100, 100, '1d');
      const today = when.endsWith('10:00')
        ? minutesOf(
            ist('2026-07-03 09:15'),
            Array.from({ length: 45 }, () => 1_090),
          )
        : [];
      const { alerts, told, to, world, clock, venue } = await worldAt(time, '1d', [
        ...before,
        last,
        ...minutes,
        ...today,
      ]);
      await to(time.replace(/:00$/, ':05'));
      venue.tick(clock.now(), 1_090);
      await settle();
      expect(alerts().map(({ signal, late, read }) => ({ time: signal.barTime, late, read }))).toEqual([
        { time: ist('2026-07-02 09:15'), late: true, read: true },
      ]);
      expect(told).toEqual([]);
      await world.close();
    },
  );
});

describe('a rule on weeks', () => {
  it('speaks on Friday in a world that knows the days before as days only', async () => {
    const rising = (bar: Candle): Candle => (bar.openTime >= ist('2026-06-29 00:00') ? { ...bar, high: 2_000 } : bar);
    const minutes = minutesOf(ist('2026-07-03 09:15'), [1_000, 1_001, 1_002, 1_003, 1_004]);
    const begun = await worldAt('2026-07-03 09:20:30', '1w', [...days('2026-07-03').map(rising), ...minutes]);
    const { venue, clock, to, alerts, world, store } = begun;
    await to('2026-07-03 09:20:31');
    venue.told = [...venue.told, ...minutesOf(ist('2026-07-03 09:20'), [1_100])];
    venue.tick(clock.now(), 1_100);
    await to('2026-07-03 15:29:59');
    venue.tick(clock.now(), 1_101);
    await to('2026-07-03 15:45:00');
    expect(alerts().map(({ signal, late, inputs }) => ({ time: signal.barTime, late, inputs }))).toEqual([
      { time: ist('2026-06-29 09:15'), late: false, inputs: 'whole' },
    ]);
    const content = store.evidence(alerts()[0]?.id ?? '')[0]?.content;
    expect(content, 'the whole week is in it').toMatchObject({
      passport: { bars: [{ timeframe: '1w', high: 2_000, close: 1_101 }, {}] },
    });
    await world.close();
  });
});

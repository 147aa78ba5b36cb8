import { afterEach, describe, expect, it } from 'vitest';
import type { CandleTable } from '../../src/contract/commands.ts';
import { type EpochMs, SECOND_MS } from '../../src/core/brand.ts';
import { SCREEN_TIMEFRAMES, type Timeframe } from '../../src/core/timeframe.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { barsOf, INFY, TapeVenue, TCS, tapeOf } from '../support/tape.ts';
import { openWorld, settle } from '../support/world.ts';

const calendar = nse();
const tape = tapeOf([INFY, TCS], ['2026-07-28', '2026-07-29', '2026-07-30', '2026-07-31'], calendar);

let close: () => Promise<void> = async () => undefined;
afterEach(() => close());

async function running(start: string) {
  const clock = new FakeClock(ist(start));
  const venue = new TapeVenue([INFY, TCS], tape, clock, calendar);
  const opened = openWorld(venue.session, clock);
  await opened.world.start();
  await settle();
  close = () => opened.world.close();
  const run = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      clock.advance(SECOND_MS);
      await settle();
    }
  };
  return { ...opened, clock, run };
}

/** The bars somebody who saw every tick would draw now, the forming one last. */
function truth(timeframe: Timeframe, now: EpochMs) {
  const bars = barsOf(
    tape.filter(({ time }) => time <= now),
    INFY.key,
    timeframe,
    calendar,
  );
  return Array.from(bars.openTime, (time, row) => [
    time,
    bars.open[row],
    bars.high[row],
    bars.low[row],
    bars.close[row],
  ]);
}

function drawn({ openTime, open, high, low, close: closes, forming }: CandleTable) {
  const rows = openTime.map((time, row) => [time, open[row], high[row], low[row], closes[row]]);
  return forming === null
    ? rows
    : [...rows, [forming.openTime, forming.open, forming.high, forming.low, forming.close]];
}

describe('charts', () => {
  it.each(SCREEN_TIMEFRAMES.filter((timeframe) => !/s$/.test(timeframe)))(
    'draws %s bars as the tape has them, the forming one too',
    async (timeframe) => {
      const { world, run, clock } = await running('2026-07-31T09:15:00');
      await run(47 * 60 + 13);
      const table = world.charts.load(INFY.key, timeframe, null, 300);
      const expected = truth(timeframe, clock.now()).slice(-drawn(table).length);
      expect(drawn(table).length).toBeGreaterThan(0);
      expect(drawn(table)).toEqual(expected);
    },
  );

  it.each(SCREEN_TIMEFRAMES.filter((timeframe) => /s$/.test(timeframe)))(
    'draws %s bars from the moment it was there',
    async (timeframe) => {
      const { world, run, clock } = await running('2026-07-31T09:15:00');
      await run(11 * 60 + 13);
      const table = world.charts.load(INFY.key, timeframe, null, 5_000);
      expect(drawn(table)).toEqual(
        truth(timeframe, clock.now()).filter(([time = 0]) => time >= ist('2026-07-31T09:15:00')),
      );
    },
  );

  it('feeds a watched chart until another is watched', async () => {
    const { world, run, events } = await running('2026-07-31T10:00:00');
    world.charts.watch('screen', INFY.key, '1m');
    await run(130);
    const bars = events.flatMap((event) => (event.type === 'candle' ? [event] : []));
    expect(new Set(bars.map(({ candle }) => `${candle.instrument} ${candle.timeframe}`))).toEqual(
      new Set(['NSE:INFY 1m']),
    );
    expect(bars.filter(({ closed }) => closed).map(({ candle }) => candle.openTime)).toEqual([
      ist('2026-07-31T10:00'),
      ist('2026-07-31T10:01'),
    ]);
    world.charts.watch('screen', TCS.key, '1m');
    events.length = 0;
    await run(10);
    expect(events.some((event) => event.type === 'candle' && event.candle.instrument === INFY.key)).toBe(false);
  });

  it('pages into older bars, and ends where there are none', async () => {
    const { world } = await running('2026-07-31T10:00:00');
    const newest = world.charts.load(INFY.key, '5m', null, 50);
    const older = world.charts.load(INFY.key, '5m', newest.openTime[0] as EpochMs, 50);
    expect(older.openTime.at(-1)).toBeLessThan(newest.openTime[0] ?? 0);
    expect(older).toMatchObject({ forming: null, more: true });
    const oldest = world.charts.load(INFY.key, '5m', ist('2026-07-28T09:15'), 50);
    await settle();
    expect(
      world.charts.load(INFY.key, '5m', ist('2026-07-28T09:15'), 50),
      'asked once, and found nothing',
    ).toMatchObject({
      openTime: [],
      more: false,
    });
    expect(oldest.openTime).toEqual([]);
  });

  it('says which instruments it has', async () => {
    const { world } = await running('2026-07-31T10:00:00');
    expect(() => world.charts.load('NSE:NOBODY' as typeof INFY.key, '5m', null, 50)).toThrow('not in the watchlist');
  });
});

import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { MINUTE_MS } from '../../src/core/brand.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { handWorld, minutesOf } from '../support/hand-venue.ts';
import { ist } from '../support/ist.ts';
import { INFY, stock } from '../support/tape.ts';

const INDEX: Instrument = { ...stock('NIFTY 50'), segment: 'nse-index' };

/** A world at work on one date, with every stored thing of it at hand. */
async function on(date: string, start: string, instrument = INFY) {
  const at = (time: string): EpochMs => ist(`${date} ${time}`);
  const clock = new FakeClock(at(start));
  const prices = Array.from({ length: 375 }, (_price, index) => 100 + ((index * 7) % 11));
  const hand = await handWorld(clock, { instruments: [instrument], told: minutesOf(at('09:15'), prices, instrument) });
  const { venue, store, to } = hand;
  venue.told = [];
  return {
    ...hand,
    at,
    clock,
    /** Each print at its time: price, and the day's running volume where there is one. */
    async prints(...prints: readonly (readonly [time: string, price: number, dayVolume?: number])[]): Promise<void> {
      for (const [time, price, dayVolume] of prints) {
        await to(`${date} ${time}`);
        venue.tick(at(time), price, { dayVolume }, instrument);
      }
      const [last = ['']] = prints.slice(-1);
      await to(`${date} ${new Date(at(last[0]) + 8_000 + 330 * MINUTE_MS).toISOString().slice(11, 19)}`);
    },
    bars: (timeframe: '5s' | '1m', from: string, until: string) =>
      store.storedCandles(instrument.key, timeframe, at(from), at(until)).map(({ candle }) => candle),
    auctions: () => store.loadAuctions(instrument.key, at('00:00'), at('23:59')),
    signalsFrom: (time: string) => hand.signals.filter(({ barTime }) => barTime >= at(time)),
  };
}

describe('the closing auction, since 2026-08-03', () => {
  const DATE = '2026-08-03';
  const last = [
    ['15:13:30', 104, 1_000],
    ['15:14:30', 120, 1_100],
    ['15:14:58', 90, 1_150],
  ] as const;

  it('makes one bar, no other, and lets no rule fire', async () => {
    const { prints, bars, auctions, signalsFrom, world } = await on(DATE, '15:12:00');
    await prints(
      ...last,
      ['15:16:00', 95, 1_150],
      ['15:21:00', 150, 1_150],
      ['15:28:00', 60, 1_150],
      ['15:31:10', 97, 5_150],
      ['15:32:40', 97, 5_650],
      ['15:35:10', 140, 5_650],
      ['15:52:00', 97, 5_700],
    );
    expect(bars('5s', '15:15:00', '16:00:00')).toEqual([]);
    expect(bars('1m', '15:15:00', '16:00:00')).toEqual([]);
    expect(auctions()).toEqual([
      expect.objectContaining({ kind: 'closing', open: 97, high: 97, low: 97, close: 97, volume: 4_500 }),
    ]);
    expect(signalsFrom('15:15:00')).toEqual([]);
    expect(signalsFrom('15:13:00').length, 'though it did just before').toBeGreaterThan(0);
    expect(world.snapshot().stats.outsideSession, 'after the auction nobody trades').toBe(2);
    await world.close();
  });

  it('closes the day’s last bars at once, without the grace', async () => {
    const { prints, signalsFrom, to, venue, at, world } = await on(DATE, '15:12:00');
    await prints(...last.slice(0, 2));
    await to(`${DATE} 15:14:59`);
    venue.tick(at('15:14:59'), 190, { dayVolume: 1_150 });
    await to(`${DATE} 15:15:00`);
    expect(signalsFrom('15:14:00')).toEqual([]);
    venue.tick(at('15:15:00'), 190, { dayVolume: 1_150 });
    expect(signalsFrom('15:14:00')).toHaveLength(1);
    await world.close();
  });

  it('is the close of the day that a chart draws', async () => {
    const { prints, world, at, events } = await on(DATE, '15:12:00');
    world.charts.watch('screen', INFY.key, '1d');
    await prints(...last, ['15:31:10', 97, 5_150]);
    expect(world.charts.load(INFY.key, '1d', null, 5).forming).toMatchObject({ openTime: at('09:15:00'), close: 97 });
    const drawn = events.findLast((event) => event.type === 'candle');
    expect(drawn).toMatchObject({ candle: { timeframe: '1d', close: 97 }, closed: false });
    await world.close();
  });

  it('holds of an index what moved, and nothing of its frozen value', async () => {
    const { prints, bars, auctions, signalsFrom, world } = await on(DATE, '15:12:00', INDEX);
    await prints(
      ['15:14:30', 25_000],
      ['15:14:59', 25_010],
      ['15:15:01', 25_010],
      ['15:15:02', 25_010],
      ['15:25:00', 25_010],
    );
    expect(auctions()).toEqual([]);
    await prints(['15:31:00', 25_030], ['15:31:01', 25_030], ['15:33:00', 25_025], ['15:34:00', 25_025]);
    expect(auctions()).toMatchObject([
      { kind: 'closing', open: 25_030, high: 25_030, low: 25_025, close: 25_025, volume: undefined },
    ]);
    expect([bars('5s', '15:15:00', '16:00:00'), signalsFrom('15:15:00')]).toEqual([[], []]);
    await world.close();
  });

  it('is ordinary trading until 2026-07-31', async () => {
    const { prints, bars, auctions, signalsFrom, world } = await on('2026-07-31', '15:12:00');
    await prints(
      ...last,
      ['15:15:30', 120, 1_200],
      ['15:16:30', 80, 1_300],
      ['15:17:30', 125, 1_400],
      ['15:29:58', 70, 1_500],
      ['15:30:00', 99, 1_600],
    );
    expect(bars('5s', '15:15:00', '15:31:00').map(({ close, volume }) => [close, volume])).toEqual([
      [120, 50],
      [80, 100],
      [125, 100],
      [70, 100],
    ]);
    expect(auctions()).toEqual([]);
    expect(signalsFrom('15:15:00').length).toBeGreaterThan(0);
    await world.close();
  });
});

describe('the opening auction', () => {
  it('gets its own volume, and the first bar only what came after', async () => {
    const { prints, bars, auctions, world } = await on('2026-11-20', '09:00:00');
    await prints(
      ['09:01:00', 99, 0],
      ['09:07:00', 101, 0],
      ['09:11:00', 100, 7_000],
      ['09:15:01', 102, 7_040],
      ['09:15:06', 103, 7_100],
    );
    expect(auctions()).toMatchObject([{ kind: 'pre-open', open: 100, close: 100, volume: 7_000 }]);
    expect(bars('5s', '09:00:00', '09:16:00').map(({ close, volume }) => [close, volume])).toEqual([
      [102, 40],
      [103, 60],
    ]);
    await world.close();
  });

  it('is not in the first bar either when nobody looked before the open', async () => {
    const { prints, bars, auctions, world } = await on('2026-11-20', '09:14:50');
    await prints(['09:15:01', 102, 7_040], ['09:15:06', 103, 7_100]);
    expect(bars('5s', '09:00:00', '09:16:00').map(({ volume }) => volume)).toEqual([0, 60]);
    expect(auctions()).toEqual([]);
    await world.close();
  });

  it('counts a venue that begins to count anew within the day', async () => {
    const { prints, bars, world } = await on('2026-11-20', '10:00:00');
    await prints(['10:00:01', 100, 7_000], ['10:00:06', 100, 7_050], ['10:00:11', 100, 20], ['10:00:16', 100, 45]);
    expect(bars('5s', '10:00:00', '10:01:00').map(({ volume }) => volume)).toEqual([0, 50, 0, 25]);
    expect(world.snapshot().stats.volumeResets).toBe(1);
    await world.close();
  });

  it('marks and counts a print that showed only in the day’s high or low', async () => {
    const { to, venue, at, store, world } = await on('2026-11-20', '10:00:00');
    const range = { dayHigh: 110, dayLow: 90 };
    await to('2026-11-20 10:00:01');
    venue.tick(at('10:00:01'), 100, range);
    await to('2026-11-20 10:00:07');
    venue.tick(at('10:00:07'), 101, { ...range, dayHigh: 112 });
    await to('2026-11-20 10:00:15');
    const stored = store.storedCandles(INFY.key, '5s', at('10:00:00'), at('10:01:00'));
    expect(stored.map(({ candle: { high, close }, marks }) => [high, close, marks])).toEqual([
      [100, 100, []],
      [112, 101, ['inferred']],
    ]);
    expect(world.snapshot().stats.inferred).toBe(1);
    await world.close();
  });
});

import { describe, expect, it } from 'vitest';
import type { AuctionBar } from '../../src/core/auction.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import type { Tick } from '../../src/core/tick.ts';
import { Hearing } from '../../src/main/engine/hearing.ts';
import { Track } from '../../src/main/engine/track.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { INFY } from '../support/tape.ts';

const at = (time: string) => ist(`2026-10-30 ${time}`);
const tick = (time: string, ltp: number, dayVolume?: number): Tick => ({
  instrument: INFY.key,
  ltp,
  dayVolume,
  time: at(time),
  receivedAt: at(time),
});

function trackWith() {
  const stored: Candle[] = [];
  const drawn: [Candle, boolean][] = [];
  const auctions: AuctionBar[] = [];
  const inferred: EpochMs[] = [];
  const marked: string[] = [];
  const track = new Track(
    INFY,
    nse(),
    {
      store: (_track, candle, isInferred) => {
        stored.push(candle);
        if (!isInferred) return;
        if (candle.timeframe === '5s') inferred.push(candle.openTime);
        marked.push(`${candle.timeframe} ${new Date(candle.openTime + 330 * 60_000).toISOString().slice(11, 19)}`);
      },
      auction: (bar) => auctions.push(bar),
      auctionSoFar: () => undefined,
      inferred: () => undefined,
      late: () => undefined,
      ruleBar: () => undefined,
      chartBar: (candle, closed) => drawn.push([candle, closed]),
    },
    new Hearing({ ms: 0 }),
  );
  return { track, stored, drawn, auctions, inferred, marked };
}

describe('Track', () => {
  it('keeps a base bar for each five seconds with trades, and invents none', () => {
    const { track, stored } = trackWith();
    for (const each of [tick('10:00:01', 100, 10), tick('10:00:04', 101, 15), tick('10:00:21', 99, 40)])
      track.tick(each);
    track.seal(at('10:01:00'));
    expect(stored).toMatchObject([
      { timeframe: '5s', openTime: at('10:00:00'), open: 100, close: 101, volume: 5 },
      { timeframe: '5s', openTime: at('10:00:20'), open: 99, close: 99, volume: 25 },
    ]);
  });

  it('gives the first bar after the open what was traded since the auction before it', () => {
    const { track, stored, auctions } = trackWith();
    expect(track.tick(tick('09:08:00', 100, 5_000))).toBe('auction');
    expect(auctions).toMatchObject([{ kind: 'pre-open', close: 100, volume: 5_000 }]);
    track.tick(tick('09:15:01', 101, 5_030));
    track.seal(at('09:16:00'));
    expect(stored).toMatchObject([{ openTime: at('09:15:00'), volume: 30 }]);
  });

  it('counts from the picture that a venue sends on subscribing', () => {
    const { track, stored } = trackWith();
    track.look(tick('10:00:01', 100, 5_000));
    track.tick(tick('10:00:02', 101, 5_030));
    track.seal(at('10:01:00'));
    expect(stored, 'the picture itself is no trade').toMatchObject([{ open: 101, volume: 30 }]);
  });

  it('gives a bar nothing of what was traded between two feeds', () => {
    const { track, stored } = trackWith();
    track.tick(tick('10:00:02', 100, 5_000));
    track.forgetVolume();
    track.tick(tick('10:05:02', 101, 9_000));
    track.seal(at('10:06:00'));
    expect(stored.map(({ volume }) => volume)).toEqual([0, 0]);
  });

  it('moves the screen with a price that was looked at, and stores nothing of it', () => {
    const { track, stored, drawn } = trackWith();
    track.charts.set('1m', track.makerOf('1m'));
    track.look(tick('10:00:01', 100));
    track.look(tick('10:01:01', 102));
    track.seal(at('10:10:00'));
    expect(stored).toEqual([]);
    expect(drawn.map(([{ close }, closed]) => [close, closed])).toEqual([
      [100, false],
      [100, true],
      [102, false],
      [102, true],
    ]);
    expect(track.board.ltp).toBe(102);
  });

  it('records seconds only while it is told to', () => {
    const { track, stored } = trackWith();
    track.recordSeconds(true);
    track.tick(tick('10:00:01', 100, 10));
    track.tick(tick('10:00:02', 101, 11));
    track.recordSeconds(false);
    track.tick(tick('10:00:03', 102, 12));
    track.seal(at('10:01:00'));
    expect(stored.filter(({ timeframe }) => timeframe === '1s').map(({ openTime }) => openTime)).toEqual([
      at('10:00:01'),
    ]);
  });

  it('makes no fine bars of coarse ones', () => {
    const { track, drawn } = trackWith();
    for (const timeframe of ['30s', '1m', '45s', '5m'] as const) track.charts.set(timeframe, track.makerOf(timeframe));
    const minute: Candle = {
      instrument: INFY.key,
      timeframe: '1m',
      openTime: at('10:00:00'),
      open: 1,
      high: 3,
      low: 1,
      close: 2,
      volume: 9,
    };
    track.bar(minute, at('10:01:00'));
    expect(new Set(drawn.map(([{ timeframe }]) => timeframe))).toEqual(new Set(['1m', '5m']));
  });

  it('counts a new day from the last price of the day before, until the venue says better', () => {
    const { track } = trackWith();
    track.tick(tick('15:14:59', 100, 10));
    const next = ist('2026-11-02T09:15:01');
    track.tick({ ...tick('10:00:00', 102, 5), time: next });
    expect(track.board.quote(undefined)).toMatchObject({ previousClose: 100, changePercent: 2 });
    track.tick({ ...tick('10:00:00', 102, 6), time: next, previousClose: 101 });
    expect(track.board.quote(undefined)?.previousClose, 'the official close').toBe(101);
  });
});

describe('Track, of prints that were never sent', () => {
  const ranged = (time: string, ltp: number, dayHigh: number, dayLow = 90): Tick => ({
    ...tick(time, ltp),
    dayHigh,
    dayLow,
  });

  it('widens the forming bar by them, marks it alone and leaves the close', () => {
    const { track, stored, inferred } = trackWith();
    for (const each of [ranged('10:00:01', 100, 100), ranged('10:00:02', 99, 104), ranged('10:00:06', 98, 104)])
      track.tick(each);
    track.seal(at('10:01:00'));
    expect(stored).toMatchObject([
      { open: 100, high: 104, low: 99, close: 99 },
      { open: 98, high: 98, close: 98 },
    ]);
    expect(inferred).toEqual([at('10:00:00')]);
  });

  it('marks the second it showed in, not the first of its five', () => {
    const { track, stored, marked } = trackWith();
    track.recordSeconds(true);
    for (const each of [
      ranged('10:00:00', 100, 100),
      ranged('10:00:02', 99, 104),
      ranged('10:00:03', 99, 106),
      ranged('10:00:04', 99, 106),
    ])
      track.tick(each);
    track.seal(at('10:01:00'));
    expect(stored).toHaveLength(5);
    expect(marked).toEqual(['1s 10:00:02', '1s 10:00:03', '5s 10:00:00']);
  });

  it('gives it to the next bar when the packet that told of it came too late for its own', () => {
    const { track, stored, inferred } = trackWith();
    track.tick(ranged('10:00:01', 100, 100));
    track.seal(at('10:00:05'));
    expect(track.tick(ranged('10:00:04', 100, 107))).toBe('late');
    track.tick(ranged('10:00:06', 99, 107));
    track.seal(at('10:01:00'));
    expect(stored.at(-1)).toMatchObject({ openTime: at('10:00:05'), high: 107, close: 99 });
    expect(inferred).toEqual([at('10:00:05')]);
  });
});

describe('Track, in the closing auction', () => {
  const index = (time: string, value: number): Tick => tick(time, value);

  it('makes one bar of it and none besides, and closes the day’s last bars at once', () => {
    const { track, stored, drawn, auctions } = trackWith();
    for (const timeframe of ['1m', '1d'] as const) track.charts.set(timeframe, track.makerOf(timeframe));
    track.tick(tick('15:14:58', 100, 1_000));
    expect(track.tick(tick('15:15:02', 100, 1_000))).toBe('auction');
    expect(stored, 'without waiting for the clock').toMatchObject([{ openTime: at('15:14:55') }]);
    expect(drawn.filter(([{ timeframe }, closed]) => timeframe === '1m' && closed)).toHaveLength(1);
    track.tick(tick('15:31:00', 103, 1_400));
    track.tick(tick('15:33:00', 103, 1_500));
    expect(track.tick(tick('15:36:00', 104, 1_500))).toBe('outside-session');
    track.seal(at('15:35:00'));
    expect(stored).toHaveLength(1);
    expect(auctions.at(-1)).toMatchObject({ kind: 'closing', open: 103, close: 103, volume: 500 });
    const days = drawn.filter(([{ timeframe }]) => timeframe === '1d');
    expect(days.at(-1), 'the day holds it').toMatchObject([{ close: 103, high: 103, volume: 500 }, true]);
  });

  it('takes no packet that came late for what the index stood at', () => {
    const { track, auctions } = trackWith();
    track.tick(index('15:14:58', 25_000));
    track.seal(at('15:15:00'));
    track.tick(index('15:14:57', 24_990));
    track.tick(index('15:15:02', 25_000));
    expect(auctions, 'frozen').toEqual([]);
  });
});

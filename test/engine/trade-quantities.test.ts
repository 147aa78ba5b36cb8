import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import { ROUND_THE_CLOCK } from '../../src/core/calendar.ts';
import type { Candle } from '../../src/core/candle.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import { Hearing } from '../../src/main/engine/hearing.ts';
import { Track, type TrackOutput } from '../../src/main/engine/track.ts';

const key = 'KUCOIN:BTC-USDT' as InstrumentKey;
const coin: Instrument = {
  key,
  name: 'Bitcoin',
  segment: '24x7',
  sector: undefined,
  tickSize: 0.1,
  priceDecimals: 1,
  lotSize: 0.00001,
};
const start = Date.UTC(2026, 10, 20, 10, 0, 0);

function trackWith(stored: Candle[]): Track {
  const out: TrackOutput = {
    store: (_track, candle) => stored.push(candle),
    auction: () => undefined,
    auctionSoFar: () => undefined,
    inferred: () => undefined,
    late: () => undefined,
    ruleBar: () => undefined,
    chartBar: () => undefined,
  };
  return new Track(coin, ROUND_THE_CLOCK, out, new Hearing({ ms: 0 }));
}

const trade = (afterMs: number, ltp: number, quantity: number) => {
  const time = (start + afterMs) as EpochMs;
  return { instrument: key, ltp, quantity, time, receivedAt: time };
};

describe('trades that tell their own quantity', () => {
  it('are added up into the bar, fractions too', () => {
    const stored: Candle[] = [];
    const track = trackWith(stored);
    for (const tick of [trade(0, 100, 0.5), trade(1_000, 102, 0.25), trade(4_999, 99, 1)]) track.tick(tick);
    track.seal((start + 5_000) as EpochMs);
    expect(stored).toEqual([
      { instrument: key, timeframe: '5s', openTime: start, open: 100, high: 102, low: 99, close: 99, volume: 1.75 },
    ]);
  });

  it('count from the first one on: nothing is set aside as a base', () => {
    const stored: Candle[] = [];
    const track = trackWith(stored);
    track.tick(trade(0, 100, 3));
    track.forgetVolume();
    track.tick(trade(1_000, 100, 4));
    track.seal((start + 5_000) as EpochMs);
    expect(stored[0]?.volume).toBe(7);
  });

  it('go beside prices looked at, whose day totals they do not disturb', () => {
    const stored: Candle[] = [];
    const track = trackWith(stored);
    track.look({
      instrument: key,
      ltp: 100,
      dayVolume: 5_000,
      bid: 99.9,
      ask: 100.1,
      time: start as EpochMs,
      receivedAt: start as EpochMs,
    });
    track.tick(trade(500, 100.2, 2));
    const quote = track.board.quote(undefined);
    expect(quote).toMatchObject({ ltp: 100.2, dayVolume: 5_000, bid: 99.9, ask: 100.1 });
    track.seal((start + 5_000) as EpochMs);
    expect(stored[0]?.volume).toBe(2);
  });
});

import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import { CandleRoll } from '../../../src/main/brokers/kucoin/candle-roll.ts';
import { candleEnd, candleTypeFor, candleTypeNamed } from '../../../src/main/brokers/kucoin/candle-types.ts';
import type { CandleUpdate } from '../../../src/main/brokers/kucoin/update.ts';

const type = candleTypeNamed('1min') ?? expect.unreachable();

/** A flat candle of the minute `start`, told `sentAt` seconds after the first. */
function candle(start: number, close: number, sentAt: number): CandleUpdate {
  const price = { open: close, high: close, low: close, close, volume: sentAt, turnover: 1 };
  return {
    kind: 'candle',
    symbol: 'A-B',
    type,
    openTime: (start * 60_000) as EpochMs,
    ...price,
    eventTime: sentAt as EpochMs,
  };
}

/** What is told, in short: `1:101 closed`. */
function tell(roll: CandleRoll, ...candles: readonly CandleUpdate[]): readonly string[] {
  return candles.flatMap((each) => roll.next(each)).map(words);
}

function words({ candle: { openTime, close }, closed, revision }: ReturnType<CandleRoll['close']>[number]): string {
  return `${openTime / 60_000}:${close}${closed ? ' closed' : ''}${revision ? ' again' : ''}`;
}

describe('candles in turn', () => {
  it('close when the next begins', () => {
    expect(tell(new CandleRoll(), candle(1, 100, 1), candle(1, 101, 2), candle(2, 102, 3))).toEqual([
      '1:100',
      '1:101',
      '1:101 closed',
      '2:102',
    ]);
  });

  it('may skip what had no trades, and nothing is made up for it', () => {
    expect(tell(new CandleRoll(), candle(1, 100, 1), candle(5, 105, 2))).toEqual(['1:100', '1:100 closed', '5:105']);
  });

  it('close once when their time is over, and what comes then corrects them', () => {
    const roll = new CandleRoll();
    tell(roll, candle(1, 100, 1));
    expect(roll.close().map(words)).toEqual(['1:100 closed']);
    expect(roll.close()).toEqual([]);
    expect(roll.running).toBeUndefined();
    expect(tell(roll, candle(1, 101, 2), candle(2, 102, 3))).toEqual(['1:101 closed again', '2:102']);
  });

  it('are corrected after the next has begun, which goes on', () => {
    const roll = new CandleRoll();
    expect(tell(roll, candle(1, 100, 1), candle(2, 102, 2), candle(1, 101, 3), candle(2, 103, 4))).toEqual([
      '1:100',
      '1:100 closed',
      '2:102',
      '1:101 closed again',
      '2:103',
    ]);
    expect(roll.running?.close).toBe(103);
  });

  it('say nothing twice, and nothing older than they said, as when two connections carry them', () => {
    const [a, b, c, d] = [candle(1, 100, 1), candle(1, 101, 2), candle(2, 102, 3), candle(2, 103, 4)];
    expect(tell(new CandleRoll(), a, b, a, b, c, b, d, c, d)).toEqual([
      '1:100',
      '1:101',
      '1:101 closed',
      '2:102',
      '2:103',
    ]);
  });
});

describe('candle types', () => {
  it('cover every timeframe of ours that the venue has, and end in time', () => {
    const at = Date.parse('2026-02-01T00:00:00Z') as EpochMs;
    const ends = (['1m', '4h', '1d', '1w', '1mo'] as const).map((timeframe) => {
      const found = candleTypeFor(timeframe);
      return [found?.name, found && new Date(candleEnd(found, at)).toISOString().slice(0, 16)];
    });
    expect(ends).toEqual([
      ['1min', '2026-02-01T00:01'],
      ['4hour', '2026-02-01T04:00'],
      ['1day', '2026-02-02T00:00'],
      ['1week', '2026-02-08T00:00'],
      ['1month', '2026-03-01T00:00'],
    ]);
    expect(candleTypeFor('10m')).toBeUndefined();
    expect(candleTypeNamed('8hour')).toMatchObject({ label: '8h', timeframe: undefined });
  });
});

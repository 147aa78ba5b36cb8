import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import type { Timeframe } from '../../../src/core/timeframe.ts';
import { createKucoinHistory } from '../../../src/main/brokers/kucoin/history.ts';
import { answerCandles } from '../../fakes/kucoin-candles.ts';
import type { FakeRow } from '../../fakes/kucoin-messages.ts';
import { BTC } from '../../fakes/kucoin-symbols.ts';
import { QuietLogger } from '../../support/quiet-logger.ts';
import { guessOf, key } from './open-context.ts';

const never = new AbortController().signal;
const at = (text: string): EpochMs => Date.parse(text) as EpochMs;

/** A history over `answer`, or over a venue that answers as KuCoin does. */
function source(now: string, answer?: unknown, endCounts = false) {
  const queries: Readonly<Record<string, string>>[] = [];
  const logger = new QuietLogger();
  const serverClock = { now: () => at(now), freshen: () => Promise.resolve() };
  const api = {
    get(path: string): Promise<unknown> {
      const { pathname, searchParams } = new URL(path, 'http://fake');
      expect(pathname).toBe('/api/v1/market/candles');
      queries.push(Object.fromEntries(searchParams));
      const { type = '', startAt, endAt } = Object.fromEntries(searchParams);
      const asked = { symbol: BTC, type, startAt: Number(startAt), endAt: Number(endAt), now: at(now), endCounts };
      return Promise.resolve(answer === undefined ? answerCandles({ ...asked, laidDown: undefined }) : answer);
    },
  };
  const instruments = [{ instrument: guessOf('BTC-USDT'), symbol: 'BTC-USDT' }];
  const history = createKucoinHistory({ api, instruments, logger, serverClock });
  const candles = (timeframe: Timeframe, from: string, to: string, symbol = 'BTC-USDT') =>
    history.candles({ instrument: key(symbol), timeframe, from: at(from), to: at(to) }, never);
  return { history, candles, queries, logger };
}

const times = (bars: readonly { readonly openTime: EpochMs }[]): readonly string[] =>
  bars.map(({ openTime }) => new Date(openTime).toISOString().slice(11, 16));

describe('KuCoin history', () => {
  it('turns the venue’s order, newest first, and its prices, open close high low', async () => {
    const rows: readonly FakeRow[] = [
      ['1566789720', '10411.5', '10401.9', '10411.5', '10396.3', '29.11357276', '302889.301529914'],
      ['1566789660', '10416', '10411.5', '10422.3', '10411.5', '15.61781842', '162703.708997029'],
    ];
    const { candles, queries } = source('2026-11-20T12:00:00Z', rows);
    expect(await candles('1m', '2019-08-26T03:21:00Z', '2019-08-26T03:23:00Z')).toEqual([
      {
        instrument: 'KUCOIN:BTC-USDT',
        timeframe: '1m',
        openTime: 1_566_789_660_000,
        open: 10_416,
        high: 10_422.3,
        low: 10_411.5,
        close: 10_411.5,
        volume: 15.61781842,
      },
      expect.objectContaining({ openTime: 1_566_789_720_000, high: 10_411.5, low: 10_396.3, close: 10_401.9 }),
    ]);
    expect(queries).toEqual([{ symbol: 'BTC-USDT', type: '1min', startAt: '1566789660', endAt: '1566789779' }]);
  });

  it.each([false, true])(
    'asks 1,500 at a time and gets each once, whether the end counts (%s) or not',
    async (endCounts) => {
      const { candles, queries } = source('2026-11-20T12:00:00Z', undefined, endCounts);
      const bars = await candles('1m', '2026-11-17T00:00:00Z', '2026-11-20T00:00:00Z');
      expect(bars).toHaveLength(3 * 1_440);
      expect(
        bars.every(({ openTime }, index) => index === 0 || openTime === (bars[index - 1]?.openTime ?? 0) + 60_000),
      ).toBe(true);
      expect(queries).toHaveLength(3);
    },
  );

  it('leaves out the candle that runs, by the venue’s clock, and does not ask for the future', async () => {
    const { candles, queries } = source('2026-11-20T12:07:30Z');
    expect(times(await candles('5m', '2026-11-20T11:50:00Z', '2026-11-20T18:00:00Z'))).toEqual([
      '11:50',
      '11:55',
      '12:00',
    ]);
    expect(Number(queries[0]?.['endAt']) * 1_000).toBeLessThan(at('2026-11-20T12:07:30Z'));
    expect(await candles('5m', '2026-11-21T00:00:00Z', '2026-11-22T00:00:00Z')).toEqual([]);
    expect(queries).toHaveLength(1);
  });

  it('gives no bar that begins before the request or at its end', async () => {
    const { candles } = source('2026-11-20T12:00:00Z');
    expect(times(await candles('15m', '2026-11-20T09:05:00Z', '2026-11-20T10:00:00Z'))).toEqual([
      '09:15',
      '09:30',
      '09:45',
    ]);
  });

  it('takes weeks as they are sent', async () => {
    const { candles } = source('2026-11-20T12:00:00Z');
    const weeks = await candles('1w', '2026-11-01T00:00:00Z', '2026-11-20T00:00:00Z');
    expect(weeks.map(({ openTime }) => new Date(openTime).toISOString().slice(0, 10))).toEqual([
      '2026-11-02',
      '2026-11-09',
    ]);
  });

  it('loses rows that make no sense, counts them, and keeps the rest', async () => {
    const good = ['1566789660', '100', '101', '102', '99', '5', '500'];
    const { candles, logger } = source('2026-11-20T12:00:00Z', [
      good,
      good,
      'not a candle',
      ['1566789720', '100', '101', '99', '99', '5', '500'],
      ['1566789780', '100', '101', '102', '99', '-5', '500'],
      ['1566789840', null, '101', '102', '99', '5', '500'],
      [],
    ]);
    expect(await candles('1m', '2019-08-26T03:20:00Z', '2019-08-26T03:30:00Z')).toHaveLength(1);
    expect(logger.lines.join()).toContain('"rows":5');
  });

  it('has nothing to tell of an instrument without candles', async () => {
    const { candles } = source('2026-11-20T12:00:00Z', null);
    expect(await candles('1d', '2026-11-01T00:00:00Z', '2026-11-03T00:00:00Z')).toEqual([]);
  });

  it('says what it has and what it cannot do', async () => {
    const { history, candles } = source('2026-11-20T12:00:00Z', { surprise: true });
    expect(history.timeframes).toEqual(['1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '1d', '1w', '1mo']);
    expect(history.mostDays).toMatchObject({ '1m': 1, '3m': 3, '1h': 62, '1d': 1_500 });
    const from = '2026-11-01T00:00:00Z';
    const to = '2026-11-02T00:00:00Z';
    await expect(candles('10m', from, to)).rejects.toMatchObject({ code: 'not-supported' });
    await expect(candles('1m', from, to, 'NO-USDT')).rejects.toMatchObject({ code: 'not-found' });
    await expect(candles('1m', from, to)).rejects.toMatchObject({ code: 'network' });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EpochMs, MINUTE_MS } from '../../../src/core/brand.ts';
import type { Timeframe } from '../../../src/core/timeframe.ts';
import type { OpenContext } from '../../../src/main/brokers/broker-module.ts';
import { openFcs } from '../../../src/main/brokers/fcs/session.ts';
import type { FakeRow } from '../../fakes/fcs-rest.ts';
import { type FcsVenue, startFcsVenue } from '../../fakes/fcs-venue.ts';
import { fastClock } from '../../support/real-clock.ts';
import { contextFor, key } from './open-context.ts';

const never = new AbortController().signal;
const utc = (text: string): EpochMs => Date.parse(`${text.replace(' ', 'T')}Z`) as EpochMs;
const NOW = utc('2026-11-20 18:00:30');

let venue: FcsVenue;
beforeEach(async () => {
  venue = await startFcsVenue();
});
afterEach(() => venue.close());

/** Rows of a price that rises by one each, `stepMs` apart, without gaps. */
function rowsFrom(from: EpochMs, to: EpochMs, stepMs: number): readonly FakeRow[] {
  return Array.from({ length: Math.ceil((to - from) / stepMs) }, (_none, index) => {
    const open = 100 + index;
    return [(from + index * stepMs) / 1_000, open, open + 2, open - 1, open + 1, 10] as const;
  });
}

async function history(changes: Partial<OpenContext> = {}) {
  const options = { requestsPerMinute: 600 };
  const session = await openFcs(contextFor(venue, { clock: fastClock(1, NOW), options, ...changes }), {
    jitter: () => 0,
  });
  if (session.history === undefined) throw new Error('there is history');
  return session.history;
}
const ask = (symbol: string, timeframe: Timeframe, from: string, to: string) => ({
  instrument: key(symbol),
  timeframe,
  from: utc(from),
  to: utc(to),
});

describe('history of FCS', () => {
  it.each(['object', 'arrays', 'rows'] as const)(
    'reads minutes told as %s, closed ones in the stretch only',
    async (shape) => {
      venue.faults.shape = shape;
      venue.setRows('BINANCE:BTCUSDT', '1m', rowsFrom(utc('2026-11-20 17:00'), utc('2026-11-20 18:01'), MINUTE_MS));
      const source = await history();
      const candles = await source.candles(ask('BINANCE:BTCUSDT', '1m', '2026-11-20 17:58', '2026-11-20 19:00'), never);
      expect(candles).toEqual(
        [58, 59].map((minute) => ({
          instrument: 'BINANCE:BTCUSDT',
          timeframe: '1m',
          openTime: utc(`2026-11-20 17:${minute}`),
          open: 100 + minute,
          high: 102 + minute,
          low: 99 + minute,
          close: 101 + minute,
          volume: 10,
        })),
      );
    },
  );

  it('asks by form, without a key in the address, for dates around the stretch', async () => {
    const source = await history();
    await source.candles(ask('FX:EURUSD', '5m', '2026-11-20 10:00', '2026-11-20 12:00'), never);
    expect(venue.requests).toMatchObject([
      {
        method: 'POST',
        path: '/forex/history',
        query: '',
        fields: {
          symbol: 'FX:EURUSD',
          period: '5m',
          from: '2026-11-19',
          to: '2026-11-21',
          page: '1',
          access_key: venue.accessKey,
        },
      },
    ]);
  });

  it('signs with a public key, so that the access key is not sent at all', async () => {
    venue.setRows('FX:EURUSD', '1m', rowsFrom(utc('2026-11-20 10:00'), utc('2026-11-20 10:05'), MINUTE_MS));
    const source = await history({ credentials: { accessKey: venue.accessKey, publicKey: 'fake-public' } });
    const candles = await source.candles(ask('FX:EURUSD', '1m', '2026-11-20 10:00', '2026-11-20 10:05'), never);
    expect(candles).toHaveLength(5);
    expect(JSON.stringify(venue.requests)).not.toContain(venue.accessKey);
  });

  it('turns pages until it has reached back far enough', async () => {
    venue.faults.pageRows = 300;
    venue.setRows('BINANCE:BTCUSDT', '1m', rowsFrom(utc('2026-11-20 00:00'), utc('2026-11-20 18:00'), MINUTE_MS));
    const source = await history();
    const candles = await source.candles(ask('BINANCE:BTCUSDT', '1m', '2026-11-20 06:00', '2026-11-20 18:00'), never);
    expect(candles).toHaveLength(720);
    expect(candles[0]?.openTime).toBe(utc('2026-11-20 06:00'));
    expect(venue.requests.map(({ fields }) => fields['page'])).toEqual(['1', '2', '3']);
  });

  it('does not pass a plan’s newest rows off as all there were', async () => {
    venue.faults.pageRows = 300;
    venue.faults.ignoresPages = true;
    venue.setRows('BINANCE:BTCUSDT', '1m', rowsFrom(utc('2026-11-20 00:00'), utc('2026-11-20 18:00'), MINUTE_MS));
    const source = await history();
    await expect(
      source.candles(ask('BINANCE:BTCUSDT', '1m', '2026-11-20 06:00', '2026-11-20 18:00'), never),
    ).rejects.toMatchObject({ code: 'not-supported', message: expect.stringContaining('the plan has no more') });
  });

  it('makes hours of New York’s stocks from half hours, for these open at half past', async () => {
    venue.setRows('NASDAQ:AAPL', '30m', rowsFrom(utc('2026-11-19 14:30'), utc('2026-11-19 21:00'), 30 * MINUTE_MS));
    const source = await history();
    const candles = await source.candles(ask('NASDAQ:AAPL', '1h', '2026-11-19 14:30', '2026-11-19 21:00'), never);
    expect(candles.map(({ openTime, open, close, volume }) => [openTime, open, close, volume]).slice(0, 2)).toEqual([
      [utc('2026-11-19 14:30'), 100, 102, 20],
      [utc('2026-11-19 15:30'), 102, 104, 20],
    ]);
    expect(candles).toHaveLength(7);
    expect(venue.requests[0]).toMatchObject({ path: '/stock/history', fields: { period: '30m' } });
  });

  it('leaves out bars before and after the session, and says how many', async () => {
    venue.setRows('NASDAQ:AAPL', '5m', rowsFrom(utc('2026-11-19 14:00'), utc('2026-11-19 15:00'), 5 * MINUTE_MS));
    const context = contextFor(venue, { clock: fastClock(1, NOW), options: { requestsPerMinute: 600 } });
    const session = await openFcs(context);
    const candles = await session.history?.candles(
      ask('NASDAQ:AAPL', '5m', '2026-11-19 14:00', '2026-11-19 15:00'),
      never,
    );
    expect(candles?.[0]?.openTime).toBe(utc('2026-11-19 14:30'));
    expect(candles).toHaveLength(6);
    expect(context.logger.lines.join()).toContain('"elsewhere":6');
  });

  it.each([
    ['BINANCE:BTCUSDT', 'midnight', '2026-11-18 00:00', '2026-11-18 00:00'],
    ['FX:EURUSD', 'midnight', '2026-11-18 00:00', '2026-11-17 22:00'],
    ['FX:EURUSD', 'the session’s open', '2026-11-17 22:00', '2026-11-17 22:00'],
    ['NASDAQ:AAPL', 'midnight', '2026-11-18 00:00', '2026-11-18 14:30'],
    ['NASDAQ:AAPL', 'the session’s open', '2026-11-18 14:30', '2026-11-18 14:30'],
  ])('opens a day of %s that is stamped with %s where our days open', async (symbol, _what, stamp, open) => {
    venue.setRows(symbol, '1D', [[utc(stamp) / 1_000, 10, 12, 9, 11, 5]]);
    const source = await history();
    const candles = await source.candles(ask(symbol, '1d', '2026-11-16 00:00', '2026-11-20 00:00'), never);
    expect(candles).toMatchObject([{ timeframe: '1d', openTime: utc(open), close: 11 }]);
  });

  it('knows no seconds and no strangers', async () => {
    const source = await history();
    expect(source.timeframes).toEqual(['1m', '5m', '15m', '30m', '1h', '4h', '1d']);
    await expect(
      source.candles(ask('FX:EURUSD', '5s', '2026-11-20 00:00', '2026-11-20 01:00'), never),
    ).rejects.toMatchObject({ code: 'not-supported' });
    await expect(
      source.candles(ask('FX:NOSUCH', '1m', '2026-11-20 00:00', '2026-11-20 01:00'), never),
    ).rejects.toMatchObject({ code: 'not-found' });
    expect(
      await source.candles(ask('FX:EURUSD', '1m', '2026-11-21 00:00', '2026-11-21 01:00'), never),
      'the future',
    ).toEqual([]);
    expect(venue.requests).toEqual([]);
  });
});

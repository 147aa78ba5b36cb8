import { describe, expect, it } from 'vitest';
import { type EpochMs, MINUTE_MS } from '../../../src/core/brand.ts';
import type { Timeframe } from '../../../src/core/timeframe.ts';
import { createKiteHistory } from '../../../src/main/brokers/kite/history.ts';
import { fromIst, toIst } from '../../../src/main/brokers/kite/ist.ts';
import { answerCandles, type FakeCandle } from '../../fakes/kite-candles.ts';
import { INFY, NIFTY } from '../../fakes/kite-instruments.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { ist } from '../../support/ist.ts';
import { nse } from '../../support/nse.ts';
import { QuietLogger } from '../../support/quiet-logger.ts';
import { instrumentOf, key } from './open-context.ts';

const never = new AbortController().signal;
const INTERVAL: Readonly<Record<string, Timeframe>> = { minute: '1m', '5minute': '5m', '60minute': '1h', day: '1d' };

/** A history over `answer`, or over a venue that answers as Kite does from its minutes. */
function source(now: string, answer?: (path: string) => unknown, minutes?: readonly FakeCandle[]) {
  const paths: string[] = [];
  const logger = new QuietLogger();
  const clock = new FakeClock(ist(now));
  const fromMinutes = (path: string): unknown => {
    const url = new URL(path, 'http://fake');
    const [, , , token = '', interval = ''] = url.pathname.split('/');
    const from = fromIst(url.searchParams.get('from') ?? '') ?? 0;
    const to = fromIst(url.searchParams.get('to') ?? '') ?? 0;
    expect(INTERVAL).toHaveProperty(interval);
    const bars = answerCandles({ token: Number(token), interval, from, to, now: clock.now(), minutes });
    return { candles: bars.map(([time, ...rest]) => [`${toIst(time as EpochMs).replace(' ', 'T')}+0530`, ...rest]) };
  };
  const api = {
    get(_endpoint: string, path: string): Promise<unknown> {
      paths.push(path);
      return Promise.resolve((answer ?? fromMinutes)(path));
    },
  };
  const instruments = [INFY, NIFTY].map((listing) => ({
    instrument: instrumentOf(listing),
    token: listing.token,
    quoteKey: `NSE:${listing.tradingSymbol}`,
  }));
  const history = createKiteHistory({ api, instruments, clock, logger, calendarOf: nse });
  const candles = (timeframe: Timeframe, from: string, to: string, symbol = 'INFY') =>
    history.candles({ instrument: key(symbol), timeframe, from: ist(from), to: ist(to) }, never);
  return { history, candles, paths, logger };
}

const timesOf = (candles: readonly { readonly openTime: EpochMs }[]): readonly string[] =>
  candles.map(({ openTime }) => toIst(openTime).slice(11, 16));

describe('kite history', () => {
  it('says that its candles are adjusted', () => {
    expect(source('2026-11-20 12:00:00').history.isAdjusted).toBe(true);
  });

  it('reads candles as recorded from the real venue', async () => {
    const { candles, paths } = source('2017-12-15 12:00:00', () => ({
      candles: [
        ['2017-12-15T09:15:00+0530', 1704.5, 1705, 1699.25, 1702.8, 2499],
        ['2017-12-15T09:16:00+0530', 1702, 1702, 1698.15, 1698.15, 1271, 13],
      ],
    }));
    expect(await candles('1m', '2017-12-15 09:15:00', '2017-12-15 09:17:00')).toEqual([
      {
        instrument: 'NSE:INFY',
        timeframe: '1m',
        openTime: Date.parse('2017-12-15T03:45:00Z'),
        open: 1704.5,
        high: 1705,
        low: 1699.25,
        close: 1702.8,
        volume: 2499,
      },
      {
        instrument: 'NSE:INFY',
        timeframe: '1m',
        openTime: Date.parse('2017-12-15T03:46:00Z'),
        open: 1702,
        high: 1702,
        low: 1698.15,
        close: 1698.15,
        volume: 1271,
      },
    ]);
    expect(paths).toEqual([
      '/instruments/historical/408065/minute?from=2017-12-15+09%3A15%3A00&to=2017-12-15+09%3A17%3A59',
    ]);
  });

  it('gives an index no volume', async () => {
    const { candles } = source('2026-11-20 12:00:00');
    const [first] = await candles('1m', '2026-11-20 09:15:00', '2026-11-20 09:16:00', 'NIFTY 50');
    expect(first?.open).toBeGreaterThan(0);
    expect(first?.volume).toBeUndefined();
  });

  it('gives closed bars only: the running one is dropped', async () => {
    const { candles } = source('2026-11-20 09:47:30');
    const bars = await candles('5m', '2026-11-20 09:30:00', '2026-11-20 12:00:00');
    expect(timesOf(bars)).toEqual(['09:30', '09:35', '09:40']);
  });

  it('gives a bar the moment it closes', async () => {
    const { candles } = source('2026-11-20 09:45:00');
    expect(timesOf(await candles('5m', '2026-11-20 09:30:00', '2026-11-20 12:00:00'))).toEqual([
      '09:30',
      '09:35',
      '09:40',
    ]);
  });

  it('gives the last bar whole, though the request ends inside it', async () => {
    const { candles } = source('2026-11-20 12:00:00');
    const bars = await candles('5m', '2026-11-20 09:30:00', '2026-11-20 09:42:00');
    const whole = await candles('5m', '2026-11-20 09:40:00', '2026-11-20 09:45:00');
    expect(timesOf(bars)).toEqual(['09:30', '09:35', '09:40']);
    expect(bars.at(-1)).toEqual(whole[0]);
  });

  it('gives no bar that begins before the request, as Kite would cut it short', async () => {
    const { candles } = source('2026-11-20 12:00:00');
    expect(timesOf(await candles('5m', '2026-11-20 09:32:00', '2026-11-20 09:45:00'))).toEqual(['09:35', '09:40']);
  });

  it('leaves out what Kite has outside continuous trading', async () => {
    const open = ist('2026-11-20 09:15:00');
    const minutes = Array.from(
      { length: 380 },
      (_none, minute): FakeCandle => [open + (minute - 5) * MINUTE_MS, 100, 101, 99, 100, 7],
    );
    const { candles } = source('2026-11-20 20:00:00', undefined, minutes);
    const bars = timesOf(await candles('1m', '2026-11-20 00:00:00', '2026-11-21 00:00:00'));
    expect([bars[0], bars.at(-1), bars.length]).toEqual(['09:15', '15:14', 360]);
  });

  it('lets a short last bar of the day end with the session', async () => {
    const { candles } = source('2024-01-02 15:30:00');
    expect(timesOf(await candles('1h', '2024-01-02 09:15:00', '2024-01-03 09:15:00')).at(-1)).toBe('15:15');
  });

  it('opens a day’s bar with its session, and closes it with the closing auction', async () => {
    const before = source('2026-11-20 15:34:59');
    expect(
      (await before.candles('1d', '2026-11-19 09:15:00', '2026-11-21 09:15:00')).map(({ openTime }) => toIst(openTime)),
    ).toEqual(['2026-11-19 09:15:00']);
    const after = source('2026-11-20 15:35:00');
    expect(await after.candles('1d', '2026-11-20 09:15:00', '2026-11-21 09:15:00')).toHaveLength(1);
  });

  it('fetches a long span in pieces, oldest first', async () => {
    const { candles, paths } = source('2026-11-20 16:00:00');
    const bars = await candles('1m', '2026-07-01 09:15:00', '2026-11-20 15:30:00');
    expect(paths).toHaveLength(3);
    expect(bars.length).toBeGreaterThan(30_000);
    expect(bars.every(({ openTime }, index) => index === 0 || openTime > (bars[index - 1]?.openTime ?? 0))).toBe(true);
  });

  it('does not ask for the future', async () => {
    const { candles, paths } = source('2026-11-20 09:00:00');
    expect(await candles('1m', '2026-11-20 09:15:00', '2026-11-20 15:30:00')).toEqual([]);
    expect(paths).toEqual([]);
  });

  it('loses rows that make no sense, counts them, and keeps the rest', async () => {
    const { candles, logger } = source('2026-11-20 12:00:00', () => ({
      candles: [
        ['2026-11-20T09:15:00+0530', 100, 101, 99, 100, 5],
        'not a candle',
        ['2026-11-20T09:16:00+0530', 100, 99, 101, 100, 5],
        ['2026-11-20T09:17:00+0530', 100, 101, 99, null, 5],
        ['2026-11-20T09:18:00+0530', 0, 101, 0, 100, 5],
        ['whenever', 100, 101, 99, 100, 5],
        ['2026-11-20T09:15:00+0530', 100, 101, 99, 100, 5],
        ['2026-11-20T09:19:00+0530', 100, 101, 99, 100, -5],
        ['2026-11-20T09:20:00+0530', 100, 101, 99, 100, 5],
      ],
    }));
    expect(timesOf(await candles('1m', '2026-11-20 09:15:00', '2026-11-20 09:30:00'))).toEqual(['09:15', '09:20']);
    expect(logger.lines.join()).toContain('"rows":7');
  });

  it('says what it cannot do', async () => {
    const { history, candles } = source('2026-11-20 12:00:00', () => ({ surprise: true }));
    expect(history.timeframes).toEqual(['1m', '3m', '5m', '10m', '15m', '30m', '1h', '1d']);
    await expect(candles('5s', '2026-11-20 09:15:00', '2026-11-20 09:30:00')).rejects.toMatchObject({
      code: 'not-supported',
    });
    await expect(candles('1m', '2026-11-20 09:15:00', '2026-11-20 09:30:00', 'NOSUCH')).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(candles('1m', '2026-11-20 09:15:00', '2026-11-20 09:30:00')).rejects.toMatchObject({
      code: 'network',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { DAY_MS, type EpochMs } from '../../../src/core/brand.ts';
import type { Timeframe } from '../../../src/core/timeframe.ts';
import type { OpenedEnvelope } from '../../../src/main/brokers/fyers/envelope.ts';
import { createFyersHistory } from '../../../src/main/brokers/fyers/history.ts';
import { answerCandles } from '../../fakes/fyers-candles.ts';
import { NIFTY, SBIN } from '../../fakes/fyers-symbols.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { ist } from '../../support/ist.ts';
import { nse } from '../../support/nse.ts';
import { QuietLogger } from '../../support/quiet-logger.ts';
import { instrumentOf, key } from './open-context.ts';

const never = new AbortController().signal;
const NOW = '2026-11-20 12:00:00';

/** A history over `candles`, or over a venue that makes them up. */
function source(now: string, candles?: readonly unknown[] | 'no_data') {
  const questions: URLSearchParams[] = [];
  const logger = new QuietLogger();
  const clock = new FakeClock(ist(now));
  const answer = (query: URLSearchParams): OpenedEnvelope => {
    if (candles === 'no_data') return { isEmpty: true, body: { s: 'no_data' } };
    const [from, to] = [Number(query.get('range_from')), Number(query.get('range_to'))];
    const resolution = query.get('resolution') ?? '';
    const madeUp = answerCandles({ base: 800, hasVolume: true, resolution, from, to, now: clock.now() });
    return { isEmpty: false, body: { s: 'ok', candles: candles ?? madeUp } };
  };
  const api = {
    get(path: string): Promise<OpenedEnvelope> {
      const url = new URL(path, 'http://fake');
      expect(url.pathname).toBe('/data/history');
      questions.push(url.searchParams);
      return Promise.resolve(answer(url.searchParams));
    },
  };
  const instruments = [SBIN, NIFTY].map((symbol) => ({
    instrument: instrumentOf(symbol),
    ticker: symbol.ticker,
    fyToken: symbol.fyToken,
    topics: undefined,
  }));
  const history = createFyersHistory({ api, instruments, clock, logger, calendarOf: nse });
  const ask = (timeframe: Timeframe, from: string, to: string, symbol = 'SBIN') =>
    history.candles({ instrument: key(symbol), timeframe, from: ist(from), to: ist(to) }, never);
  return { history, ask, questions, logger };
}

const timesOf = (candles: readonly { readonly openTime: EpochMs }[]): readonly string[] =>
  candles.map(({ openTime }) => new Date(openTime + 19_800_000).toISOString().slice(11, 19));

describe('fyers history', () => {
  it.each([
    ['5s', '5S'],
    ['10s', '10S'],
    ['15s', '15S'],
    ['30s', '30S'],
    ['45s', '45S'],
    ['1m', '1'],
    ['3m', '3'],
    ['5m', '5'],
    ['10m', '10'],
    ['15m', '15'],
    ['30m', '30'],
    ['1h', '60'],
    ['2h', '120'],
    ['4h', '240'],
    ['1d', '1D'],
    ['1w', '1W'],
    ['1mo', '1M'],
  ] as const)('has %s, which Fyers calls %s', async (timeframe, resolution) => {
    const { history, ask, questions } = source(NOW);
    expect(history.timeframes).toContain(timeframe);
    expect(await ask(timeframe, '2026-10-01 09:15', '2026-11-20 12:00').catch((error: unknown) => error)).toBeDefined();
    await ask(timeframe, '2026-11-19 09:15', '2026-11-20 12:00');
    expect(questions.at(-1)?.get('resolution')).toBe(resolution);
  });

  it('asks for a symbol as Fyers writes it, in epoch seconds, both ends included', async () => {
    const { ask, questions } = source(NOW);
    await ask('1m', '2026-11-20 09:15:00', '2026-11-20 09:17:00');
    expect(Object.fromEntries(questions[0] ?? [])).toEqual({
      symbol: 'NSE:SBIN-EQ',
      resolution: '1',
      date_format: '0',
      range_from: String(ist('2026-11-20 09:15:00') / 1_000),
      range_to: String(ist('2026-11-20 09:17:59') / 1_000),
      cont_flag: '1',
    });
  });

  it('reads rows as they are, and gives an index no volume', async () => {
    const time = ist('2026-11-20 09:15') / 1_000;
    const rows = [
      [time, 417.0, 419.2, 405.3, 405.85, 142_964_052],
      [time + 60, 405.85, 406, 405, 405.5, 10, 77],
    ];
    const bars = await source(NOW, rows).ask('1m', '2026-11-20 09:15', '2026-11-20 09:17');
    expect(bars).toEqual([
      {
        instrument: 'NSE:SBIN',
        timeframe: '1m',
        openTime: time * 1_000,
        open: 417,
        high: 419.2,
        low: 405.3,
        close: 405.85,
        volume: 142_964_052,
      },
      {
        instrument: 'NSE:SBIN',
        timeframe: '1m',
        openTime: (time + 60) * 1_000,
        open: 405.85,
        high: 406,
        low: 405,
        close: 405.5,
        volume: 10,
      },
    ]);
    const [first] = await source(NOW, rows).ask('1m', '2026-11-20 09:15', '2026-11-20 09:17', 'NIFTY 50');
    expect(first).toMatchObject({ close: 405.85, volume: undefined });
  });

  it('takes "no data" for an empty success', async () => {
    expect(await source(NOW, 'no_data').ask('1m', '2026-11-20 09:15', '2026-11-20 10:00')).toEqual([]);
  });

  it('gives closed bars only: the running one is dropped, and comes the moment it closes', async () => {
    expect(timesOf(await source('2026-11-20 12:10:20').ask('1m', '2026-11-20 12:08', '2026-11-20 12:30'))).toEqual([
      '12:08:00',
      '12:09:00',
    ]);
    expect(timesOf(await source('2026-11-20 12:10:20').ask('5s', '2026-11-20 12:10', '2026-11-20 12:30'))).toEqual([
      '12:10:00',
      '12:10:05',
      '12:10:10',
      '12:10:15',
    ]);
  });

  it('places a day, dated to midnight in UTC, at the open of its session', async () => {
    const sample = [1_621_814_400, 417, 419.2, 405.3, 405.85, 142_964_052];
    const [bar] = await source(NOW, [sample]).ask('1d', '2021-05-24 09:15', '2021-05-25 09:15');
    expect(bar?.openTime).toBe(ist('2021-05-24 09:15'));
    const before = await source('2026-11-20 15:34:59').ask('1d', '2026-11-19 09:15', '2026-11-21 09:15');
    expect(before.map(({ openTime }) => openTime)).toEqual([ist('2026-11-19 09:15')]);
    expect(await source('2026-11-20 15:35:00').ask('1d', '2026-11-20 09:15', '2026-11-21 09:15')).toHaveLength(1);
  });

  it('gives whole weeks and months only', async () => {
    const weeks = await source(NOW).ask('1w', '2026-11-02 09:15', '2026-11-21 09:15');
    expect(weeks.map(({ openTime }) => openTime)).toEqual([ist('2026-11-02 09:15'), ist('2026-11-09 09:15')]);
    const months = await source(NOW).ask('1mo', '2026-09-01 09:15', '2026-11-21 09:15');
    expect(months.map(({ openTime }) => openTime)).toEqual([ist('2026-09-01 09:15'), ist('2026-10-01 09:15')]);
    expect(await source(NOW).ask('1w', '2026-11-03 09:15', '2026-11-09 09:15'), 'not a week that began before').toEqual(
      [],
    );
  });

  it('leaves out what is outside continuous trading', async () => {
    const bars = timesOf(await source('2026-11-20 20:00').ask('1m', '2026-11-20 00:00', '2026-11-21 00:00'));
    expect([bars[0], bars.at(-1), bars.length]).toEqual(['09:15:00', '15:14:00', 360]);
  });

  it('fetches a long span in pieces, oldest first', async () => {
    const { ask, questions } = source('2026-11-20 16:00');
    const bars = await ask('1m', '2026-05-01 09:15', '2026-11-20 15:30');
    expect(questions).toHaveLength(3);
    for (const query of questions)
      expect((Number(query.get('range_to')) - Number(query.get('range_from'))) * 1_000).toBeLessThan(100 * DAY_MS);
    expect(bars.every(({ openTime }, place) => place === 0 || openTime > (bars[place - 1]?.openTime ?? 0))).toBe(true);
    const seconds = source('2026-11-20 16:00');
    expect(await seconds.ask('5s', '2026-11-18 09:15', '2026-11-20 15:15')).toHaveLength(3 * 4_320);
    expect(seconds.questions).toHaveLength(3);
  });

  it('refuses seconds from before those that are kept: nothing is not "no trade"', async () => {
    const { ask, questions } = source(NOW);
    await expect(ask('5s', '2026-09-01 09:15', '2026-09-01 10:00')).rejects.toMatchObject({
      code: 'not-supported',
      message: expect.stringContaining('30 trading days'),
    });
    expect(questions).toEqual([]);
    expect(await ask('5s', '2026-10-28 09:15', '2026-10-28 09:16')).toHaveLength(12);
  });

  it('does not ask for the future', async () => {
    const { ask, questions } = source('2026-11-20 09:00');
    expect(await ask('1m', '2026-11-20 09:15', '2026-11-20 15:30')).toEqual([]);
    expect(questions).toEqual([]);
  });

  it('loses rows that make no sense, counts them, and keeps the rest', async () => {
    const time = ist('2026-11-20 09:15') / 1_000;
    const { ask, logger } = source(NOW, [
      [time, 100, 101, 99, 100, 5],
      'not a candle',
      [time + 60, 100, 99, 101, 100, 5],
      [time + 120, 100, 101, 99, null, 5],
      [time + 180, 0, 101, 0, 100, 5],
      [String(time + 240), 100, 101, 99, 100, 5],
      [time, 100, 101, 99, 100, 5],
      [time + 300, 100, 101, 99, 100, -5],
      [time + 330, 100, 101, 99, 100, 5],
      [1e300, 100, 101, 99, 100, 5],
      [time + 345, 100, 101, 99, 100, Number.POSITIVE_INFINITY],
      [time + 360, 100, 101, 99, 100, 5],
    ]);
    expect(timesOf(await ask('1m', '2026-11-20 09:15', '2026-11-20 09:30'))).toEqual(['09:15:00', '09:21:00']);
    expect(logger.lines).toEqual([expect.stringContaining('"rows":10')]);
  });

  it('says in a sentence what it has not', async () => {
    const { ask } = source(NOW, [7]);
    await expect(ask('1s', '2026-11-20 09:15', '2026-11-20 09:16')).rejects.toMatchObject({ code: 'not-supported' });
    await expect(ask('1m', '2026-11-20 09:15', '2026-11-20 09:16', 'NOSUCH')).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '../../../src/core/brand.ts';
import type { Timeframe } from '../../../src/core/timeframe.ts';
import { candlePush, type FakeRow } from '../../fakes/kucoin-messages.ts';
import type { KucoinVenue } from '../../fakes/kucoin-venue.ts';
import { JumpingClock } from './jumping-clock.ts';
import { eventually, key, startFeed } from './running-feed.ts';

const TOPIC = '/market/candles:BTC-USDT_1min';
const row = (start: number, close: string, volume = '1'): FakeRow => [
  `${start / 1_000}`,
  '100',
  close,
  '110',
  '90',
  volume,
  '5',
];

/** A feed that is told of 1-minute candles, early in a minute of the venue's. */
async function startCandles(timeframes: readonly Timeframe[] = ['1m']) {
  const clock = new JumpingClock();
  clock.jump(MINUTE_MS - (clock.now() % MINUTE_MS) + 5 * SECOND_MS);
  const started = await startFeed({
    context: { clock },
    watched: [key('BTC-USDT')],
    venue: { pingIntervalMs: 18_000, pingTimeoutMs: 10_000 },
    prepare: (_venue, feed) => feed.candles?.(timeframes),
  });
  await started.carries(TOPIC);
  const minute = Math.floor(clock.now() / MINUTE_MS) * MINUTE_MS;
  const told = () =>
    started.notes.candles.map(({ candle, closed }) => [candle.openTime - minute, candle.close, closed]);
  const tell = (venue: KucoinVenue, openTime: number, close: string): Promise<void> =>
    venue.push(candlePush('BTC-USDT', '1min', row(openTime, close), clock.now()));
  return { clock, minute, told, tell, ...started };
}

describe("KuCoin's own candles", () => {
  it('are told running and closed, in our order of prices, and make no stored bar', async () => {
    const { venue, notes, minute, told, tell } = await startCandles();
    await tell(venue, minute, '105');
    await tell(venue, minute + MINUTE_MS, '106');
    await eventually(told).toEqual([
      [0, 105, false],
      [0, 105, true],
      [MINUTE_MS, 106, false],
    ]);
    expect(notes.candles[0]?.candle).toEqual({
      instrument: 'KUCOIN:BTC-USDT',
      timeframe: '1m',
      openTime: minute,
      open: 100,
      high: 110,
      low: 90,
      close: 105,
      volume: 1,
    });
    expect(notes.tickCount).toBe(0);
  });

  it('close two seconds after their time when nothing more comes', async () => {
    const { venue, clock, minute, told, tell } = await startCandles();
    await tell(venue, minute, '105');
    await eventually(() => told().length).toBe(1);
    clock.jump(minute + MINUTE_MS + 1_500 - clock.now());
    await tell(venue, minute, '105.5');
    await eventually(() => told().length).toBe(2);
    clock.jump(1_000);
    await eventually(told).toEqual([
      [0, 105, false],
      [0, 105.5, false],
      [0, 105.5, true],
    ]);
    await tell(venue, minute, '104');
    await eventually(() => told().at(-1)).toEqual([0, 104, true]);
  });

  it('are of every length that is asked for, each on a topic of its own, until they are not', async () => {
    const { venue, feed, carries } = await startCandles(['1m', '5m', '10m', '1h', '1d', '1w', '1mo']);
    await carries('/market/candles:BTC-USDT_1month');
    const candleTopics = () =>
      [...(venue.clients[0]?.topics ?? [])]
        .filter((topic) => topic.includes('candles'))
        .map((topic) => topic.split('_')[1]);
    expect(candleTopics()).toEqual(['1min', '5min', '1hour', '1day', '1week', '1month']);
    feed.candles?.([]);
    await eventually(candleTopics).toEqual([]);
  });

  it('are not called closed when the line was lost in between: nobody saw their end', async () => {
    const { venue, clock, minute, told, tell, reach, carries } = await startCandles();
    await tell(venue, minute, '105');
    await eventually(() => told().length).toBe(1);
    venue.kill();
    await reach('waiting');
    clock.jump(MINUTE_MS);
    await carries(TOPIC);
    await tell(venue, minute + MINUTE_MS, '106');
    await eventually(told).toEqual([
      [0, 105, false],
      [MINUTE_MS, 106, false],
    ]);
  });
});

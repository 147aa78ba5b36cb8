import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../src/main/brokers/fcs/read-message.ts';
import { type CandleMessage, RunningCandles } from '../../../src/main/brokers/fcs/running-candles.ts';
import { pricesFrame } from './frames.ts';

const T = 1_766_412_000;
const candle = (t: number, c: number, timeframe = '1', mode = 'candle') =>
  readMessage(
    pricesFrame('FX:EURUSD', timeframe, { mode, t, o: 10, h: Math.max(10, c), l: Math.min(10, c), c, v: 7 }),
  ) as CandleMessage; // Written here: it is one.
const askbid = (t: number, c?: number) =>
  readMessage(pricesFrame('FX:EURUSD', '1', { mode: 'askbid', update: t + 1, c, a: 11, b: 9, t })) as CandleMessage;

describe('running candles', () => {
  const told = (candles: RunningCandles, message: CandleMessage) =>
    candles.take(message).map(({ bar, closed }) => [bar.openTime / 1_000 - T, bar.close, bar.volume, closed]);

  it('close when a later one comes, over a gap too', () => {
    const candles = new RunningCandles();
    expect(told(candles, candle(T, 11))).toEqual([[0, 11, 7, false]]);
    expect(told(candles, candle(T + 300, 12))).toEqual([
      [0, 11, 7, true],
      [300, 12, 7, false],
    ]);
  });

  it('stay when an earlier one is spoken of again', () => {
    const candles = new RunningCandles();
    candles.take(candle(T, 11));
    candles.take(candle(T + 60, 12));
    expect(told(candles, candle(T, 11.5))).toEqual([[0, 11.5, 7, true]]);
    expect(told(candles, candle(T + 60, 13))).toEqual([[60, 13, 7, false]]);
  });

  it('of two timeframes have nothing to do with each other', () => {
    const candles = new RunningCandles();
    candles.take(candle(T, 11, '1'));
    expect(told(candles, candle(T, 12, '5'))).toEqual([[0, 12, 7, false]]);
    expect(told(candles, candle(T + 60, 13, '1'))[0]).toEqual([0, 11, 7, true]);
  });

  it('keep their volume over a picture, which has none', () => {
    const candles = new RunningCandles();
    expect(told(candles, candle(T, 11, '1', 'initial'))).toEqual([[0, 11, undefined, false]]);
    candles.take(candle(T, 11));
    expect(told(candles, candle(T, 12, '1', 'initial'))).toEqual([[0, 12, 7, false]]);
  });

  it('are moved by a last price beside an ask and bid, and by no other', () => {
    const candles = new RunningCandles();
    expect(told(candles, askbid(T, 12))).toEqual([]);
    candles.take(candle(T, 11));
    expect(told(candles, askbid(T, 12))).toEqual([[0, 12, 7, false]]);
    expect([askbid(T, 12), askbid(T + 60, 13), askbid(T)].flatMap((message) => told(candles, message))).toEqual([]);
  });

  it('that were forgotten are not closed by what comes later', () => {
    const candles = new RunningCandles();
    candles.take(candle(T, 11));
    candles.forget('FX:EUR');
    expect(told(candles, candle(T + 60, 12))).toHaveLength(2);
    candles.forget('FX:EURUSD');
    expect(told(candles, candle(T + 120, 13))).toEqual([[120, 13, 7, false]]);
  });
});

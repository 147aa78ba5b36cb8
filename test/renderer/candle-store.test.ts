import { describe, expect, it, vi } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import { createCandleStore } from '../../src/renderer/src/live/candle-store.ts';
import { createFrames } from './frames.ts';

const INFY = 'NSE:INFY' as InstrumentKey;

function candle(openTime: number, close: number, timeframe: Candle['timeframe'] = '5m'): Candle {
  const prices = { open: close, high: close, low: close, close, volume: 1 };
  return { instrument: INFY, timeframe, openTime: openTime as EpochMs, ...prices };
}

function watched() {
  const frames = createFrames();
  const candles = createCandleStore(frames.next);
  const heard: (readonly [number, number, boolean])[] = [];
  const stop = candles.watch(INFY, '5m', ({ openTime, close }, closed) => heard.push([openTime, close, closed]));
  return { frames, candles, heard, stop };
}

describe('candle store', () => {
  it('gives the forming bar once a frame, as it last was', () => {
    const { frames, candles, heard } = watched();
    candles.receive(candle(0, 1), false);
    candles.receive(candle(0, 2), false);
    frames.paint();
    expect(heard).toEqual([[0, 2, false]]);
  });

  it('gives every closed bar, in order, before the one that forms after it', () => {
    const { frames, candles, heard } = watched();
    candles.receive(candle(0, 1), false);
    candles.receive(candle(0, 2), true);
    candles.receive(candle(5, 3), false);
    candles.receive(candle(5, 4), true);
    candles.receive(candle(10, 5), false);
    frames.paint();
    expect(heard).toEqual([
      [0, 2, true],
      [5, 4, true],
      [10, 5, false],
    ]);
  });

  it('keeps a forming bar that is newer than the closed one heard after it', () => {
    const { frames, candles, heard } = watched();
    candles.receive(candle(5, 3), false);
    candles.receive(candle(0, 2), true);
    frames.paint();
    expect(heard).toEqual([
      [0, 2, true],
      [5, 3, false],
    ]);
  });

  it('does not mix timeframes, and asks for no frame when nobody watches', () => {
    const { frames, candles, heard, stop } = watched();
    candles.receive(candle(0, 1, '1m'), false);
    expect(frames.paint()).toBe(0);
    stop();
    candles.receive(candle(0, 1), true);
    expect(frames.paint()).toBe(0);
    expect(heard).toEqual([]);
  });

  it('drops what waits for a frame when another world takes over', () => {
    const { frames, candles, heard } = watched();
    candles.receive(candle(0, 1), true);
    candles.clear();
    frames.paint();
    expect(heard).toEqual([]);
  });

  it('says when history has changed, to that instrument only', () => {
    const { candles } = watched();
    const revised = vi.fn();
    const stop = candles.onRevised(INFY, revised);
    candles.revised('NSE:TCS' as InstrumentKey);
    expect(revised).not.toHaveBeenCalled();
    candles.revised(INFY);
    stop();
    candles.revised(INFY);
    expect(revised).toHaveBeenCalledTimes(1);
  });
});

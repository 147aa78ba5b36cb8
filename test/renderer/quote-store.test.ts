import { describe, expect, it, vi } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Quote } from '../../src/core/quote.ts';
import { createQuoteStore } from '../../src/renderer/src/live/quote-store.ts';
import { createFrames } from './frames.ts';

const INFY = 'NSE:INFY' as InstrumentKey;
const TCS = 'NSE:TCS' as InstrumentKey;

function quote(instrument: InstrumentKey, ltp: number): Quote {
  const time = 0 as EpochMs;
  return {
    instrument,
    ltp,
    previousClose: undefined,
    changePercent: undefined,
    dayVolume: undefined,
    rsi: undefined,
    trend: undefined,
    time,
    receivedAt: time,
  };
}

describe('quote store', () => {
  it('paints the newest of many quotes, once a frame', () => {
    const frames = createFrames();
    const quotes = createQuoteStore(frames.next);
    const painted = vi.fn();
    quotes.watch(INFY, (known) => painted(known?.ltp));

    quotes.receive([quote(INFY, 1), quote(INFY, 2)]);
    quotes.receive([quote(INFY, 3)]);
    expect(painted).not.toHaveBeenCalled();
    expect(frames.paint(), 'two batches ask for one frame').toBe(1);
    expect(painted.mock.calls).toEqual([[3]]);
  });

  it('leaves those alone whose quote did not change', () => {
    const frames = createFrames();
    const quotes = createQuoteStore(frames.next);
    const painted = vi.fn();
    quotes.watch(TCS, painted);
    quotes.receive([quote(INFY, 1)]);
    frames.paint();
    expect(painted).not.toHaveBeenCalled();
  });

  it('tells those whose price the next world does not know', () => {
    const frames = createFrames();
    const quotes = createQuoteStore(frames.next);
    quotes.replace([quote(INFY, 1), quote(TCS, 2)]);
    const told: (number | undefined)[] = [];
    quotes.watch(INFY, (known) => told.push(known?.ltp));
    quotes.watch(TCS, (known) => told.push(known?.ltp));
    quotes.replace([quote(TCS, 3)]);
    expect(told).toEqual([1, 2, 3, undefined]);
    quotes.replace([quote(TCS, 3)]);
    expect(told.slice(4), 'once is enough').toEqual([3]);
  });

  it('gives the current quote at once, and nothing after the watch has ended', () => {
    const frames = createFrames();
    const quotes = createQuoteStore(frames.next);
    quotes.receive([quote(INFY, 1)]);
    frames.paint();
    const painted = vi.fn();
    const stop = quotes.watch(INFY, (known) => painted(known?.ltp));
    expect(painted.mock.calls).toEqual([[1]]);
    stop();
    quotes.receive([quote(INFY, 2)]);
    frames.paint();
    expect(painted).toHaveBeenCalledTimes(1);
  });

  it('forgets the old world, even what waits for the next frame', () => {
    const frames = createFrames();
    const quotes = createQuoteStore(frames.next);
    quotes.receive([quote(INFY, 1)]);
    frames.paint();
    quotes.receive([quote(INFY, 2)]);
    quotes.replace([quote(TCS, 7)]);
    frames.paint();
    expect([...quotes.store.getState().quotes.values()].map(({ instrument, ltp }) => [instrument, ltp])).toEqual([
      [TCS, 7],
    ]);
  });

  it('holds one quote an instrument while a hidden window paints nothing', () => {
    const frames = createFrames();
    const quotes = createQuoteStore(frames.next);
    for (let ltp = 1; ltp <= 1_000; ltp += 1) quotes.receive([quote(INFY, ltp)]);
    expect(frames.paint()).toBe(1);
    expect(quotes.store.getState().quotes.get(INFY)?.ltp).toBe(1_000);
  });
});

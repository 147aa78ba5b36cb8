import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import type { Quote } from '../../src/core/quote.ts';
import { followFacts, QUOTE_FACTS } from '../../src/renderer/src/features/chart/quote-facts.ts';
import { priceWidth } from '../../src/renderer/src/features/watchlist/price-width.ts';
import { priceStyleOf } from '../../src/renderer/src/format/price-style.ts';
import { createQuoteStore } from '../../src/renderer/src/live/quote-store.ts';
import { COINS } from './fake-brokers.ts';
import { FAKE_NOW } from './fake-snapshot.ts';
import { createFrames } from './frames.ts';

const [BTC] = COINS;
const KEY = 'COINS:BTC-USDT' as InstrumentKey;
const quote: Quote = {
  instrument: KEY,
  ltp: 123_456.7,
  previousClose: undefined,
  changePercent: undefined,
  dayVolume: undefined,
  rsi: undefined,
  trend: undefined,
  time: FAKE_NOW,
  receivedAt: FAKE_NOW,
};

describe('what a venue tells besides the price', () => {
  const frames = createFrames();
  const shown = (cells: ReturnType<typeof places>): Record<string, string | null> =>
    Object.fromEntries(cells.filter(({ box }) => !box.hidden).map(({ field, value }) => [field, value.textContent]));
  const places = () =>
    QUOTE_FACTS.map(({ field }) => ({ field, box: { hidden: false }, value: { textContent: null as string | null } }));

  it('stands there while it is known, in the instrument’s own style, and is gone with the price', () => {
    const store = createQuoteStore(frames.next);
    const cells = places();
    const stop = followFacts(cells, KEY, priceStyleOf(BTC), store);
    expect(shown(cells)).toEqual({});
    store.receive([{ ...quote, bid: 123_456.5, ask: 123_456.9 }]);
    frames.paint();
    expect(shown(cells)).toEqual({ bid: '123,456.5', ask: '123,456.9' });
    store.receive([{ ...quote, dayOpen: 120_000, dayHigh: 124_000, dayLow: 119_500.5 }]);
    frames.paint();
    expect(shown(cells)).toEqual({ dayOpen: '120,000.0', dayHigh: '124,000.0', dayLow: '119,500.5' });
    store.replace([]);
    expect(shown(cells)).toEqual({});
    stop();
    store.receive([{ ...quote, bid: 1 }]);
    frames.paint();
    expect(shown(cells), 'nobody listens any more').toEqual({});
  });
});

describe('the column of prices', () => {
  it('is as wide as its longest price needs', () => {
    expect(priceWidth([])).toBe('62px');
    expect(priceWidth([{ priceDecimals: 2 }, { priceDecimals: 4 }])).toBe('62px');
    expect(priceWidth(COINS)).toBe('104px');
  });
});

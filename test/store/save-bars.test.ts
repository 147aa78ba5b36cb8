import { describe, expect, it } from 'vitest';
import type { AuctionBar } from '../../src/core/auction.ts';
import type { EpochMs, TradingDate } from '../../src/core/brand.ts';
import type { Provenance } from '../../src/core/candle.ts';
import type { CoveredSpan } from '../../src/core/day-coverage.ts';
import { BAR_MARKS, type BarMark, type Store } from '../../src/main/engine/store-port.ts';
import { bar, FOREVER, INFY, LATER, minute, NIFTY, revision, valuesOf } from './sample-bars.ts';
import { tempStore } from './temp-store.ts';

const span = (open: number, close: number): CoveredSpan => ({
  instrument: INFY,
  timeframe: '1m',
  provenance: 'history',
  open: minute(open),
  close: minute(close),
});

const auction: AuctionBar = {
  instrument: INFY,
  date: '2026-11-20' as TradingDate,
  kind: 'closing',
  openTime: minute(360),
  open: 1_500,
  high: 1_500,
  low: 1_500,
  close: 1_500,
  volume: undefined,
};

/** What a store says of INFY's minutes, and all that it knows about them. */
const all = (store: Store) => ({
  bars: store.storedCandles(INFY, '1m', ...FOREVER),
  covered: store.covered(INFY, ...FOREVER),
  revisions: store.revisions(...FOREVER),
  auctions: store.loadAuctions(INFY, ...FOREVER),
});

const NOTHING = { bars: [], covered: [], revisions: [], auctions: [] };

describe('saving bars', () => {
  it('stores bars, stretches, revisions and auctions, which are there after a restart', () => {
    const { store, reopen } = tempStore();
    const before = { ...valuesOf(bar(1, 1)), volume: undefined };
    const revisions = [revision(bar(0, 10)), revision(bar(1, 11), { reason: 'late-tick', before })];
    store.saveBars({
      batches: [
        { candles: [bar(0, 10)], provenance: 'history' },
        { candles: [bar(1, 11, { volume: undefined })], provenance: 'live', marks: ['partial', 'inferred'] },
      ],
      covered: [span(0, 2)],
      revisions,
      auctions: [auction],
    });
    expect(all(reopen())).toEqual({
      bars: [
        { candle: bar(0, 10), provenance: 'history', marks: [] },
        { candle: bar(1, 11, { volume: undefined }), provenance: 'live', marks: ['partial', 'inferred'] },
      ],
      covered: [span(0, 2)],
      revisions,
      auctions: [auction],
    });
  });

  const broken = Number.NaN as EpochMs;
  const good = {
    batches: [{ candles: [bar(0, 10), bar(1, 11)], provenance: 'history' as const }],
    covered: [span(0, 2)],
  };
  it.each([
    ['a bar', { batches: [...good.batches, { candles: [bar(2, Number.NaN)], provenance: 'live' as const }] }],
    ['a stretch', { covered: [span(0, 2), { ...span(3, 4), close: (minute(4) + 0.5) as EpochMs }] }],
    ['a revision', { revisions: [revision(bar(0, 1)), revision(bar(1, 1), { at: broken })] }],
    ['an auction', { auctions: [auction, { ...auction, openTime: broken }] }],
  ])('leaves nothing where %s is refused, and takes the good rest afterwards', (_what, bad) => {
    const { store, reopen } = tempStore();
    expect(() => store.saveBars({ revisions: [revision(bar(0, 1))], auctions: [auction], ...good, ...bad })).toThrow();
    expect(all(store)).toEqual(NOTHING);
    store.saveBars(good);
    const again = reopen();
    expect(all(again).covered).toEqual([span(0, 2)]);
    expect(all(again).bars).toHaveLength(2);
  });

  it('takes the marks of the bar that stays', () => {
    const { store } = tempStore();
    const marksAfter = (provenance: Provenance, marks?: readonly BarMark[]): readonly BarMark[] | undefined => {
      store.saveBars({ batches: [{ candles: [bar(0, 1)], provenance, ...(marks && { marks }) }], at: LATER });
      return store.storedCandles(INFY, '1m', ...FOREVER)[0]?.marks;
    };
    expect(marksAfter('live', ['partial'])).toEqual(['partial']);
    expect(marksAfter('live', ['inferred'])).toEqual(['inferred']);
    expect(marksAfter('history'), 'the same values from a stronger one clear them').toEqual([]);
    expect(marksAfter('live', BAR_MARKS), 'a weaker one changes nothing').toEqual([]);
    expect(marksAfter('history', ['partial']), 'an equal one brings its own').toEqual(['partial']);
    expect(store.revisions(...FOREVER)).toEqual([]);
  });
});

describe('auctions', () => {
  it('are one a day and kind: the newer word stands', () => {
    const { store } = tempStore();
    const opening: AuctionBar = { ...auction, kind: 'pre-open', openTime: minute(-15), volume: 7 };
    const newer: AuctionBar = { ...auction, close: 1_501, openTime: minute(361), volume: 12 };
    const other: AuctionBar = { ...auction, instrument: NIFTY };
    store.saveBars({ batches: [], auctions: [auction, opening, other] });
    store.saveBars({ batches: [], auctions: [newer] });
    expect(store.loadAuctions(INFY, ...FOREVER)).toEqual([opening, newer]);
    expect(store.loadAuctions(INFY, minute(-15), minute(361))).toEqual([opening]);
    expect(store.loadAuctions(NIFTY, ...FOREVER)).toEqual([other]);
  });
});

describe('what is known of a bar', () => {
  it('is given from a time on and up to another, the oldest first', () => {
    const { store } = tempStore();
    store.saveBars({ batches: [{ candles: [bar(2, 1), bar(0, 1), bar(1, 1)], provenance: 'official' }] });
    const times = store.storedCandles(INFY, '1m', minute(0), minute(2)).map(({ candle }) => candle.openTime);
    expect(times).toEqual([minute(0), minute(1)]);
  });
});

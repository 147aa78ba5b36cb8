import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AuctionBar } from '../../src/core/auction.ts';
import type { EpochMs, TradingDate } from '../../src/core/brand.ts';
import { type Candle, PROVENANCES, type Provenance } from '../../src/core/candle.ts';
import type { CoveredSpan } from '../../src/core/day-coverage.ts';
import type { BarValues, Revision } from '../../src/core/revision.ts';
import { BAR_MARKS, type BarMark, type Store } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { bar, FOREVER, INFY, minute, NIFTY } from './sample-bars.ts';
import { tempStore } from './temp-store.ts';

const LATER = minute(500);

const valuesOf = ({ open, high, low, close, volume }: Candle): BarValues => ({ open, high, low, close, volume });

const revision = (candle: Candle, other: Partial<Revision> = {}): Revision => ({
  instrument: candle.instrument,
  timeframe: candle.timeframe,
  openTime: candle.openTime,
  reason: 'history',
  at: LATER,
  before: undefined,
  after: valuesOf(candle),
  ...other,
});

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
    expect(store.revisions(...FOREVER)).toEqual([]);
  });
});

describe('revisions', () => {
  it('are written for each bar that history changes, with what it was', () => {
    const { store } = tempStore();
    store.saveBars({ batches: [{ candles: [bar(0, 10), bar(1, 11), bar(3, 13)], provenance: 'live' }] });
    const told = [bar(0, 10), bar(1, 12, { volume: undefined }), bar(2, 12), bar(3, 13, { high: 2_001 })];
    store.saveBars({ batches: [{ candles: told, provenance: 'history' }], at: LATER });
    expect(store.revisions(...FOREVER)).toEqual([
      revision(bar(1, 12, { volume: undefined }), { before: valuesOf(bar(1, 11)) }),
      revision(bar(3, 13, { high: 2_001 }), { before: valuesOf(bar(3, 13)) }),
    ]);
    expect(store.storedCandles(INFY, '1m', ...FOREVER).map(({ provenance }) => provenance)).toEqual(
      Array(4).fill('history'),
    );
  });

  it('name the exchange where it spoke, and an import where they are told to', () => {
    const { store } = tempStore();
    const save = (provenance: Provenance, close: number, reason?: 'import'): void =>
      store.saveBars({ batches: [{ candles: [bar(0, close)], provenance }], at: LATER, ...(reason && { reason }) });
    save('history', 1);
    save('history', 2);
    save('official', 3, 'import');
    save('official', 4);
    save('history', 5);
    const told = store.revisions(...FOREVER).map(({ reason, before, after }) => [reason, before?.close, after.close]);
    expect(told).toEqual([
      ['history', 1, 2],
      ['import', 2, 3],
      ['official', 3, 4],
    ]);
  });

  it('are not written for what the feed says twice, nor without the time', () => {
    const { store } = tempStore();
    const save = (provenance: Provenance, close: number, at?: EpochMs): void =>
      store.saveBars({ batches: [{ candles: [bar(0, close)], provenance }], ...(at && { at }) });
    save('live', 1, LATER);
    save('live', 2, LATER);
    save('history', 3);
    expect(store.revisions(...FOREVER)).toEqual([]);
    expect(store.loadCandles(INFY, '1m', ...FOREVER).close).toEqual(Float64Array.of(3));
  });

  it('are found by the time of their bars, the oldest bar first, the changes of each in order', () => {
    const { store } = tempStore();
    const [late, early, again] = [revision(bar(5, 1)), revision(bar(1, 1)), revision(bar(5, 2))];
    const other = revision(bar(5, 1, { instrument: NIFTY }));
    store.saveBars({ batches: [], revisions: [late, early, other, again] });
    expect(store.revisions(minute(1), minute(6))).toEqual([early, late, again, other]);
    expect(store.revisions(minute(2), minute(5))).toEqual([]);
    expect(store.revisions(minute(5), minute(6))).toHaveLength(3);
  });

  it('tell the whole way of every bar, whatever came in which order', () => {
    const word = fc.record({
      index: fc.nat(12),
      rank: fc.nat(2),
      close: fc.integer({ min: 1, max: 3 }),
      timeframe: fc.constantFrom<'1m' | '5m'>('1m', '5m'),
    });
    fc.assert(
      fc.property(fc.array(fc.array(word, { maxLength: 20 }), { maxLength: 8 }), (writes) => {
        const store = openStore(':memory:');
        const standing = new Map<string, { rank: number; close: number }>();
        const expected: [string, number, number][] = [];
        for (const words of writes) {
          const batches: { candles: Candle[]; provenance: Provenance }[] = [];
          for (const { index, rank, close, timeframe } of words) {
            const [candle, provenance] = [bar(index, close, { timeframe }), PROVENANCES[rank] ?? 'live'];
            const last = batches.at(-1);
            if (last?.provenance === provenance) last.candles.push(candle);
            else batches.push({ candles: [candle], provenance });
          }
          store.saveBars({ batches, at: LATER });
          for (const { index, rank, close, timeframe } of words) {
            const place = `${minute(index)} ${timeframe}`;
            const before = standing.get(place);
            if (before !== undefined && before.rank > rank) continue;
            if (before !== undefined && rank > 0 && before.close !== close) expected.push([place, before.close, close]);
            standing.set(place, { rank, close });
          }
        }
        const told = store.revisions(...FOREVER).map(({ openTime, timeframe, before, after }) => {
          return [`${openTime} ${timeframe}`, before?.close, after.close];
        });
        expect(told).toEqual(expected.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
        for (const timeframe of ['1m', '5m'] as const)
          for (const { candle, provenance } of store.storedCandles(INFY, timeframe, ...FOREVER)) {
            const place = `${candle.openTime} ${timeframe}`;
            expect({ rank: PROVENANCES.indexOf(provenance), close: candle.close }).toEqual(standing.get(place));
            standing.delete(place);
          }
        expect(standing.size).toBe(0);
        store.close();
      }),
      { numRuns: 60 },
    );
  });

  it('are found among more bars than are compared at once', () => {
    const { store } = tempStore();
    const bars = Array.from({ length: 12_001 }, (_, index) => bar(index, 1));
    store.saveBars({ batches: [{ candles: bars, provenance: 'live' }] });
    const changed = new Set([0, 4_999, 5_000, 9_999, 10_000, 12_000]);
    const told = bars.map((each, index) => (changed.has(index) ? bar(index, 2) : each));
    store.saveBars({ batches: [{ candles: told, provenance: 'official' }], at: LATER });
    expect(store.revisions(...FOREVER).map(({ openTime }) => openTime)).toEqual([...changed].map(minute));
    expect(store.storedCandles(INFY, '1m', ...FOREVER).every(({ provenance }) => provenance === 'official')).toBe(true);
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
    const store = openStore(':memory:');
    onTestFinished(() => store.close());
    store.saveBars({ batches: [{ candles: [bar(2, 1), bar(0, 1), bar(1, 1)], provenance: 'official' }] });
    const times = store.storedCandles(INFY, '1m', minute(0), minute(2)).map(({ candle }) => candle.openTime);
    expect(times).toEqual([minute(0), minute(1)]);
  });
});

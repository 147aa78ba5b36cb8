import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Span } from '../../src/core/calendar.ts';
import { PROVENANCES, type Provenance } from '../../src/core/candle.ts';
import type { CoveredSpan } from '../../src/core/day-coverage.ts';
import { joinSpans } from '../../src/core/spans.ts';
import type { Timeframe } from '../../src/core/timeframe.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { bar, FOREVER, INFY, minute, NIFTY } from './sample-bars.ts';
import { tempStore } from './temp-store.ts';

const span = (open: number, close: number, other: Partial<CoveredSpan> = {}): CoveredSpan => ({
  instrument: INFY,
  timeframe: '5s',
  provenance: 'live',
  open: minute(open),
  close: minute(close),
  ...other,
});

const cover = (store: Store, ...covered: readonly CoveredSpan[]): void => store.saveBars({ batches: [], covered });

describe('covered stretches', () => {
  it('are taken back from a moment on, of the feed alone', () => {
    const store = openStore(':memory:');
    cover(store, span(0, 5), span(6, 9), span(2, 9, { provenance: 'history' }), span(0, 9, { instrument: NIFTY }));
    store.saveBars({ batches: [], doubted: [{ instrument: INFY, from: minute(3) }], covered: [span(8, 9)] });
    expect(store.covered(INFY, ...FOREVER)).toEqual([span(0, 3), span(2, 9, { provenance: 'history' }), span(8, 9)]);
    expect(store.covered(NIFTY, ...FOREVER)).toEqual([span(0, 9, { instrument: NIFTY })]);
    store.close();
  });

  it.each<[string, readonly CoveredSpan[], readonly CoveredSpan[]]>([
    ['that touch become one', [span(0, 5), span(5, 7)], [span(0, 7)]],
    ['that touch from the other side do too', [span(5, 7), span(0, 5)], [span(0, 7)]],
    ['that overlap become one', [span(0, 5), span(3, 9)], [span(0, 9)]],
    ['with a gap between them stay two', [span(0, 5), span(6, 9)], [span(0, 5), span(6, 9)]],
    ['are bridged by a third', [span(0, 2), span(4, 6), span(8, 9), span(1, 8)], [span(0, 9)]],
    ['told again change nothing', [span(0, 9), span(0, 9), span(3, 4)], [span(0, 9)]],
    ['that are empty or the wrong way round are none', [span(3, 3), span(5, 4)], []],
    [
      'of other provenance or timeframe stand beside each other',
      [span(0, 5), span(5, 7, { provenance: 'history' }), span(5, 6, { timeframe: '1m' })],
      [span(0, 5), span(5, 6, { timeframe: '1m' }), span(5, 7, { provenance: 'history' })],
    ],
    ['of another instrument are its own', [span(0, 5), span(5, 7, { instrument: NIFTY })], [span(0, 5)]],
  ])('%s', (_what, told, expected) => {
    const { store, reopen } = tempStore();
    for (const each of told) cover(store, each);
    expect(store.covered(INFY, ...FOREVER)).toEqual(expected);
    expect(reopen().covered(INFY, ...FOREVER)).toEqual(expected);
  });

  it('are given where they have a moment of the time asked for', () => {
    const { store } = tempStore();
    cover(store, span(0, 5), span(6, 9), span(2, 20, { provenance: 'history' }));
    const asked = (from: number, to: number) =>
      store.covered(INFY, minute(from), minute(to)).map(({ open, close }) => [open, close]);
    const [a, b, c] = [
      [minute(0), minute(5)],
      [minute(6), minute(9)],
      [minute(2), minute(20)],
    ];
    expect(asked(0, 2)).toEqual([a]);
    expect(asked(0, 3)).toEqual([a, c]);
    expect(asked(5, 6)).toEqual([c]);
    expect(asked(8, 30)).toEqual([c, b]);
    expect(asked(20, 30)).toEqual([]);
  });

  it('are what core/spans.ts would join, whatever is told in whatever order', () => {
    const told = fc.record({
      instrument: fc.constantFrom(INFY, NIFTY),
      timeframe: fc.constantFrom<Timeframe>('5s', '1m'),
      provenance: fc.constantFrom<Provenance>(...PROVENANCES),
      open: fc.nat(40).map(minute),
      length: fc.integer({ min: -1, max: 8 }),
    });
    fc.assert(
      fc.property(fc.array(told, { maxLength: 60 }), fc.nat(45), fc.nat(45), (all, from, to) => {
        const store = openStore(':memory:');
        const words = all.map(({ length, ...rest }) => ({
          ...rest,
          close: (rest.open + length * 60_000) as EpochMs,
        }));
        for (const word of words) cover(store, word);
        for (const instrument of [INFY, NIFTY]) {
          const stored = store.covered(instrument, ...FOREVER);
          const asked = store.covered(instrument, minute(from), minute(to));
          expect(asked).toEqual(stored.filter(({ open, close }) => open < minute(to) && close > minute(from)));
          for (const timeframe of ['5s', '1m'])
            for (const provenance of PROVENANCES) {
              const isOurs = (each: CoveredSpan): boolean =>
                each.instrument === instrument && each.timeframe === timeframe && each.provenance === provenance;
              const spans: Span[] = stored.filter(isOurs).map(({ open, close }) => ({ open, close }));
              expect(spans).toEqual(joinSpans(words.filter(isOurs)));
            }
        }
        store.close();
      }),
      { numRuns: 100 },
    );
  });
});

describe('covered instruments', () => {
  const keys = ['NSE:A', 'NSE:B', 'NSE:C', 'NSE:D'] as const satisfies readonly string[];
  const [a, b, c, d] = keys.map((key) => key as InstrumentKey) as [
    InstrumentKey,
    InstrumentKey,
    InstrumentKey,
    InstrumentKey,
  ];

  it('are those with a stretch or a bar of any timeframe in the time asked for, each once, by name', () => {
    const { store } = tempStore();
    store.saveBars({
      batches: [
        {
          candles: [
            bar(3, 1, { instrument: d, timeframe: '1mo' }),
            bar(3, 1, { instrument: b }),
            bar(4, 1, { instrument: b, timeframe: '5s' }),
            bar(9, 1, { instrument: c }),
          ],
          provenance: 'live',
        },
      ],
      covered: [span(0, 4, { instrument: a }), span(0, 4, { instrument: b }), span(6, 9, { instrument: c })],
    });
    expect(store.coveredInstruments(minute(3), minute(4))).toEqual([a, b, d]);
    expect(store.coveredInstruments(minute(4), minute(5))).toEqual([b]);
    expect(store.coveredInstruments(minute(5), minute(6))).toEqual([]);
    expect(store.coveredInstruments(minute(8), minute(10))).toEqual([c]);
    expect(store.coveredInstruments(...FOREVER)).toEqual([a, b, c, d]);
  });

  it('are none of an empty store', () => {
    expect(tempStore().store.coveredInstruments(...FOREVER)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Candle, Provenance } from '../../src/core/candle.ts';
import { candlesOf } from '../../src/core/candle-columns.ts';
import type { CorporateAction } from '../../src/core/corporate-action.ts';
import { emaCrossStudy } from '../../src/core/scanner/ema-cross.ts';
import { TIMEFRAMES, type Timeframe } from '../../src/core/timeframe.ts';
import { Archive } from '../../src/main/engine/archive.ts';
import type { CandleStore } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { day, ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { barsOf, INFY, tapeOf } from '../support/tape.ts';

const calendar = nse();
const DAYS = ['2026-07-30', '2026-07-31', '2026-08-03', '2026-08-04'];
const tape = tapeOf([INFY], DAYS, calendar);
const truth = (timeframe: Timeframe) => barsOf(tape, INFY.key, timeframe, calendar);

/** An archive with the given frames of the tape stored. */
function archiveWith(...stored: readonly (readonly [Timeframe, Provenance, from?: string, to?: string])[]) {
  const store = openStore(':memory:');
  for (const [timeframe, provenance, from = DAYS[0], to = '2026-08-05'] of stored) {
    const candles = candlesOf(truth(timeframe), INFY.key, timeframe).filter(
      ({ openTime }) => openTime >= ist(`${from}T00:00`) && openTime < ist(`${to}T00:00`),
    );
    store.saveBars({ batches: [{ candles, provenance }] });
  }
  return new Archive(store, () => undefined);
}
const load = (archive: Archive, timeframe: Timeframe) =>
  archive.load(INFY.key, timeframe, calendar, ist('2026-07-30T00:00'), ist('2026-08-05T00:00'));

describe('Archive', () => {
  it.each(TIMEFRAMES.filter((timeframe) => timeframe !== '1s'))('makes %s bars of the base bars', (timeframe) => {
    expect(load(archiveWith(['5s', 'live']), timeframe)).toEqual(truth(timeframe));
  });

  it.each(['5m', '1h', '4h', '1d', '1w'] as const)(
    'makes %s bars of minutes for some days and base bars for others',
    (timeframe) => {
      const archive = archiveWith(
        ['1m', 'history', '2026-07-30', '2026-08-01'],
        ['5s', 'live', '2026-08-03', '2026-08-05'],
      );
      expect(load(archive, timeframe)).toEqual(truth(timeframe));
    },
  );

  it.each(['1m', '5m', '1h', '4h', '1d', '1w'] as const)(
    'makes %s bars of base bars for the days before the first stored minute',
    (timeframe) => {
      const archive = archiveWith(
        ['5s', 'live', '2026-07-30', '2026-08-01'],
        ['1m', 'history', '2026-08-03', '2026-08-05'],
      );
      expect(load(archive, timeframe)).toEqual(truth(timeframe));
    },
  );

  it('goes on with minutes where hours of the past were fetched as hours', () => {
    const archive = archiveWith(
      ['1h', 'history', '2026-07-30', '2026-08-04'],
      ['1m', 'history', '2026-08-04', '2026-08-05'],
    );
    expect(load(archive, '2h')).toEqual(truth('2h'));
  });

  it('gives the newest bars before a time, as many as asked', () => {
    const archive = archiveWith(['1m', 'history']);
    const bars = archive.newest(INFY.key, '1h', calendar, ist('2026-08-04T12:15'), 10);
    const all = candlesOf(truth('1h'), INFY.key, '1h').filter(({ openTime }) => openTime < ist('2026-08-04T12:15'));
    expect(candlesOf(bars, INFY.key, '1h')).toEqual(all.slice(-10));
  });

  it('has nothing to give where nothing is stored', () => {
    expect(load(archiveWith(), '5m').openTime).toHaveLength(0);
  });

  it('pages over days that were not recorded', () => {
    const recorded = tapeOf([INFY], ['2026-03-02', '2026-07-30'], calendar);
    const store = openStore(':memory:');
    const candles = candlesOf(barsOf(recorded, INFY.key, '1m', calendar), INFY.key, '1m');
    store.saveBars({ batches: [{ candles, provenance: 'history' }] });
    const archive = new Archive(store, () => undefined);
    const bars = archive.newest(INFY.key, '5m', calendar, ist('2026-07-31T09:15'), 100);
    expect(bars.openTime).toHaveLength(100);
    expect(bars.openTime[0]).toBeLessThan(ist('2026-03-03T00:00'));
  });

  it.each([
    ['1h', '2h'],
    ['1d', '1mo'],
  ] as const)('makes nothing of shorter bars where %s bars tell all, for %s bars', (stored, asked) => {
    const store = openStore(':memory:');
    store.saveBars({ batches: [{ candles: candlesOf(truth(stored), INFY.key, stored), provenance: 'history' }] });
    store.saveBars({
      batches: [{ candles: candlesOf(truth('1m'), INFY.key, '1m').slice(-100), provenance: 'history' }],
    });
    const minutesFrom: number[] = [];
    const spy: CandleStore = {
      ...store,
      loadCandles(instrument, timeframe, from, to) {
        if (timeframe === '1m') minutesFrom.push(from);
        return store.loadCandles(instrument, timeframe, from, to);
      },
    };
    const archive = new Archive(spy, () => undefined);
    const bars = archive.load(INFY.key, asked, calendar, ist('2020-01-01T00:00'), ist('2026-08-05T00:00'));
    expect(bars).toEqual(truth(asked));
    expect(Math.min(...minutesFrom), 'only the last day is looked at').toBeGreaterThanOrEqual(ist('2026-08-04T09:15'));
  });
});

describe('Archive, over a split', () => {
  /** In the middle of a week. */
  const EX = '2026-07-31';
  const split: CorporateAction = { instrument: INFY.key, exDate: day(EX), kind: 'split', factor: 0.5, note: '' };
  const actionsOf = (instrument: string) => (instrument === INFY.key ? [split] : []);

  /** The tape told in today's shares; before the split half as many were traded at twice the price. */
  const asTraded = (timeframe: Timeframe): Candle[] =>
    candlesOf(truth(timeframe), INFY.key, timeframe).map((bar) =>
      bar.openTime < ist(`${EX}T00:00`) ? doubled(bar) : bar,
    );
  const doubled = (bar: Candle): Candle => ({
    ...bar,
    open: bar.open * 2,
    high: bar.high * 2,
    low: bar.low * 2,
    close: bar.close * 2,
    volume: (bar.volume ?? 0) / 2,
  });
  const storeOf = (...timeframes: readonly Timeframe[]) => {
    const store = openStore(':memory:');
    for (const timeframe of timeframes)
      store.saveBars({ batches: [{ candles: asTraded(timeframe), provenance: 'history' }] });
    return store;
  };
  const adjusting = (...stored: readonly Timeframe[]) => new Archive(storeOf(...stored), () => undefined, actionsOf);

  it.each(TIMEFRAMES.filter((timeframe) => timeframe !== '1s'))('gives %s bars in the shares of today', (timeframe) => {
    const store = openStore(':memory:');
    store.saveBars({ batches: [{ candles: asTraded('5s'), provenance: 'live' }] });
    expect(load(new Archive(store, () => undefined, actionsOf), timeframe)).toEqual(truth(timeframe));
  });

  it.each(['1w', '1mo'] as const)('makes the %s of the split of its days, though one is stored', (timeframe) => {
    expect(load(adjusting(timeframe, '1d'), timeframe)).toEqual(truth(timeframe));
  });

  it('keeps a stored week that a split begins with', () => {
    const monday: CorporateAction = { ...split, exDate: day('2026-08-03') };
    const [, week] = candlesOf(truth('1w'), INFY.key, '1w');
    const store = openStore(':memory:');
    store.saveBars({ batches: [{ candles: week === undefined ? [] : [week], provenance: 'history' }] });
    const archive = new Archive(
      store,
      () => undefined,
      () => [monday],
    );
    expect(candlesOf(load(archive, '1w'), INFY.key, '1w')).toEqual([week]);
  });

  it('pages backwards in the shares of today', () => {
    const bars = adjusting('1m').newest(INFY.key, '1h', calendar, ist('2026-07-31T10:15'), 3);
    const all = candlesOf(truth('1h'), INFY.key, '1h').filter(({ openTime }) => openTime < ist('2026-07-31T10:15'));
    expect(candlesOf(bars, INFY.key, '1h')).toEqual(all.slice(-3));
  });

  it('shows the rule no cross that the split alone makes', () => {
    const crossed = (archive: Archive): readonly number[] => {
      const { openTime, close } = load(archive, '5m');
      let study = emaCrossStudy({ fast: 9, slow: 21, rsi: 14, momentum: 50 });
      const above = Array.from(close, (price) => {
        study = study.next(price);
        const { fast, slow } = study.value ?? {};
        return fast === undefined || slow === undefined ? undefined : fast > slow;
      });
      return Array.from(openTime).filter((_time, row) => {
        const [before, now] = [above[row - 1], above[row]];
        return before !== undefined && now !== undefined && before !== now;
      });
    };
    const clean = crossed(archiveWith(['5m', 'history']));
    expect(crossed(adjusting('5m'))).toEqual(clean);
    const misled = crossed(new Archive(storeOf('5m'), () => undefined));
    expect(misled, 'where nobody counts the split in').not.toEqual(clean);
  });

  it('tells bars as they were traded where that is asked', () => {
    const archive = adjusting('5m');
    const span = [ist('2026-07-30T00:00'), ist('2026-08-05T00:00')] as const;
    const bars = archive.loadAsTraded(INFY.key, '5m', calendar, ...span);
    expect(candlesOf(bars, INFY.key, '5m')).toEqual(asTraded('5m'));
  });
});

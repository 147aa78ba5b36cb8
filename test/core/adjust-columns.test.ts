import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustColumns, unadjustColumns } from '../../src/core/adjust-columns.ts';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import { type CandleColumns, columnsOf, NO_CANDLES } from '../../src/core/candle-columns.ts';
import { actionsInForce, type CorporateAction } from '../../src/core/corporate-action.ts';
import { resampleColumns } from '../../src/core/resample.ts';
import { day, ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

const calendar = nse();
const KEY = 'NSE:BAJFINANCE' as InstrumentKey;
const action = (exDate: string, factor: number, kind: CorporateAction['kind'] = 'split'): CorporateAction => ({
  instrument: KEY,
  exDate: day(exDate),
  kind,
  factor,
  note: '',
});
const bar = (time: string, price: number, volume: number | undefined = 100) => ({
  openTime: ist(time),
  open: price,
  high: price + 2,
  low: price - 2,
  close: price + 1,
  volume,
});

describe('adjustColumns', () => {
  it('counts a split of two and a bonus of four for one on the same day as ten for one', () => {
    const daily = columnsOf([bar('2025-06-13 09:15', 9_330, 1_000), bar('2025-06-16 09:15', 956, 20_000)]);
    const adjusted = adjustColumns(daily, [action('2025-06-16', 0.5), action('2025-06-16', 0.2, 'bonus')], calendar);
    expect([...adjusted.open]).toEqual([933, 956]);
    expect([...adjusted.close]).toEqual([9_331 * (0.5 * 0.2), 957]);
    expect([...adjusted.volume]).toEqual([10_000, 20_000]);
    expect(adjusted.openTime).toEqual(daily.openTime);
  });

  it('multiplies the factors of all that came after, in whatever order they are told', () => {
    const bars = columnsOf(
      ['2022-01-03', '2023-01-02', '2024-01-02', '2025-01-02'].map((date) => bar(`${date} 09:15`, 800)),
    );
    const actions = [action('2024-06-03', 0.25), action('2022-06-01', 0.5), action('2023-06-01', 0.5, 'bonus')];
    expect([...adjustColumns(bars, actions, calendar).open]).toEqual([50, 100, 200, 800]);
    expect([...adjustColumns(bars, actions, calendar).volume]).toEqual([1_600, 800, 400, 100]);
  });

  it('leaves the number of shares alone in a demerger', () => {
    const bars = columnsOf([bar('2025-10-13 15:29', 660), bar('2025-10-14 10:00', 400)]);
    const adjusted = adjustColumns(bars, [action('2025-10-14', 0.6, 'demerger')], calendar);
    expect([...adjusted.open]).toEqual([396, 400]);
    expect([...adjusted.volume]).toEqual([100, 100]);
  });

  it('keeps an unknown volume unknown', () => {
    const bars = columnsOf([{ ...bar('2025-06-13 09:15', 100), volume: undefined }]);
    expect([...adjustColumns(bars, [action('2025-06-16', 0.5)], calendar).volume]).toEqual([Number.NaN]);
  });

  it('hands back what it got where nothing applies', () => {
    const bars = columnsOf([bar('2025-06-16 09:15', 956)]);
    expect(adjustColumns(bars, [action('2025-06-16', 0.1)], calendar)).toBe(bars);
    expect(adjustColumns(bars, [], calendar)).toBe(bars);
    expect(adjustColumns(NO_CANDLES, [action('2025-06-16', 0.1)], calendar)).toBe(NO_CANDLES);
  });

  it('changes nothing in the columns it got', () => {
    const bars = columnsOf([bar('2025-06-13 09:15', 9_330)]);
    adjustColumns(bars, [action('2025-06-16', 0.1)], calendar);
    expect(bars).toEqual(columnsOf([bar('2025-06-13 09:15', 9_330)]));
  });
});

describe('adjusting, whatever the bars and actions', () => {
  const DATES = ['2026-07-27', '2026-07-28', '2026-07-29', '2026-07-30', '2026-07-31', '2026-08-03', '2026-08-04'];
  const actions = fc.array(
    fc.record({
      exDate: fc.constantFrom(...DATES, '2026-09-01', '2020-01-01'),
      factor: fc.constantFrom(0.1, 0.2, 1 / 3, 0.5, 0.605_373, 0.75, 2),
      kind: fc.constantFrom('split', 'bonus', 'demerger'),
    }),
    { maxLength: 5 },
  );
  /** Minutes of the dates' first hours, some missing. */
  const minutes = fc
    .array(
      fc.record({
        minute: fc.integer({ min: 0, max: DATES.length * 90 - 1 }),
        price: fc.integer({ min: 100, max: 1_000_000 }),
        spread: fc.integer({ min: 0, max: 99 }),
        volume: fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 60 },
    )
    .map((rows) =>
      columnsOf(
        [...new Map(rows.map((row) => [row.minute, row])).values()]
          .sort((a, b) => a.minute - b.minute)
          .map(({ minute, price, spread, volume }) => ({
            openTime: (ist(`${DATES[Math.floor(minute / 90)]} 09:15`) + (minute % 90) * 60_000) as EpochMs,
            open: price / 20,
            high: (price + spread) / 20,
            low: (price - spread) / 20,
            close: (price + spread / 2) / 20,
            volume,
          })),
      ),
    );
  const told = (list: readonly { exDate: string; factor: number; kind: CorporateAction['kind'] }[]) =>
    list.map(({ exDate, factor, kind }) => action(exDate, factor, kind));

  it('is undone by its inverse, to a billionth', () => {
    fc.assert(
      fc.property(minutes, actions, (bars, list) => {
        expectNear(unadjustColumns(adjustColumns(bars, told(list), calendar), told(list), calendar), bars);
        expectNear(adjustColumns(unadjustColumns(bars, told(list), calendar), told(list), calendar), bars);
      }),
    );
  });

  it.each(['5m', '1h', '1d'] as const)('comes to the same before and after making %s bars', (timeframe) => {
    fc.assert(
      fc.property(minutes, actions, (bars, list) => {
        const early = resampleColumns(adjustColumns(bars, told(list), calendar), timeframe, calendar);
        const late = adjustColumns(resampleColumns(bars, timeframe, calendar), told(list), calendar);
        expectNear(early, late);
      }),
    );
  });

  /** Sums of quantities are told in steps of this. */
  const STEP = 1e-8;

  function expectNear(actual: CandleColumns, expected: CandleColumns): void {
    expect(actual.openTime).toEqual(expected.openTime);
    for (const field of ['open', 'high', 'low', 'close', 'volume'] as const)
      for (const [row, value] of expected[field].entries()) {
        const found = actual[field][row] ?? 0;
        if (Number.isNaN(value)) expect(found).toBeNaN();
        else {
          const noise = 1e-9 * Math.max(1, Math.abs(value)) + (field === 'volume' ? STEP : 0);
          expect(Math.abs(found - value), `${field} ${row}`).toBeLessThanOrEqual(noise);
        }
      }
  }
});

describe('actionsInForce', () => {
  it('knows of a split from the morning of its ex-date, and of no other share’s', () => {
    const split = action('2025-06-16', 0.1);
    const other = { ...action('2022-07-28', 0.1), instrument: 'NSE:TATASTEEL' as InstrumentKey };
    expect(actionsInForce([split, other], KEY, day('2025-06-15'))).toEqual([]);
    expect(actionsInForce([split, other], KEY, day('2025-06-16'))).toEqual([split]);
  });
});

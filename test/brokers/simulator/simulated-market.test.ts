import { describe, expect, it } from 'vitest';
import { emaCrossStudy, judgeEmaCross } from '../../../src/core/scanner/ema-cross.ts';
import { COMPANIES } from '../../../src/main/brokers/simulator/companies.ts';
import type { MarketDay } from '../../../src/main/brokers/simulator/market-day.ts';
import { minuteTrades } from '../../../src/main/brokers/simulator/minute-trades.ts';
import type { Listing } from '../../../src/main/brokers/simulator/simulated-market.ts';
import { ist } from '../../support/ist.ts';
import { universe } from '../open-context.ts';
import { DATES, dayOf, listingOf, market, tradesOf } from './market.ts';

const listings = market();
const all = [...listings.values()];
const stocks = all.filter(({ instrument }) => instrument.segment !== 'nse-index');
const index = listingOf(listings, 'NIFTY 50');

const minuteReturns = (day: MarketDay): number[] =>
  Array.from(day.close, (close, minute) => Math.log(close / (day.close[minute - 1] ?? day.open[0] ?? close)));

function correlation(a: readonly number[], b: readonly number[]): number {
  const deviations = (values: readonly number[]): number[] => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.map((value) => value - mean);
  };
  const [x, y] = [deviations(a), deviations(b)];
  const product = (p: readonly number[], q: readonly number[]): number =>
    p.reduce((sum, value, at) => sum + value * (q[at] ?? 0), 0);
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y));
}

const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the simulated market', () => {
  it('lists the index and its fifty members, in the order asked for', () => {
    expect([...listings.keys()]).toEqual(universe.map(({ key }) => key));
    expect(COMPANIES.map(({ symbol }) => `NSE:${symbol}`).sort()).toEqual(
      stocks.map(({ instrument }) => instrument.key as string).sort(),
    );
  });

  it('is the same for the same seed, whoever asks for what first, and another for another', () => {
    const again = market();
    const alone = market(20, universe.filter(({ key }) => key === 'NSE:INFY' || key === 'NSE:NIFTY 50').reverse());
    const other = market(21);
    for (const symbol of ['INFY', 'NIFTY 50']) {
      const trades = tradesOf(dayOf(listingOf(listings, symbol), '2026-11-20'));
      dayOf(listingOf(again, symbol), '2022-05-05');
      expect(tradesOf(dayOf(listingOf(again, symbol), '2026-11-20'))).toEqual(trades);
      expect(tradesOf(dayOf(listingOf(alone, symbol), '2026-11-20'))).toEqual(trades);
      expect(tradesOf(dayOf(listingOf(other, symbol), '2026-11-20'))).not.toEqual(trades);
    }
  });

  it('keeps the hours of the calendar', () => {
    const hours = (date: string): (number | undefined)[] => {
      const { minutes } = dayOf(listingOf(listings, 'INFY'), date);
      return [minutes.length, minutes[0], minutes.at(-1)];
    };
    expect(hours('2026-07-30')).toEqual([375, ist('2026-07-30 09:15'), ist('2026-07-30 15:29')]);
    expect(hours('2026-11-20')).toEqual([360, ist('2026-11-20 09:15'), ist('2026-11-20 15:14')]);
    expect(hours('2024-03-02'), 'two parts').toEqual([105, ist('2024-03-02 09:15'), ist('2024-03-02 12:29')]);
    for (const date of ['2026-11-10', '2026-11-21', '2021-12-31']) {
      expect(listingOf(listings, 'INFY').day(date as never), date).toBeUndefined();
    }
  });

  it('has trades that make up its minutes exactly, within the minute and in order', () => {
    for (const listing of all) {
      const day = dayOf(listing, '2026-11-20');
      const { key } = listing.instrument;
      expect(minuteTrades(day, 0).second[0], 'everybody opens at the open').toBe(0);
      for (let minute = 0; minute < day.minutes.length; minute += 1) {
        const { second, price } = minuteTrades(day, minute);
        expect(second).toHaveLength(day.trades[minute] ?? -1);
        if (second.length === 0) continue;
        const shown = [price[0], Math.max(...price), Math.min(...price), price.at(-1)];
        expect(shown, `${key} ${minute}`).toEqual(
          [day.open, day.high, day.low, day.close].map((column) => column[minute]),
        );
        expect(second.every((each, row) => each < 60 && (row === 0 || each > (second[row - 1] ?? 60)))).toBe(true);
      }
    }
  });

  it('counts volume in whole shares that never shrink, from what the opening auction traded; an index has none', () => {
    for (const listing of all) {
      const day = dayOf(listing, '2026-11-20');
      const volumes = tradesOf(day).map(([, , volume]) => volume);
      const total = day.volume.reduce((sum, volume) => sum + volume, 0);
      const opening = day.volumeBefore[0] ?? Number.NaN;
      expect([volumes[0], volumes.at(-1)]).toEqual([opening, opening + total]);
      expect(
        volumes.every((volume, at) => Number.isInteger(volume) && (at === 0 || volume >= (volumes[at - 1] ?? 0))),
      ).toBe(true);
      expect(total > 0).toBe(listing.instrument.segment !== 'nse-index');
    }
  });

  it('prices in steps of the tick size, at sane levels for years', () => {
    for (const listing of all) {
      const { tickSize } = listing.instrument;
      const level = listing.grid.toPrice(dayOf(listing, '2022-01-03').previousClose);
      for (const date of ['2022-06-15', '2024-03-02', ...DATES]) {
        const day = dayOf(listing, date);
        for (const [, steps] of tradesOf(day).slice(0, 50)) {
          const price = listing.grid.toPrice(steps);
          expect(price / tickSize).toBeCloseTo(Math.round(price / tickSize), 6);
          expect(price, 'as a person would write it').toBe(Number(price.toFixed(2)));
        }
        const close = listing.grid.toPrice(day.close.at(-1) ?? 0);
        expect(close / level, `${listing.instrument.key} ${date}`).toBeGreaterThan(0.4);
        expect(close / level, `${listing.instrument.key} ${date}`).toBeLessThan(2.5);
      }
    }
  });

  it('opens with a gap from yesterday’s close', () => {
    for (const listing of all) {
      const [before, after] = [dayOf(listing, '2026-11-19'), dayOf(listing, '2026-11-20')];
      expect(after.previousClose, 'the closing auction').toBe(before.auctions.at(-1)?.price);
      const last = dayOf(listing, '2026-07-29').close.at(-1);
      expect(dayOf(listing, '2026-07-30').previousClose, 'the last trade, before there was one').toBe(last);
    }
    const gaps = stocks.map((listing) => {
      const { open, previousClose } = dayOf(listing, '2026-11-20');
      return Math.abs((open[0] ?? 0) / previousClose - 1);
    });
    expect(average(gaps)).toBeGreaterThan(0.001);
    expect(Math.max(...gaps)).toBeLessThan(0.06);
  });

  it('moves companies of a sector together, others less, and a day by one or two percent', () => {
    const returns = new Map(
      ['INFY', 'TCS', 'HCLTECH', 'WIPRO', 'HDFCBANK', 'ICICIBANK', 'AXISBANK', 'ITC'].map((symbol) => [
        symbol,
        DATES.flatMap((date) => minuteReturns(dayOf(listingOf(listings, symbol), date))),
      ]),
    );
    const pairs = (groups: readonly (readonly [string, string])[]): number =>
      average(groups.map(([a, b]) => correlation(returns.get(a) ?? [], returns.get(b) ?? [])));
    const within = pairs([
      ['INFY', 'TCS'],
      ['HCLTECH', 'WIPRO'],
      ['HDFCBANK', 'ICICIBANK'],
      ['ICICIBANK', 'AXISBANK'],
    ]);
    const across = pairs([
      ['INFY', 'HDFCBANK'],
      ['TCS', 'ITC'],
      ['WIPRO', 'AXISBANK'],
      ['ITC', 'ICICIBANK'],
    ]);
    // Recorded minutes of 2016 give 0.2 and 0.1.
    expect(within).toBeGreaterThan(0.25);
    expect(across).toBeGreaterThan(0.05);
    expect(within - across).toBeGreaterThan(0.1);
    const days = stocks.map((listing) => {
      const { open, close } = dayOf(listing, '2026-11-19');
      return Math.abs(Math.log((close.at(-1) ?? 1) / (open[0] ?? 1)));
    });
    expect(average(days)).toBeGreaterThan(0.003);
    expect(average(days)).toBeLessThan(0.03);
  });

  it('trades much after the open and before the close, and little at noon', () => {
    const byMinute = new Float64Array(360);
    for (const listing of stocks) {
      const { volume } = dayOf(listing, '2026-11-20');
      const whole = volume.reduce((sum, each) => sum + each, 0);
      volume.forEach((each, minute) => {
        byMinute[minute] = (byMinute[minute] ?? 0) + each / whole;
      });
    }
    const mean = (from: number, to: number): number => average([...byMinute.subarray(from, to)]);
    expect(mean(0, 15)).toBeGreaterThan(2 * mean(150, 210));
    expect(mean(345, 360)).toBeGreaterThan(1.5 * mean(150, 210));
  });

  it('has busy names with a trade nearly every second, and quiet ones that are silent for minutes', () => {
    const perMinute = (listing: Listing): number => average([...dayOf(listing, '2026-11-20').trades]);
    const rates = stocks.map(perMinute);
    expect(rates.filter((rate) => rate > 55).length).toBeGreaterThanOrEqual(20);
    const quiet = stocks.filter((listing) => perMinute(listing) < 6);
    expect(quiet.length).toBeGreaterThanOrEqual(3);
    for (const listing of quiet) {
      const times = tradesOf(dayOf(listing, '2026-11-20')).map(([time]) => time);
      const pauses = times.slice(1).map((time, at) => time - (times[at] ?? 0));
      expect(average(pauses), listing.instrument.key).toBeGreaterThan(10);
      expect(Math.max(...pauses), listing.instrument.key).toBeGreaterThan(120);
    }
  });

  it('moves the index as the weighted mean of its members', () => {
    const day = dayOf(index, '2026-11-20');
    const level = 25_000;
    const whole = COMPANIES.reduce((sum, { weight }) => sum + weight, 0);
    const mean = (minute: number): number =>
      COMPANIES.reduce((sum, { symbol, weight, level: base }) => {
        const listing = listingOf(listings, symbol);
        return (
          sum +
          (level * weight * listing.grid.toPrice(dayOf(listing, '2026-11-20').close[minute] ?? 0)) / (whole * base)
        );
      }, 0);
    for (const minute of [0, 1, 100, 359]) {
      expect(index.grid.toPrice(day.close[minute] ?? 0)).toBeCloseTo(mean(minute), 1);
    }
    const reach = Array.from(day.high, (high, minute) => high / (day.low[minute] ?? 1) - 1);
    expect(average(reach), 'calmer than its members').toBeLessThan(0.002);
  });

  it('confirms several signals in any twenty minutes on the seed that comes with the app', () => {
    const rule = { fast: 9, slow: 21, rsi: 14, momentum: 50 };
    const fired = new Map<number, number>();
    for (const listing of stocks) {
      let study = emaCrossStudy(rule);
      for (const date of ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20']) {
        const { close } = dayOf(listing, date);
        for (let bar = 0; bar < close.length / 5; bar += 1) {
          const next = study.next(close[bar * 5 + 4] ?? 0);
          const slot = date === '2026-11-20' ? bar : -1;
          if (judgeEmaCross(rule, study.value, next.value).kind === 'fires')
            fired.set(slot, (fired.get(slot) ?? 0) + 1);
          study = next;
        }
      }
    }
    const windows = Array.from({ length: 69 }, (_, first) =>
      [0, 1, 2, 3].reduce((sum, bar) => sum + (fired.get(first + bar) ?? 0), 0),
    );
    expect(windows[3], 'the first two minutes of a first start, at ten times real speed').toBeGreaterThanOrEqual(4);
    expect(Math.min(...windows)).toBeGreaterThanOrEqual(2);
    expect(average(windows)).toBeGreaterThan(5);
    expect(average(windows), 'a scanner, not a siren').toBeLessThan(20);
  });

  it('makes a day of all instruments in a blink', () => {
    const fresh = market();
    for (const listing of fresh.values()) dayOf(listing, '2026-11-19');
    const began = performance.now();
    for (const listing of fresh.values()) dayOf(listing, '2026-11-20');
    // About 5 ms; the bound leaves room for a busy machine.
    expect(performance.now() - began).toBeLessThan(150);
  });
});

import { describe, expect, it } from 'vitest';
import { AUCTIONS } from '../../../src/core/auction.ts';
import type { InstrumentKey } from '../../../src/core/brand.ts';
import type { Calendar } from '../../../src/core/calendar.ts';
import type { Segment } from '../../../src/core/instrument.ts';
import type { AuctionRow } from '../../../src/main/brokers/simulator/auction-tape.ts';
import { COMPANIES } from '../../../src/main/brokers/simulator/companies.ts';
import { createMarket } from '../../../src/main/brokers/simulator/simulated-market.ts';
import { ist } from '../../support/ist.ts';
import { calendarOf, universe } from '../open-context.ts';
import { DATES, dayOf, listingOf, market } from './market.ts';

const listings = market();
const all = [...listings.values()];
const stocks = all.filter(({ instrument }) => instrument.segment !== 'nse-index');

function rowsOf(symbol: string, date: string, kind: AuctionRow['kind']): readonly AuctionRow[] {
  return dayOf(listingOf(listings, symbol), date).auctions.filter((row) => row.kind === kind);
}

/** The market on the same calendar, with every auction struck out. */
function withoutAuctions(segment: Segment): Calendar {
  const calendar = calendarOf(segment);
  return {
    ...calendar,
    session(date) {
      const session = calendar.session(date);
      return session && { ...session, preOpen: undefined, closingAuction: undefined };
    },
  };
}

describe('the auctions of the simulated market', () => {
  it.each([
    ['the last day before closing auctions', '2026-07-31', ['09:10', '09:11'], undefined],
    ['the first day of them', '2026-08-03', ['09:10', '09:11'], ['15:15', '15:30']],
    ['an ordinary day', '2026-11-20', ['09:10', '09:11'], ['15:15', '15:30']],
    ['Muhurat trading', '2026-11-08', ['17:55', '17:56'], undefined],
    ['Muhurat trading whose pre-open nobody knows', '2022-10-24', undefined, undefined],
    ['a Saturday in two parts', '2024-03-02', ['09:10', '09:11'], undefined],
  ] as const)('are those of %s, %s', (_case, date, preOpen, closing) => {
    const spans = { 'pre-open': preOpen, closing };
    for (const listing of all) {
      const { auctions } = dayOf(listing, date);
      for (const kind of AUCTIONS) {
        const times = auctions.filter((row) => row.kind === kind).map(({ time }) => time);
        const span = spans[kind];
        if (span === undefined) expect(times, kind).toEqual([]);
        else {
          const [open, close] = span.map((time) => ist(`${date} ${time}`));
          expect(times[0], kind).toBe(open);
          expect(
            times.slice(1).every((time, at) => time > (times[at] ?? time)),
            kind,
          ).toBe(true);
          expect(times.at(-1), kind).toBeLessThan(close ?? 0);
          expect(times.every((time) => time % 1_000 === 0)).toBe(true);
        }
      }
    }
  });

  it('begin with the last price, and trade at one price near the trade beside them', () => {
    for (const listing of all) {
      for (const date of [...DATES, '2026-08-03', '2026-11-08']) {
        const { auctions, previousClose, open, close } = dayOf(listing, date);
        for (const kind of AUCTIONS) {
          const rows = auctions.filter((row) => row.kind === kind);
          const trades = rows.filter(({ hasTraded }) => hasTraded);
          if (rows.length === 0) continue;
          const [before, beside] = kind === 'pre-open' ? [previousClose, open[0]] : [close.at(-1), close.at(-1)];
          for (const still of rows.slice(0, -trades.length))
            expect(still).toMatchObject({ price: before, volume: 0, hasTraded: false });
          expect(rows.slice(-trades.length), 'the trades come last').toEqual(trades);
          const prices = new Set(trades.map(({ price }) => price));
          expect(prices.size, `${listing.instrument.key} ${kind}`).toBe(1);
          const [price = 0] = prices;
          expect(Math.abs(price / (beside ?? 0) - 1)).toBeLessThan(kind === 'pre-open' ? 0.003 : 0.005);
        }
      }
    }
    const distance = (kind: AuctionRow['kind'], column: 'open' | 'close'): number[] =>
      stocks.map((listing) => {
        const day = dayOf(listing, '2026-11-20');
        const price = day.auctions.findLast((row) => row.kind === kind)?.price ?? Number.NaN;
        return Math.abs(price / (day[column].at(column === 'open' ? 0 : -1) ?? 0) - 1);
      });
    for (const distances of [distance('pre-open', 'open'), distance('closing', 'close')])
      expect(distances.filter((each) => each > 0).length, 'seldom the very price').toBeGreaterThan(35);
  });

  it('trade one or some percent of the day, the opening one in two halves; an index trades nothing', () => {
    for (const listing of all) {
      const { auctions, volume, volumeBefore, hasVolume } = dayOf(listing, '2026-11-20');
      const traded = volume.reduce((sum, each) => sum + each, 0);
      const [opening, closing] = AUCTIONS.map((kind) =>
        auctions.filter((row) => row.kind === kind).map((row) => row.volume),
      );
      if (!hasVolume) {
        expect([opening, closing]).toEqual([
          [0, 0],
          [0, 0, 0],
        ]);
        continue;
      }
      const [opened = 0, closed = 0] = [opening?.at(-1), closing?.at(-1)];
      expect(opening).toEqual([0, Math.floor(opened / 2), opened]);
      expect(closing).toEqual([0, 0, closed]);
      expect(opened / traded).toBeGreaterThan(0.003);
      expect(opened / traded).toBeLessThan(0.017);
      expect(closed / traded).toBeGreaterThan(0.019);
      expect(closed / traded).toBeLessThan(0.061);
      expect(volumeBefore[0], 'the day counts on from there').toBe(opened);
    }
  });

  it('move the index to the mean of what its members’ came to, once all are told', () => {
    const whole = COMPANIES.reduce((sum, { weight }) => sum + weight, 0);
    const index = listingOf(listings, 'NIFTY 50');
    for (const date of ['2026-08-03', '2026-11-20']) {
      for (const kind of AUCTIONS) {
        const jump = rowsOf('NIFTY 50', date, kind).at(-1);
        const members = COMPANIES.map((company) => {
          const row = rowsOf(company.symbol, date, kind).at(-1);
          const price = listingOf(listings, company.symbol).grid.toPrice(row?.price ?? 0);
          return { time: row?.time ?? 0, part: (25_000 * company.weight * price) / (whole * company.level) };
        });
        expect(jump?.time).toBeGreaterThan(Math.max(...members.map(({ time }) => time)));
        const mean = members.reduce((sum, { part }) => sum + part, 0);
        expect(index.grid.toPrice(jump?.price ?? 0)).toBeCloseTo(mean, 1);
      }
    }
  });

  it('come at another moment each day and with each seed, always the same for the same', () => {
    const closings = (seed: number): number[] =>
      ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20'].map((date) => {
        const day = dayOf(listingOf(market(seed), 'INFY'), date);
        return (day.auctions.at(-1)?.time ?? 0) - ist(`${date} 15:28`);
      });
    expect(closings(20)).toEqual(closings(20));
    expect(new Set(closings(20)).size).toBeGreaterThan(3);
    expect(closings(21)).not.toEqual(closings(20));
  });

  it('leave continuous trading as it would be without them', () => {
    const plain = createMarket(20, universe, withoutAuctions);
    for (const [key, listing] of plain) {
      for (const date of ['2026-07-30', '2026-11-20']) {
        const [bare, whole] = [dayOf(listing, date), dayOf(listingOf(listings, key.slice(4)), date)];
        expect(bare.auctions).toEqual([]);
        for (const column of ['minutes', 'open', 'high', 'low', 'close', 'trades', 'volume'] as const)
          expect(whole[column], `${key} ${date} ${column}`).toEqual(bare[column]);
      }
    }
  });

  it('make the official close, which the next day is counted from', () => {
    const next = (symbol: string, date: string) => dayOf(listingOf(listings, symbol), date).previousClose;
    for (const symbol of ['INFY', 'APOLLOHOSP', 'NIFTY 50']) {
      expect(next(symbol, '2026-11-23')).toBe(rowsOf(symbol, '2026-11-20', 'closing').at(-1)?.price);
      expect(next(symbol, '2026-11-09'), 'after Muhurat trading').toBe(
        dayOf(listingOf(listings, symbol), '2026-11-08').close.at(-1),
      );
    }
  });

  it('widen the day’s range', () => {
    let beyond = 0;
    for (const { instrument } of stocks) {
      const key: InstrumentKey = instrument.key;
      const day = dayOf(listingOf(listings, key.slice(4)), '2026-11-20');
      const opening = day.auctions.findLast((row) => row.kind === 'pre-open')?.price ?? Number.NaN;
      expect([day.highBefore[0], day.lowBefore[0]]).toEqual([opening, opening]);
      expect(day.highBefore.at(-1)).toBeGreaterThanOrEqual(opening);
      if (opening > Math.max(...day.high) || opening < Math.min(...day.low)) beyond += 1;
    }
    expect(beyond, 'for some it is the day’s high or low').toBeGreaterThan(0);
  });
});

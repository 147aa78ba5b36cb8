import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { EpochMs, TradingDate } from '../../src/core/brand.ts';
import { isTrading } from '../../src/core/calendar.ts';
import { findResources } from '../../src/main/platform/find-resources.ts';
import { loadCalendarData } from '../../src/main/platform/load-calendar.ts';
import { loadUniverse } from '../../src/main/platform/load-universe.ts';
import { nse } from '../support/nse.ts';

const MARKET_DATA = join(import.meta.dirname, '../../../shared/market-data');
const MINUTES = join(MARKET_DATA, '1m');
const resources = findResources(import.meta.dirname);

const holidayFile = z.object({
  holidays: z.record(z.string(), z.array(z.object({ date: z.string(), name: z.string() }))),
});
const indexFile = z.object({ constituents: z.array(z.object({ symbol: z.string(), company: z.string() })) });
const read = (name: string): unknown => JSON.parse(readFileSync(join(MARKET_DATA, name), 'utf8'));

/** The opening times in a file of minute bars, by the date on the wall in India. */
function minutesByDate(file: string): Map<TradingDate, EpochMs[]> {
  const days = new Map<TradingDate, EpochMs[]>();
  for (const line of readFileSync(join(MINUTES, file), 'utf8').split('\n').slice(1)) {
    if (line === '') continue;
    const time = (Number(line.slice(0, line.indexOf(','))) * 1_000) as EpochMs;
    const date = nse().dateOf(time);
    const minutes = days.get(date);
    if (minutes === undefined) days.set(date, [time]);
    else minutes.push(time);
  }
  return days;
}

describe.skipIf(!existsSync(MARKET_DATA))('the shipped calendar (compared with ../shared/market-data)', () => {
  it('has every listed holiday of 2024 to 2026, and no other', () => {
    const { holidays } = holidayFile.parse(read('nse-holidays.json'));
    const listed = Object.values(holidays).flat();
    const shipped = Object.entries(loadCalendarData(resources).holidays).filter(([date]) => date >= '2024');
    expect(shipped).toEqual(listed.map(({ date, name }) => [date, name]).sort());
  });

  it('has every constituent', () => {
    const { constituents } = indexFile.parse(read('nifty50.json'));
    const shipped = loadUniverse(resources).slice(1);
    expect(shipped.map(({ key, name }) => [key, name])).toEqual(
      constituents.map(({ symbol, company }) => [`NSE:${symbol}`, company]),
    );
  });

  const files = existsSync(MINUTES) ? readdirSync(MINUTES).filter((name) => name.endsWith('.csv')) : [];
  it.each(files)('opens when %s does, and holds its bars', (file) => {
    const days = minutesByDate(file);
    expect(days.size).toBeGreaterThan(0);
    for (const [date, minutes] of days) {
      const session = nse().session(date);
      if (session === undefined) return expect.unreachable(`${date} has bars but no session`);
      expect(minutes[0], date).toBe(session.open);
      // Only what a venue tells of the closing auction lies outside.
      const outside = minutes.filter((time) => !isTrading(session, time));
      const auction = session.closingAuction;
      const afterClose = outside.filter(
        (time) => auction !== undefined && time >= auction.open && time < auction.close,
      );
      expect(afterClose, date).toEqual(outside);
    }
  });
});

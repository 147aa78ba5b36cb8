import { beforeAll, describe, expect, it } from 'vitest';
import { settingsSchema } from '../../../src/contract/settings.ts';
import type { EpochMs, InstrumentKey, TradingDate } from '../../../src/core/brand.ts';
import type { Candle } from '../../../src/core/candle.ts';
import { simulator } from '../../../src/main/brokers/simulator/index.ts';
import { Archive } from '../../../src/main/engine/archive.ts';
import { ist } from '../../support/ist.ts';
import { openWorld, settle } from '../../support/world.ts';
import { calendarOf, openContext } from '../open-context.ts';
import { dayOf, listingOf, market } from './market.ts';

const SYMBOLS = ['NIFTY 50', 'INFY', 'RELIANCE', 'APOLLOHOSP'];
const keyOf = (symbol: string): InstrumentKey => `NSE:${symbol}` as InstrumentKey;
/** Market seconds a second lasts: a day in half a minute of the tests' clock. */
const SPEED = 1_000;

/** A world over the simulator that lived from one market time to another. */
async function live(from: string, to: string) {
  const context = openContext({
    instruments: openContext().instruments.filter(({ key }) => SYMBOLS.map(keyOf).includes(key)),
    settings: settingsSchema.parse({ feed: { simulator: { speed: SPEED } } }).feed,
    resumeAt: ist(from),
  });
  const session = await simulator.open(context);
  const opened = openWorld(session, context.clock, { feed: { simulator: { speed: SPEED } } });
  await opened.world.start();
  for (let step = 0; step < 5_000 && opened.world.marketTime < ist(to); step += 1) {
    context.clock.advance(50);
    await settle();
  }
  expect(opened.world.marketTime).toBeGreaterThanOrEqual(ist(to));
  return { ...opened, session };
}

describe('a simulated day in the store', () => {
  let day: Awaited<ReturnType<typeof live>>;
  // Friday before, evening: it goes on with the pre-open of Monday and ends after Tuesday's, a holiday, on Wednesday.
  beforeAll(async () => {
    day = await live('2026-11-20 15:36', '2026-11-25 09:30');
  });

  it.each(SYMBOLS)('has one pre-open and one closing auction of %s', (symbol) => {
    const { auctions } = dayOf(listingOf(market(), symbol), '2026-11-23');
    const { grid } = listingOf(market(), symbol);
    const stored = day.store.loadAuctions(keyOf(symbol), ist('2026-11-23 00:00'), ist('2026-11-24 00:00'));
    expect(stored.map(({ kind }) => kind)).toEqual(['pre-open', 'closing']);
    for (const bar of stored) {
      const row = auctions.findLast(({ kind }) => kind === bar.kind);
      const price = grid.toPrice(row?.price ?? 0);
      const volume = symbol === 'NIFTY 50' ? undefined : row?.volume;
      expect(bar).toMatchObject({ open: price, high: price, low: price, close: price, volume });
    }
  });

  it.each(SYMBOLS)('has bars of %s of continuous trading alone, equal to history’s', async (symbol) => {
    const { history } = day.session;
    const [from, to] = [ist('2026-11-23 00:00'), ist('2026-11-24 00:00')];
    const instrument = keyOf(symbol);
    for (const timeframe of ['5s', '1m'] as const) {
      const archive = new Archive(day.store, () => undefined);
      const { openTime, open, high, low, close, volume } = archive.load(
        instrument,
        timeframe,
        calendarOf('nse-cas'),
        from,
        to,
      );
      expect(openTime[0]).toBe(ist('2026-11-23 09:15'));
      expect(openTime.at(-1)).toBeLessThan(ist('2026-11-23 15:15'));
      const told = (await history?.candles({ instrument, timeframe, from, to }, new AbortController().signal)) ?? [];
      const columns = (field: keyof Candle): number[] => told.map((bar) => Number(bar[field] ?? Number.NaN));
      expect([...openTime], timeframe).toEqual(columns('openTime'));
      expect([...open], timeframe).toEqual(columns('open'));
      expect([...high], timeframe).toEqual(columns('high'));
      expect([...low], timeframe).toEqual(columns('low'));
      expect([...close], timeframe).toEqual(columns('close'));
      expect([...volume], timeframe).toEqual(columns('volume'));
    }
    const stored = day.store.loadCandles(instrument, '5s', ist('2026-11-23 15:15'), ist('2026-11-25 09:15'));
    expect([...stored.openTime], 'nothing in an auction').toEqual([]);
  });

  it.each(SYMBOLS)('opens and closes %s at the auctions’ prices, as history has it', async (symbol) => {
    const instrument = keyOf(symbol);
    const [from, to] = [ist('2026-11-23 00:00'), ist('2026-11-24 00:00')];
    const made = new Archive(day.store, () => undefined).load(instrument, '1d', calendarOf('nse-cas'), from, to);
    const never = new AbortController().signal;
    const [told] = (await day.session.history?.candles({ instrument, timeframe: '1d', from, to }, never)) ?? [];
    const [opening, closing] = day.store.loadAuctions(instrument, from, to);
    expect([made.open[0], made.close[0]]).toEqual([opening?.close, closing?.close]);
    expect([made.open[0], made.high[0], made.low[0], made.close[0], made.volume[0]]).toEqual([
      told?.open,
      told?.high,
      told?.low,
      told?.close,
      told?.volume ?? Number.NaN,
    ]);
    const [next] = day.world.snapshot().quotes.filter((quote) => quote.instrument === instrument);
    expect(next?.previousClose, 'what the next day is counted from').toBe(told?.close);
  });

  it('is green in the ledger, seen by the feed alone', () => {
    const { rows } = day.world.ledger('2026-11-23' as TradingDate);
    expect(rows).toHaveLength(SYMBOLS.length);
    for (const row of rows)
      expect(row).toMatchObject({ grade: 'green', expected: 360, received: 360, repaired: 0, missing: 0, holes: [] });
    expect(day.troubles).toEqual([]);
    const { outsideSession, late, inferred, volumeResets, badBars, rejects } = day.world.snapshot().stats;
    expect({ outsideSession, late, inferred, volumeResets, badBars, rejects }).toEqual({
      outsideSession: 0,
      late: 0,
      inferred: 0,
      volumeResets: 0,
      badBars: 0,
      rejects: {},
    });
  });
});

describe('a simulated evening', () => {
  it('leaves the newest session green at once, known to the store too', async () => {
    const { world, store, session } = await live('2026-11-20 09:10', '2026-11-20 15:15:30');
    for (const row of world.ledger(null).rows) expect(row).toMatchObject({ grade: 'green', received: 360 });
    const date = '2026-11-20' as TradingDate;
    const { open, close } = calendarOf('nse-cas').session(date) ?? { open: 0 as EpochMs, close: 0 as EpochMs };
    for (const { key } of session.instruments) {
      const spans = store.covered(key, open, close).filter(({ provenance }) => provenance === 'live');
      expect(Math.max(...spans.map((span) => span.close)), 'claimed to the close').toBe(close);
    }
    await world.close();
  });

  it.each(['2026-07-30', '2026-11-08', '2024-03-02'])('is green on %s, which has no closing auction', async (date) => {
    const { open = 0 as EpochMs, close = 0 as EpochMs } = calendarOf('nse-cas').session(date as TradingDate) ?? {};
    const text = (time: number): string => new Date(time + 19_800_000).toISOString().slice(0, 19);
    const { world, store } = await live(text(open - 10 * 60_000), text(close + 30_000));
    const { rows } = world.ledger(null);
    expect(rows.map((row) => row.date)).toEqual(SYMBOLS.map(() => date));
    for (const row of rows) expect(row).toMatchObject({ grade: 'green', repaired: 0, missing: 0 });
    for (const symbol of SYMBOLS) {
      const kinds = store.loadAuctions(keyOf(symbol), (open - 3_600_000) as EpochMs, (close + 3_600_000) as EpochMs);
      expect(kinds.map(({ kind }) => kind)).toEqual(['pre-open']);
    }
    await world.close();
  });
});

it('has the whole quantity of the first bars of a run that began in the midst of a session', async () => {
  const { store, session } = await live('2026-11-23 11:00:00', '2026-11-23 11:05:00');
  const [from, to] = [ist('2026-11-23 11:00:00'), ist('2026-11-23 11:04:00')];
  for (const symbol of SYMBOLS.slice(1)) {
    const instrument = keyOf(symbol);
    const stored = store.loadCandles(instrument, '5s', from, to);
    const told = await session.history?.candles(
      { instrument, timeframe: '5s', from, to },
      new AbortController().signal,
    );
    expect([...stored.volume], symbol).toEqual(told?.map(({ volume }) => volume));
    expect(stored.openTime[0], symbol).toBe(told?.[0]?.openTime);
  }
});

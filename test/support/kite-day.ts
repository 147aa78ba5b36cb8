import type { CandleTable } from '../../src/contract/commands.ts';
import type { Ledger, LedgerRow } from '../../src/contract/coverage.ts';
import type { EngineEvent } from '../../src/contract/events.ts';
import type { EpochMs, InstrumentKey, TradingDate } from '../../src/core/brand.ts';
import type { FakeCandle } from '../fakes/kite-candles.ts';
import type { KiteVenue } from '../fakes/kite-venue.ts';
import { ask, engineOver, kite, snapshotOf } from './composed.ts';
import { ist } from './ist.ts';
import { minutesOfTape, TAPE_INSTRUMENTS, tapeOfDay } from './market-tape.ts';
import { PlayedMarket } from './played-market.ts';
import { UneasyClock } from './uneasy-clock.ts';

/** Trading days before those that are played: more than a rule of 5-minute bars looks back on. */
const DAYS_BEFORE = ['2026-10-23', '2026-10-26', '2026-10-27', '2026-10-28', '2026-10-29'];
export const FRIDAY = '2026-10-30' as TradingDate;
export const MONDAY = '2026-11-02' as TradingDate;
const ALL_DAYS = [...DAYS_BEFORE, FRIDAY, MONDAY];

const keyOf = (symbol: string): InstrumentKey => `NSE:${symbol}` as InstrumentKey;
export const KEYS = TAPE_INSTRUMENTS.map(({ tradingSymbol }) => keyOf(tradingSymbol));
export const INFY_KEY = keyOf('INFY');

/** The whole engine at a fake Kite, in Auto mode, on a clock that sleeps; the market's every trade is known. */
export async function kiteDay(
  start: string,
  changeEnv: (venue: KiteVenue) => Readonly<Record<string, string>> = noEnv,
  folder?: string,
) {
  const clock = new UneasyClock(ist(start));
  // This clock runs far ahead of the machine's, by which the fake would count.
  const venue = await kite(false);
  const { useClock: followClock } = venue;
  followClock(clock);
  for (const { token } of TAPE_INSTRUMENTS) venue.setMinutes(token, minutesOfTape(token, ALL_DAYS));
  const past = ALL_DAYS.flatMap(tapeOfDay).findLast(({ time }) => time <= clock.now());
  await venue.tick(...(past?.ticks ?? []));
  const { engine, events, logged, dir } = await engineOver(
    clock,
    { ...venue.env, ...changeEnv(venue) },
    { feed: { source: 'kite', mode: 'auto', lists: { kite: { instruments: KEYS } } } },
    folder,
  );
  const market = new PlayedMarket(clock, venue);
  market.lay([...tapeOfDay(FRIDAY), ...tapeOfDay(MONDAY)].filter(({ time }) => time > clock.now()));
  const feed = async () => (await snapshotOf(engine)).feed;
  const isLive = async (): Promise<boolean> => (await feed()).status.state === 'live';
  return {
    clock,
    venue,
    engine,
    events: events as readonly EngineEvent[],
    logged: logged as readonly string[],
    dir,
    market,
    feed,
    isLive,
    state: async () => {
      const { feed, market } = await snapshotOf(engine);
      return { ...feed, phase: market.phase, until: market.until };
    },
    ledger: async (date: TradingDate): Promise<readonly LedgerRow[]> =>
      // The command's own answer, here and below.
      ((await ask(engine, 'coverage.load', { date })) as Ledger).rows,
    table: async (instrument: InstrumentKey, timeframe: '1m' | '5m' | '1d', limit = 1_000) =>
      (await ask(engine, 'candles.load', { instrument, timeframe, before: null, limit })) as CandleTable,
    /** REST requests, and upgrades to a WebSocket, that the venue saw so far. */
    asked: () => ({ requests: venue.requests.length, upgrades: venue.ticker.upgrades }),
  };
}

const noEnv = (): Readonly<Record<string, string>> => ({});

/** The closed bars of a date as the venue would tell them, to compare. */
export function rowsOf(table: CandleTable, date: TradingDate): readonly FakeCandle[] {
  const from = ist(`${date} 00:00`);
  return table.openTime.flatMap((time, at): readonly FakeCandle[] => {
    if (time < from || time >= from + 86_400_000) return [];
    const price = (column: readonly number[]): number => column[at] ?? Number.NaN;
    const { open, high, low, close, volume } = table;
    return [[time, price(open), price(high), price(low), price(close), volume[at] ?? 0]];
  });
}

/** What those bars must be, made of the tape alone, up to `end`. */
export function truthOf(key: InstrumentKey, date: TradingDate, minutes: 1 | 5, end: EpochMs): readonly FakeCandle[] {
  const token = TAPE_INSTRUMENTS.find(({ tradingSymbol }) => keyOf(tradingSymbol) === key)?.token ?? 0;
  const bars = new Map<number, FakeCandle>();
  for (const [time, open, high, low, close, volume] of minutesOfTape(token, [date])) {
    const start = time - (time % (minutes * 60_000));
    const bar = bars.get(start) ?? [start, open, high, low, close, 0];
    const top = Math.max(bar[2], high);
    const bottom = Math.min(bar[3], low);
    bars.set(start, [start, bar[1], top, bottom, close, bar[5] + volume]);
  }
  return [...bars.values()].filter(([time]) => time + minutes * 60_000 <= end);
}

/** Times of a date, on its wall. */
export const onFriday = (time: string): EpochMs => ist(`${FRIDAY} ${time}`);
export const onMonday = (time: string): EpochMs => ist(`${MONDAY} ${time}`);

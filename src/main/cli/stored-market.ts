import type { EpochMs, InstrumentKey, TradingDate } from '../../core/brand.ts';
import { type Calendar, type Session, sessionAtOrBefore } from '../../core/calendar.ts';
import { addDays } from '../../core/calendar-date.ts';
import type { Instrument } from '../../core/instrument.ts';
import { isRecord } from '../../core/is-record.ts';
import { segmentOf } from '../../core/segment-of.ts';
import { TIMEFRAMES, type Timeframe } from '../../core/timeframe.ts';
import { instrumentOf } from '../brokers/replay/replay-file.ts';
import { MARKET_CLOCK } from '../engine/world.ts';
import { systemClock } from '../platform/system-clock.ts';
import type { StoreReader } from '../store/open-reader.ts';
import { UsageError } from './cli-command.ts';
import type { KnownMarket } from './known-market.ts';

/** Before all bars, and after them. */
export const EVER = 0 as EpochMs;
export const NEVER = Number.MAX_SAFE_INTEGER as EpochMs;

/** The market a store tells of. */
export interface StoredMarket {
  readonly instruments: readonly Instrument[];
  calendarOf(instrument: InstrumentKey): Calendar;
  /** The market's own clock: a simulated one has its own. */
  readonly now: EpochMs;
}

export function marketOf(store: StoreReader, { instruments, calendarOf }: KnownMarket): StoredMarket {
  const stored = store.instruments();
  const known = [...stored, ...instruments];
  const clock = store.readDocument(MARKET_CLOCK);
  const time = isRecord(clock) && typeof clock['time'] === 'number' ? clock['time'] : systemClock.now();
  return {
    instruments: stored,
    calendarOf: (instrument) => calendarOf(segmentOf(instrument, known)),
    now: time as EpochMs,
  };
}

/** All that the store knows, and what has bars in it without being known: bars of files that were imported or replayed. */
export function instrumentsWithBars(store: StoreReader, { instruments: known }: KnownMarket): readonly Instrument[] {
  const stored = store.instruments();
  const keys = new Set(stored.map(({ key }) => key));
  const others = store.coveredInstruments(EVER, NEVER).filter((key) => !keys.has(key));
  return [...stored, ...others.map((key) => instrumentOf(key, known))];
}

/** Now, or the end of the newest date of which any of them has bars: a store may have stopped long ago. */
export function endOfStored(store: StoreReader, market: StoredMarket, instruments: readonly Instrument[]): EpochMs {
  const ends = instruments.flatMap(({ key }) => {
    const newest = newestTime(store, key);
    const calendar = market.calendarOf(key);
    return newest === undefined ? [] : calendar.midnight(addDays(calendar.dateOf(newest), 1));
  });
  return ends.length === 0 ? market.now : (Math.min(market.now, Math.max(...ends)) as EpochMs);
}

/** The newest session of which anything is stored; undefined for an empty store. */
export function newestSession(store: StoreReader, market: StoredMarket): Session | undefined {
  let newest: Session | undefined;
  for (const instrument of store.coveredInstruments(EVER, NEVER)) {
    const time = newestTime(store, instrument);
    const session = time === undefined ? undefined : sessionAtOrBefore(market.calendarOf(instrument), time);
    if (session !== undefined && session.open > (newest?.open ?? EVER)) newest = session;
  }
  return newest;
}

/** The newest instant that is stored of an instrument, in any timeframe up to `longest`. */
export function newestTime(store: StoreReader, instrument: InstrumentKey, longest?: Timeframe): EpochMs | undefined {
  const times = framesUpTo(longest).map(
    (timeframe) => store.loadCandlesBefore(instrument, timeframe, NEVER, 1).openTime[0] ?? Number.NEGATIVE_INFINITY,
  );
  const stretch = longest === undefined ? store.covered(instrument, EVER, NEVER).at(-1) : undefined;
  const newest = Math.max(...times, (stretch?.close ?? Number.NEGATIVE_INFINITY) - 1);
  return Number.isFinite(newest) ? (newest as EpochMs) : undefined;
}

/** The oldest bar's date to within a day, found by halving: stores are asked for what lies before, never after. */
export function oldestTime(store: StoreReader, instrument: InstrumentKey, longest: Timeframe): EpochMs | undefined {
  const times = framesUpTo(longest).flatMap((timeframe) => oldestOf(store, instrument, timeframe) ?? []);
  return times.length === 0 ? undefined : (Math.min(...times) as EpochMs);
}

function oldestOf(store: StoreReader, instrument: InstrumentKey, timeframe: Timeframe): number | undefined {
  const before = (time: number): number | undefined =>
    store.loadCandlesBefore(instrument, timeframe, time as EpochMs, 1).openTime[0];
  let oldest = before(NEVER);
  let empty: number = EVER;
  // Nothing lies before `empty`; the bar at `oldest` exists.
  while (oldest !== undefined && oldest - empty > 1) {
    const middle = Math.ceil((empty + oldest) / 2);
    const found = before(middle);
    if (found === undefined) empty = middle;
    else oldest = found;
  }
  return oldest;
}

function framesUpTo(longest: Timeframe | undefined): readonly Timeframe[] {
  return longest === undefined ? TIMEFRAMES : TIMEFRAMES.slice(0, TIMEFRAMES.indexOf(longest) + 1);
}

/** A date from the command line. */
export function dateOption(name: string, text: string | undefined): TradingDate | undefined {
  if (text === undefined) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text))
    return text as TradingDate;
  throw new UsageError(`--${name} takes a date such as 2026-08-03, not "${text}".`);
}

import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import { type Calendar, type Session, sessionAtOrBefore } from '../../src/core/calendar.ts';
import type { Candle } from '../../src/core/candle.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import { INTRADAY_MS, type IntradayTimeframe } from '../../src/core/timeframe.ts';
import { seeded } from './tape.ts';

/** A stock of NIFTY 50's hours that nobody trades. */
export function madeUp(symbol: string, other: Partial<Instrument> = {}): Instrument {
  return {
    key: `NSE:${symbol}` as InstrumentKey,
    name: symbol,
    segment: 'nse-cas',
    sector: 'Information Technology',
    tickSize: 0.05,
    priceDecimals: 2,
    lotSize: 1,
    ...other,
  };
}

/** The newest so many sessions that had opened by `now`, oldest first. */
export function sessionsUpTo(calendar: Calendar, count: number, now: EpochMs): readonly Session[] {
  const sessions: Session[] = [];
  for (let time = now; sessions.length < count; ) {
    const session = sessionAtOrBefore(calendar, time);
    if (session === undefined) throw new RangeError('The calendar has not that many sessions.');
    sessions.push(session);
    time = (calendar.midnight(session.date) - 1) as EpochMs;
  }
  return sessions.reverse();
}

/** Every bar of the sessions, as a price that wanders: the same for the same seed. */
export function wander(
  instrument: InstrumentKey,
  timeframe: IntradayTimeframe,
  sessions: readonly Session[],
  seed: number,
): readonly Candle[] {
  const random = seeded(seed);
  const length = INTRADAY_MS[timeframe];
  const step = 0.0007 * Math.sqrt(length / 60_000);
  const rounded = (price: number): number => Math.round(price * 20) / 20;
  const bars: Candle[] = [];
  let price = 500 + 2_000 * random();
  for (const { open, close } of sessions) {
    price *= 1 + 0.01 * (random() - 0.5);
    for (let openTime = open as number; openTime < close; openTime += length) {
      const first = rounded(price);
      price *= 1 + step * 2 * (random() - 0.5);
      const last = rounded(price);
      const high = rounded(Math.max(first, last) * (1 + step * random()));
      const low = rounded(Math.min(first, last) * (1 - step * random()));
      const volume = Math.round(1_000 + 9_000 * random());
      bars.push({
        instrument,
        timeframe,
        openTime: openTime as EpochMs,
        open: first,
        high: Math.max(high, first, last),
        low: Math.min(low, first, last),
        close: last,
        volume,
      });
    }
  }
  return bars;
}

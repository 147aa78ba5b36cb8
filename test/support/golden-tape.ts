import { type EpochMs, type InstrumentKey, MINUTE_MS, SECOND_MS, type TradingDate } from '../../src/core/brand.ts';
import { type Calendar, isTrading, type Session } from '../../src/core/calendar.ts';
import { type CandleColumns, columnsOf } from '../../src/core/candle-columns.ts';
import type { Instrument, Segment } from '../../src/core/instrument.ts';
import type { Tick } from '../../src/core/tick.ts';
import { stock } from './tape.ts';

/** A made-up instrument that keeps the segment's hours. */
export function memberOf(segment: Segment): Instrument {
  return { ...stock(segment.toUpperCase()), segment };
}

/** The day's session. Throws where there is none. */
export function sessionOf(calendar: Calendar, date: string): Session {
  const session = calendar.session(date as TradingDate);
  if (session === undefined) throw new RangeError(`${date} has no session.`);
  return session;
}

/** What the auctions trade: it belongs to no bar of continuous trading. The closing one's price is that far above the last. */
export const OPENING = { price: 1_000, volume: 5_000 };
export const CLOSING = { above: 200, volume: 70_000 };

/**
 * A day of one instrument: the auction's print before the open, then a trade every `stepSeconds`, and after the
 * close what venues repeat: the last price, then the closing auction's far above it. An index tells no volume.
 */
export function goldenTape({ key, segment }: Instrument, session: Session, stepSeconds: number): readonly Tick[] {
  const ticks: Tick[] = [];
  const { open, close, parts, closingAuction } = session;
  const hasVolume = segment !== 'nse-index';
  let total = OPENING.volume;
  const add = (time: number, ltp: number): void => {
    const dayVolume = hasVolume ? total : undefined;
    ticks.push({ instrument: key, ltp, dayVolume, time: time as EpochMs, receivedAt: time as EpochMs });
  };
  let price = OPENING.price;
  add(open - 7 * MINUTE_MS, price);
  for (const part of parts) {
    // The first and the last instant of a part belong to it.
    const times = [part.open];
    for (let time = part.open + stepSeconds * SECOND_MS; time < part.close; time += stepSeconds * SECOND_MS)
      times.push(time as EpochMs);
    times.push((part.close - 1) as EpochMs);
    for (const time of times) {
      const second = Math.floor(time / SECOND_MS);
      price = 1_000 + Math.round(400 * Math.sin(second / 700) + 60 * Math.sin(second / 31) + (second % 7) * 3) / 20;
      total += 1 + (second % 13);
      add(time, price);
    }
  }
  for (let time: number = close; time < (closingAuction?.close ?? close) - 5 * MINUTE_MS; time += 30 * SECOND_MS)
    add(time, price);
  total += CLOSING.volume;
  if (closingAuction !== undefined) add(closingAuction.close - 5 * MINUTE_MS, price + CLOSING.above);
  return ticks;
}

/** The trades of continuous trading as rows, each with what was traded since the one before. */
export function tradesOf(ticks: readonly Tick[], instrument: InstrumentKey, session: Session): CandleColumns {
  let total = OPENING.volume;
  return columnsOf(
    ticks
      .filter((tick) => tick.instrument === instrument && isTrading(session, tick.time))
      .map(({ ltp, time, dayVolume }) => {
        const volume = dayVolume === undefined ? undefined : dayVolume - total;
        total = dayVolume ?? total;
        return { openTime: time, open: ltp, high: ltp, low: ltp, close: ltp, volume };
      }),
  );
}

import { type EpochMs, MINUTE_MS, SECOND_MS } from '../../src/core/brand.ts';
import type { FakeCandle } from '../fakes/kite-candles.ts';
import { type FakeInstrument, INFY, NIFTY, RELIANCE } from '../fakes/kite-instruments.ts';
import type { FakeTick } from '../fakes/kite-packets.ts';
import { ist } from './ist.ts';

/** All that is traded at one moment. */
export interface TapeMoment {
  readonly time: EpochMs;
  readonly ticks: readonly FakeTick[];
}

export const TAPE_INSTRUMENTS: readonly FakeInstrument[] = [NIFTY, INFY, RELIANCE];

/** Every instrument trades this often: whoever misses one trade has another bar. */
const EVERY_MS = 6 * SECOND_MS;
const FIRST_MS = 3 * SECOND_MS;
const OPENING_QUANTITY = 5_000;
const CLOSING_QUANTITY = 9_000;

/**
 * A trading day of NSE with a closing auction, known to the last trade beforehand: the opening auction at 09:11,
 * continuous trading from 09:15:03 to 15:14:57, the closing auction at 15:32. Stocks and an index.
 */
export function tapeOfDay(date: string): readonly TapeMoment[] {
  const at = (time: string): EpochMs => ist(`${date} ${time}`);
  const days = TAPE_INSTRUMENTS.map((instrument) => new StockDay(instrument, at('09:00')));
  const moment = (time: EpochMs, quantity: (count: number) => number): TapeMoment => ({
    time,
    ticks: days.map((day, place) => day.trade(time, quantity(place))),
  });
  const tape: TapeMoment[] = [moment(at('09:11:03'), () => OPENING_QUANTITY)];
  for (let time = at('09:15') + FIRST_MS; time < at('15:15'); time += EVERY_MS)
    tape.push(moment(time as EpochMs, (place) => 1 + ((Math.floor(time / EVERY_MS) + 7 * place) % 50)));
  tape.push(moment(at('15:32:03'), () => CLOSING_QUANTITY));
  return tape;
}

/** The minutes of continuous trading of these days, as history tells them when they are over. */
export function minutesOfTape(token: number, dates: readonly string[]): readonly FakeCandle[] {
  return dates.flatMap((date) => {
    const minutes = new Map<number, FakeCandle>();
    for (const { time, ticks } of tapeOfDay(date)) {
      const tick = ticks.find((each) => each.token === token);
      if (tick === undefined || time < ist(`${date} 09:15`) || time >= ist(`${date} 15:15`)) continue;
      const start = Math.floor(time / MINUTE_MS) * MINUTE_MS;
      const { ltp, lastQuantity = 0 } = tick;
      const [, open, high, low, , volume] = minutes.get(start) ?? [start, ltp, ltp, ltp, ltp, 0];
      const isIndex = (token & 0xff) === 9;
      minutes.set(start, [
        start,
        open,
        Math.max(high, ltp),
        Math.min(low, ltp),
        ltp,
        isIndex ? 0 : volume + lastQuantity,
      ]);
    }
    return [...minutes.values()];
  });
}

/** One instrument's day: running totals and extremes, as the exchange keeps them. */
class StockDay {
  readonly #instrument: FakeInstrument;
  readonly #previousClose: number;
  #volume = 0;
  #open: number | undefined;
  #high = Number.NEGATIVE_INFINITY;
  #low = Number.POSITIVE_INFINITY;

  constructor(instrument: FakeInstrument, before: EpochMs) {
    this.#instrument = instrument;
    this.#previousClose = priceAt(instrument, before);
  }

  trade(time: EpochMs, quantity: number): FakeTick {
    const ltp = priceAt(this.#instrument, time);
    this.#volume += quantity;
    this.#open ??= ltp;
    this.#high = Math.max(this.#high, ltp);
    this.#low = Math.min(this.#low, ltp);
    return {
      token: this.#instrument.token,
      ltp,
      lastQuantity: quantity,
      dayVolume: this.#volume,
      open: this.#open,
      high: this.#high,
      low: this.#low,
      close: this.#previousClose,
      lastTradeTime: time,
      exchangeTime: time,
    };
  }
}

/** Two waves of which the longer lasts 80 minutes: averages cross several times a day. */
function priceAt({ price, token }: FakeInstrument, time: number): number {
  const minutes = time / MINUTE_MS + (token % 37);
  const wave = 0.006 * Math.sin((2 * Math.PI * minutes) / 80) + 0.002 * Math.sin((2 * Math.PI * minutes) / 13);
  return Math.round(price * (1 + wave) * 20) / 20;
}

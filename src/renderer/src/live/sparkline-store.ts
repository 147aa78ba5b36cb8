import { DAY_MS, type EpochMs, HOUR_MS, type InstrumentKey, MINUTE_MS } from '../../../core/brand.ts';
import type { Quote } from '../../../core/quote.ts';

/** A session of 6¼ hours makes about forty points. */
const POINT_MS = 10 * MINUTE_MS;
const MOST_POINTS = 60;
const IST_OFFSET_MS = 5.5 * HOUR_MS;

export interface SparklineStore {
  replace(sparklines: Readonly<Record<InstrumentKey, readonly number[]>>, now: EpochMs): void;
  receive(quotes: readonly Quote[]): void;
  /** Closes of the session so far, oldest first; the last one is the price now. */
  of(instrument: InstrumentKey): readonly number[];
}

interface Line {
  readonly closes: number[];
  /** Market time at which the last point was begun. */
  pointAt: EpochMs;
}

/**
 * The small line beside each price: the snapshot's closes, carried on by live quotes. The last point follows
 * the price and a new one begins every ten minutes of market time; a new day begins a new line.
 */
export function createSparklineStore(): SparklineStore {
  const lines = new Map<InstrumentKey, Line>();

  const extend = ({ instrument, ltp, time }: Quote): void => {
    const line = lines.get(instrument);
    if (line === undefined || dayOf(time) > dayOf(line.pointAt)) {
      lines.set(instrument, { closes: [ltp], pointAt: time });
      return;
    }
    if (time - line.pointAt >= POINT_MS || line.closes.length === 0) {
      line.closes.push(ltp);
      line.pointAt = time;
      if (line.closes.length > MOST_POINTS) line.closes.shift();
    } else {
      line.closes[line.closes.length - 1] = ltp;
    }
  };

  return {
    replace(sparklines, now) {
      lines.clear();
      for (const [instrument, closes] of Object.entries(sparklines)) {
        // Object.entries widens the key; a snapshot names instruments only.
        lines.set(instrument as InstrumentKey, { closes: [...closes], pointAt: now });
      }
    },
    receive(quotes) {
      for (const quote of quotes) extend(quote);
    },
    of: (instrument) => lines.get(instrument)?.closes ?? [],
  };
}

function dayOf(time: EpochMs): number {
  return Math.floor((time + IST_OFFSET_MS) / DAY_MS);
}

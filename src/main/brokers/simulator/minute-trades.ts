import type { MarketDay } from './market-day.ts';
import { Random, subKey } from './random.ts';

const SECONDS = 60;
/** A trade moves the price by this many steps on average where the minute's range is small. */
const LEAST_STEP = 0.6;

/** What happens within a minute, a row for each second with a trade, oldest first. */
export interface MinuteTrades {
  /** Second of the minute, 0 to 59. */
  readonly second: Uint8Array;
  readonly price: Int32Array;
  /** Quantity since the minute began. */
  readonly volume: Float64Array;
}

const NO_TRADES: MinuteTrades = {
  second: new Uint8Array(0),
  price: new Int32Array(0),
  volume: new Float64Array(0),
};

/** The trades of one minute. Their first, highest, lowest and last prices and their volume are the minute's own. */
export function minuteTrades(day: MarketDay, minute: number): MinuteTrades {
  const trades = day.trades[minute] ?? 0;
  if (trades === 0) return NO_TRADES;
  const random = new Random(subKey(day.key, minute));
  return {
    second: pickSeconds(trades, minute === 0, random),
    price: drawPrices(day, minute, trades, random),
    volume: spreadVolume(day.volume[minute] ?? 0, trades, minute === 0, random),
  };
}

/** `trades` of the sixty seconds, each as likely as another (Knuth's selection sampling); the day opens at once. */
function pickSeconds(trades: number, opensDay: boolean, random: Random): Uint8Array {
  const seconds = new Uint8Array(trades);
  let taken = opensDay ? 1 : 0;
  for (let second = taken; second < SECONDS && taken < trades; second += 1) {
    if (random.unit() * (SECONDS - second) < trades - taken) {
      seconds[taken] = second;
      taken += 1;
    }
  }
  return seconds;
}

/** From the open by way of both extremes to the close, wavering in between and never beyond. */
function drawPrices(day: MarketDay, minute: number, trades: number, random: Random): Int32Array {
  const prices = new Int32Array(trades);
  const open = day.open[minute] ?? 0;
  const high = day.high[minute] ?? 0;
  const low = day.low[minute] ?? 0;
  const close = day.close[minute] ?? 0;
  const points: [at: number, price: number][] = [[0, open]];
  const inner = trades - 2;
  const needsHigh = high > Math.max(open, close);
  const needsLow = low < Math.min(open, close);
  const first = inner > 0 ? 1 + Math.floor(random.unit() * inner) : 0;
  if (needsHigh && needsLow) {
    // Two different places: the second is drawn from what the first leaves.
    const second = 1 + ((first + Math.floor(random.unit() * (inner - 1))) % inner);
    points.push([first, high], [second, low]);
    points.sort(([a], [b]) => a - b);
  } else if (needsHigh) points.push([first, high]);
  else if (needsLow) points.push([first, low]);
  points.push([trades - 1, close]);

  const waver = Math.max(LEAST_STEP, (high - low) / (2 * Math.sqrt(trades)));
  for (let leg = 1; leg < points.length; leg += 1) {
    const [from, start] = points[leg - 1] ?? [0, open];
    const [to, target] = points[leg] ?? [0, close];
    let price = start;
    prices[from] = start;
    for (let at = from + 1; at < to; at += 1) {
      price += (target - price) / (to - at + 1) + waver * random.bell();
      price = Math.min(high, Math.max(low, price));
      prices[at] = Math.round(price);
    }
    prices[to] = target;
  }
  return prices;
}

/**
 * Whole shares, one at least in each trade, in uneven parts that add up. The day's first price is told at once
 * when continuous trading begins, with what the opening auction traded: it adds nothing to that.
 */
function spreadVolume(volume: number, trades: number, opensDay: boolean, random: Random): Float64Array {
  const sums = new Float64Array(trades);
  const first = opensDay ? 1 : 0;
  let whole = 0;
  for (let at = first; at < trades; at += 1) {
    whole += random.exponential();
    sums[at] = whole;
  }
  const spare = volume - (trades - first);
  if (spare < 0) return sums.fill(0);
  for (let at = first; at < trades; at += 1) {
    sums[at] = at - first + 1 + Math.floor((spare * (sums[at] ?? 0)) / whole);
  }
  // Rounding must not lose the last share.
  sums[trades - 1] = volume;
  return sums;
}

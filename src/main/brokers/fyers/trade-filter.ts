import type { Topic } from './topic.ts';

interface LastTrade {
  ltp: number | undefined;
  quantity: number | undefined;
  dayVolume: number | undefined;
  time: number | undefined;
}

/** Tells a record that brings a trade from one in which only the orders moved. */
export type IsNewTrade = (topic: Topic) => boolean;

/**
 * An update of a scrip comes whenever one of its values moves, and most of them are bids and offers. It is a trade
 * when price, quantity, day volume or trade time differ from the scrip's last one. Values of an index always count.
 *
 * Keeps the last trade of every topic it sees, from one connection to the next. Source:
 * docs/wire-formats/fyers.md, "New trade or not".
 */
export function createTradeFilter(): IsNewTrade {
  const lastTrades = new Map<string, LastTrade>();
  return (topic) => {
    if (topic.kind !== 'sf') return true;
    const [ltp, quantity] = [topic.read('ltp'), topic.read('last_traded_qty')];
    const [dayVolume, time] = [topic.read('vol_traded_today'), topic.read('last_traded_time')];
    const last = lastTrades.get(topic.name);
    if (last === undefined) {
      lastTrades.set(topic.name, { ltp, quantity, dayVolume, time });
      return true;
    }
    if (last.ltp === ltp && last.quantity === quantity && last.dayVolume === dayVolume && last.time === time)
      return false;
    last.ltp = ltp;
    last.quantity = quantity;
    last.dayVolume = dayVolume;
    last.time = time;
    return true;
  };
}

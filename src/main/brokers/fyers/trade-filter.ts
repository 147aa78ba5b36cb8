import type { Topic } from './topic.ts';

interface LastTrade {
  readonly ltp: number | undefined;
  readonly quantity: number | undefined;
  readonly dayVolume: number | undefined;
  readonly time: number | undefined;
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
    const trade = {
      ltp: topic.read('ltp'),
      quantity: topic.read('last_traded_qty'),
      dayVolume: topic.read('vol_traded_today'),
      time: topic.read('last_traded_time'),
    };
    const last = lastTrades.get(topic.name);
    lastTrades.set(topic.name, trade);
    if (last === undefined) return true;
    return (
      last.ltp !== trade.ltp ||
      last.quantity !== trade.quantity ||
      last.dayVolume !== trade.dayVolume ||
      last.time !== trade.time
    );
  };
}

import { OFFSET, PACKET_LENGTH } from './wire.ts';

interface LastTrade {
  ltp: number;
  quantity: number;
  dayVolume: number;
  time: number;
}

/** Tells a packet that brings a trade from one that repeats the last. */
export type IsNewTrade = (view: DataView, offset: number, length: number) => boolean;

/**
 * Kite sends a stock's packet again whenever its order book moves, with the old trade and a new time stamp.
 * Such a packet is not a trade: it would make bars where history has none. A packet is new when price,
 * quantity, day volume or trade time differ from the instrument's last one. Packets without those fields
 * (indices, `ltp` mode) always count; a `quote` packet has no trade time, so its time is not compared.
 *
 * Keeps the last trade of every token it sees. Source: docs/wire-formats/kite.md, "New trade or not".
 */
export function createTradeFilter(): IsNewTrade {
  const lastTrades = new Map<number, LastTrade>();
  return (view, offset, length) => {
    if (length !== PACKET_LENGTH.full && length !== PACKET_LENGTH.quote) return true;
    const token = view.getUint32(offset + OFFSET.token);
    const ltp = view.getInt32(offset + OFFSET.ltp);
    const quantity = view.getUint32(offset + OFFSET.lastQuantity);
    const dayVolume = view.getUint32(offset + OFFSET.dayVolume);
    const time = length === PACKET_LENGTH.full ? view.getUint32(offset + OFFSET.lastTradeTime) : 0;
    const last = lastTrades.get(token);
    if (last === undefined) {
      lastTrades.set(token, { ltp, quantity, dayVolume, time });
      return true;
    }
    const isSameTime = last.time === time || last.time === 0 || time === 0;
    if (last.ltp === ltp && last.quantity === quantity && last.dayVolume === dayVolume && isSameTime) return false;
    last.ltp = ltp;
    last.quantity = quantity;
    last.dayVolume = dayVolume;
    last.time = time === 0 ? last.time : time;
    return true;
  };
}

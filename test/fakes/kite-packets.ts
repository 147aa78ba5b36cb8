import {
  DEPTH,
  INDEX_OFFSET,
  isTradable,
  OFFSET,
  PACKET_LENGTH,
  priceDivisor,
} from '../../src/main/brokers/kite/wire.ts';

export type FakeMode = 'ltp' | 'quote' | 'full';

export interface FakeLevel {
  readonly quantity: number;
  readonly price: number;
  readonly orders: number;
}

/** What the exchange knows of an instrument: prices in its currency, times in ms. What is left out is 0. */
export interface FakeTick {
  readonly token: number;
  readonly ltp: number;
  readonly lastQuantity?: number;
  readonly averagePrice?: number;
  readonly dayVolume?: number;
  readonly buyQuantity?: number;
  readonly sellQuantity?: number;
  readonly open?: number;
  readonly high?: number;
  readonly low?: number;
  readonly close?: number;
  readonly lastTradeTime?: number;
  readonly oi?: number;
  readonly oiDayHigh?: number;
  readonly oiDayLow?: number;
  readonly exchangeTime?: number;
  readonly buy?: readonly FakeLevel[];
  readonly sell?: readonly FakeLevel[];
}

/** A whole binary message out of packets. */
export function frame(...packets: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(2 + packets.reduce((sum, packet) => sum + 2 + packet.byteLength, 0));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, packets.length);
  let at = 2;
  for (const packet of packets) {
    view.setUint16(at, packet.byteLength);
    bytes.set(packet, at + 2);
    at += 2 + packet.byteLength;
  }
  return bytes;
}

/** A packet of `length` bytes, zero except for the 32-bit integers given by offset. */
export function rawPacket(length: number, fields: Readonly<Record<number, number>>): Uint8Array {
  const view = new DataView(new ArrayBuffer(length));
  for (const [offset, value] of Object.entries(fields)) view.setInt32(Number(offset), value);
  return new Uint8Array(view.buffer);
}

/** The packet Kite would send for an instrument in this state, to someone who asked for `mode`. */
export function packetOf(tick: FakeTick, mode: FakeMode): Uint8Array {
  if (mode === 'ltp') return writer(PACKET_LENGTH.ltp, tick).bytes;
  return isTradable(tick.token) ? stockPacket(tick, mode) : indexPacket(tick, mode);
}

function stockPacket(tick: FakeTick, mode: 'quote' | 'full'): Uint8Array {
  const to = writer(mode === 'full' ? PACKET_LENGTH.full : PACKET_LENGTH.quote, tick);
  to.count(OFFSET.lastQuantity, tick.lastQuantity);
  to.price(OFFSET.averagePrice, tick.averagePrice);
  to.count(OFFSET.dayVolume, tick.dayVolume);
  to.count(OFFSET.buyQuantity, tick.buyQuantity);
  to.count(OFFSET.sellQuantity, tick.sellQuantity);
  to.price(OFFSET.open, tick.open);
  to.price(OFFSET.high, tick.high);
  to.price(OFFSET.low, tick.low);
  to.price(OFFSET.close, tick.close);
  if (mode === 'quote') return to.bytes;
  to.time(OFFSET.lastTradeTime, tick.lastTradeTime);
  to.count(OFFSET.oi, tick.oi);
  to.count(OFFSET.oiDayHigh, tick.oiDayHigh);
  to.count(OFFSET.oiDayLow, tick.oiDayLow);
  to.time(OFFSET.exchangeTime, tick.exchangeTime);
  for (const [side, levels] of [tick.buy, tick.sell].entries()) {
    levels?.forEach(({ quantity, price, orders }, level) => {
      const at = OFFSET.depth + (side * DEPTH.levels + level) * DEPTH.bytes;
      to.count(at + DEPTH.quantity, quantity);
      to.price(at + DEPTH.price, price);
      to.view.setUint16(at + DEPTH.orders, orders);
    });
  }
  return to.bytes;
}

function indexPacket(tick: FakeTick, mode: 'quote' | 'full'): Uint8Array {
  const to = writer(mode === 'full' ? PACKET_LENGTH.indexFull : PACKET_LENGTH.indexQuote, tick);
  to.price(INDEX_OFFSET.high, tick.high);
  to.price(INDEX_OFFSET.low, tick.low);
  to.price(INDEX_OFFSET.open, tick.open);
  to.price(INDEX_OFFSET.close, tick.close);
  to.price(24, tick.close === undefined ? 0 : tick.ltp - tick.close);
  if (mode === 'full') to.time(INDEX_OFFSET.exchangeTime, tick.exchangeTime);
  return to.bytes;
}

function writer(length: number, { token, ltp }: FakeTick) {
  const view = new DataView(new ArrayBuffer(length));
  const divisor = priceDivisor(token);
  const price = (at: number, value = 0): void => view.setInt32(at, Math.round(value * divisor));
  view.setUint32(OFFSET.token, token);
  price(OFFSET.ltp, ltp);
  return {
    view,
    bytes: new Uint8Array(view.buffer),
    price,
    count: (at: number, value = 0): void => view.setUint32(at, value),
    time: (at: number, ms = 0): void => view.setUint32(at, Math.floor(ms / 1_000)),
  };
}

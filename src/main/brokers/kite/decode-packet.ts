import { type EpochMs, SECOND_MS } from '../../../core/brand.ts';
import { DEPTH, INDEX_OFFSET, isTradable, OFFSET, PACKET_LENGTH, priceDivisor } from './wire.ts';

export interface DepthLevel {
  readonly quantity: number;
  readonly price: number;
  readonly orders: number;
}

/** Everything a packet says, in our units. A field its kind does not have is absent, as is a time of 0. */
export interface KitePacket {
  readonly token: number;
  readonly mode: 'ltp' | 'quote' | 'full';
  readonly tradable: boolean;
  /** 0 before the first trade. */
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
  readonly lastTradeTime?: EpochMs;
  readonly oi?: number;
  readonly oiDayHigh?: number;
  readonly oiDayLow?: number;
  readonly exchangeTime?: EpochMs;
  readonly depth?: { readonly buy: readonly DepthLevel[]; readonly sell: readonly DepthLevel[] };
}

/**
 * Reads every field of a packet, whatever its values: for looking at recordings. The feed reads by
 * `parsePacket`. Undefined when no kind of packet has this length. Offsets and units: `./wire.ts`.
 */
export function decodePacket(packet: DataView): KitePacket | undefined {
  switch (packet.byteLength) {
    case PACKET_LENGTH.ltp:
      return { ...common(packet), mode: 'ltp' };
    case PACKET_LENGTH.indexQuote:
      return { ...common(packet), mode: 'quote', ...dayPrices(packet, INDEX_OFFSET) };
    case PACKET_LENGTH.indexFull:
      return {
        ...common(packet),
        mode: 'full',
        ...dayPrices(packet, INDEX_OFFSET),
        ...time(packet, 'exchangeTime', INDEX_OFFSET.exchangeTime),
      };
    case PACKET_LENGTH.quote:
      return { ...common(packet), mode: 'quote', ...trading(packet), ...dayPrices(packet, OFFSET) };
    case PACKET_LENGTH.full:
      return {
        ...common(packet),
        mode: 'full',
        ...trading(packet),
        ...dayPrices(packet, OFFSET),
        ...time(packet, 'lastTradeTime', OFFSET.lastTradeTime),
        oi: packet.getUint32(OFFSET.oi),
        oiDayHigh: packet.getUint32(OFFSET.oiDayHigh),
        oiDayLow: packet.getUint32(OFFSET.oiDayLow),
        ...time(packet, 'exchangeTime', OFFSET.exchangeTime),
        depth: { buy: book(packet, 0), sell: book(packet, DEPTH.levels) },
      };
    default:
      return undefined;
  }
}

function common(packet: DataView): { token: number; mode: 'ltp'; tradable: boolean; ltp: number } {
  const token = packet.getUint32(OFFSET.token);
  return { token, mode: 'ltp', tradable: isTradable(token), ltp: price(packet, OFFSET.ltp) };
}

function trading(packet: DataView) {
  return {
    lastQuantity: packet.getUint32(OFFSET.lastQuantity),
    averagePrice: price(packet, OFFSET.averagePrice),
    dayVolume: packet.getUint32(OFFSET.dayVolume),
    buyQuantity: packet.getUint32(OFFSET.buyQuantity),
    sellQuantity: packet.getUint32(OFFSET.sellQuantity),
  };
}

type DayOffsets = Readonly<Record<'open' | 'high' | 'low' | 'close', number>>;

function dayPrices(packet: DataView, at: DayOffsets) {
  return {
    open: price(packet, at.open),
    high: price(packet, at.high),
    low: price(packet, at.low),
    close: price(packet, at.close),
  };
}

function time<Name extends string>(packet: DataView, name: Name, at: number): { readonly [Key in Name]?: EpochMs } {
  const seconds = packet.getUint32(at);
  if (seconds === 0) return {};
  // The compiler does not narrow a computed key to `Name`.
  return { [name]: (seconds * SECOND_MS) as EpochMs } as { readonly [Key in Name]?: EpochMs };
}

function book(packet: DataView, firstLevel: number): readonly DepthLevel[] {
  return Array.from({ length: DEPTH.levels }, (_none, level) => {
    const at = OFFSET.depth + (firstLevel + level) * DEPTH.bytes;
    return {
      quantity: packet.getUint32(at + DEPTH.quantity),
      price: price(packet, at + DEPTH.price),
      orders: packet.getUint16(at + DEPTH.orders),
    };
  });
}

function price(packet: DataView, at: number): number {
  return packet.getInt32(at) / priceDivisor(packet.getUint32(OFFSET.token));
}

import { type EpochMs, SECOND_MS } from '../../../core/brand.ts';
import { type DepthLevel, readDepth } from './depth.ts';
import { DEPTH, INDEX_OFFSET, isTradable, OFFSET, PACKET_LENGTH, priceDivisor } from './wire.ts';

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
  readonly lastTradeTime?: EpochMs | undefined;
  readonly oi?: number;
  readonly oiDayHigh?: number;
  readonly oiDayLow?: number;
  readonly exchangeTime?: EpochMs | undefined;
  readonly depth?: { readonly buy: readonly DepthLevel[]; readonly sell: readonly DepthLevel[] };
}

/**
 * Reads every field of a packet, whatever its values: for looking at recordings. The feed reads by
 * `parsePacket`. Undefined when no kind of packet has this length. Offsets and units: `./wire.ts`.
 */
export function decodePacket(packet: DataView): KitePacket | undefined {
  switch (packet.byteLength) {
    case PACKET_LENGTH.ltp:
      return ltpPacket(packet);
    case PACKET_LENGTH.indexQuote:
    case PACKET_LENGTH.indexFull:
      return indexPacket(packet);
    case PACKET_LENGTH.quote:
      return quotePacket(packet);
    case PACKET_LENGTH.full:
      return fullPacket(packet);
    default:
      return undefined;
  }
}

function ltpPacket(packet: DataView): KitePacket {
  const token = packet.getUint32(OFFSET.token);
  const ltp = packet.getInt32(OFFSET.ltp) / priceDivisor(token);
  return { token, mode: 'ltp', tradable: isTradable(token), ltp };
}

function indexPacket(packet: DataView): KitePacket {
  const token = packet.getUint32(OFFSET.token);
  const divisor = priceDivisor(token);
  const day = {
    ltp: packet.getInt32(OFFSET.ltp) / divisor,
    open: packet.getInt32(INDEX_OFFSET.open) / divisor,
    high: packet.getInt32(INDEX_OFFSET.high) / divisor,
    low: packet.getInt32(INDEX_OFFSET.low) / divisor,
    close: packet.getInt32(INDEX_OFFSET.close) / divisor,
  };
  const tradable = isTradable(token);
  if (packet.byteLength === PACKET_LENGTH.indexQuote) return { token, mode: 'quote', tradable, ...day };
  return { token, mode: 'full', tradable, ...day, exchangeTime: timeAt(packet, INDEX_OFFSET.exchangeTime) };
}

function quotePacket(packet: DataView): KitePacket {
  const token = packet.getUint32(OFFSET.token);
  const divisor = priceDivisor(token);
  return {
    token,
    mode: 'quote',
    tradable: isTradable(token),
    ltp: packet.getInt32(OFFSET.ltp) / divisor,
    lastQuantity: packet.getUint32(OFFSET.lastQuantity),
    averagePrice: packet.getInt32(OFFSET.averagePrice) / divisor,
    dayVolume: packet.getUint32(OFFSET.dayVolume),
    buyQuantity: packet.getUint32(OFFSET.buyQuantity),
    sellQuantity: packet.getUint32(OFFSET.sellQuantity),
    open: packet.getInt32(OFFSET.open) / divisor,
    high: packet.getInt32(OFFSET.high) / divisor,
    low: packet.getInt32(OFFSET.low) / divisor,
    close: packet.getInt32(OFFSET.close) / divisor,
  };
}

/** Spelt out beside `quotePacket`: one literal is several times faster than two put together. */
function fullPacket(packet: DataView): KitePacket {
  const token = packet.getUint32(OFFSET.token);
  const divisor = priceDivisor(token);
  return {
    token,
    mode: 'full',
    tradable: isTradable(token),
    ltp: packet.getInt32(OFFSET.ltp) / divisor,
    lastQuantity: packet.getUint32(OFFSET.lastQuantity),
    averagePrice: packet.getInt32(OFFSET.averagePrice) / divisor,
    dayVolume: packet.getUint32(OFFSET.dayVolume),
    buyQuantity: packet.getUint32(OFFSET.buyQuantity),
    sellQuantity: packet.getUint32(OFFSET.sellQuantity),
    open: packet.getInt32(OFFSET.open) / divisor,
    high: packet.getInt32(OFFSET.high) / divisor,
    low: packet.getInt32(OFFSET.low) / divisor,
    close: packet.getInt32(OFFSET.close) / divisor,
    lastTradeTime: timeAt(packet, OFFSET.lastTradeTime),
    oi: packet.getUint32(OFFSET.oi),
    oiDayHigh: packet.getUint32(OFFSET.oiDayHigh),
    oiDayLow: packet.getUint32(OFFSET.oiDayLow),
    exchangeTime: timeAt(packet, OFFSET.exchangeTime),
    depth: {
      buy: readDepth(packet, OFFSET.depth, divisor),
      sell: readDepth(packet, OFFSET.depth + DEPTH.levels * DEPTH.bytes, divisor),
    },
  };
}

function timeAt(packet: DataView, at: number): EpochMs | undefined {
  const seconds = packet.getUint32(at);
  return seconds === 0 ? undefined : ((seconds * SECOND_MS) as EpochMs);
}

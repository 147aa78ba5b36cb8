import { OFFSET, PACKET_LENGTH } from '../../src/main/brokers/kite/wire.ts';

export type StockMode = 'ltp' | 'quote' | 'full';

const SHARE = 408_065;
/** A share's token ends in segment 1 (NSE). */
const SEGMENTS = 256;
const START = Date.parse('2026-11-20T09:15:00+05:30') / 1_000;

/** The token of the n-th share in a message. */
export function tokenOf(index: number): number {
  return SHARE + index * SEGMENTS;
}

/** A binary message of `count` packets, as the ticker sends it. Each `moment` brings other prices and trades. */
export function message(mode: StockMode, count: number, moment: number): Uint8Array<ArrayBuffer> {
  const length = PACKET_LENGTH[mode];
  const bytes = new Uint8Array(2 + count * (2 + length));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, count);
  for (let index = 0; index < count; index += 1) {
    const start = 2 + index * (2 + length);
    view.setUint16(start, length);
    writePacket(new DataView(bytes.buffer, start + 2, length), tokenOf(index), moment * count + index, moment);
  }
  return bytes;
}

/** Fields in the order they lie in, each a little different from packet to packet. */
function writePacket(view: DataView, token: number, variety: number, moment: number): void {
  const paise = 150_000 + (variety % 977) * 5;
  const put = (offset: number, value: number): void => {
    if (offset + 4 <= view.byteLength) view.setUint32(offset, value);
  };
  put(OFFSET.token, token);
  put(OFFSET.ltp, paise);
  put(OFFSET.lastQuantity, 1 + (variety % 500));
  put(OFFSET.averagePrice, paise - 35);
  put(OFFSET.dayVolume, 1_000_000 + variety);
  put(OFFSET.buyQuantity, 40_000 + (variety % 333));
  put(OFFSET.sellQuantity, 50_000 + (variety % 222));
  put(OFFSET.open, 149_000);
  put(OFFSET.high, 156_000);
  put(OFFSET.low, 148_500);
  put(OFFSET.close, 149_500);
  put(OFFSET.lastTradeTime, START + moment);
  put(OFFSET.oi, 7_000 + (variety % 100));
  put(OFFSET.oiDayHigh, 7_200);
  put(OFFSET.oiDayLow, 6_900);
  put(OFFSET.exchangeTime, START + moment + 1);
  if (view.byteLength < PACKET_LENGTH.full) return;
  for (let level = 0; level < 10; level += 1) {
    const at = OFFSET.depth + level * 12;
    view.setUint32(at, 100 + ((variety + level) % 900));
    view.setUint32(at + 4, paise + (level < 5 ? -level - 1 : level - 4) * 5);
    view.setUint16(at + 8, 1 + (level % 7));
  }
}

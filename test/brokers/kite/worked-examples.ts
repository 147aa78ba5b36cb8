/**
 * Whole messages with what they mean, of docs/wire-formats/kite.md. K1 to K4 were recorded from the real ticker
 * and are published by Zerodha with its clients (K4 by a user of its forum); the others were made by hand. All
 * were read with the parser of the official client.
 */
export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
}

const K5_PACKET = '0003e909 0023b74d 0023c503 00238bfb 00239ef2 00237fd5 00003778 66694b39';

export const MESSAGES = {
  k1: bytesOf('0001 0008 000d8001 0000997f'),
  k2: bytesOf(
    '0001 002c 000d8001 0000997f 00000002 00009d73 0153ad28 000015f1 00000000 0000a410 0000a46a 00009862 0000a1c2',
  ),
  k3: bytesOf(
    `000100b8 00063a01 000266ba 00000007 0002656d 00123217 0003e9bb 00058a01 000264f3 0002673c 000261c9 0002646c 60e2947f
     00000000 00000000 00000000 60e2947f 00000005 0002669c 00010000 0000008c 00026674 00020000 00000002 0002666f 00010000
     000000db 0002666a 00070000 00000032 00026665 00010000 000000ac 000266ba 00030000 0000002c 000266bf 00030000 0000012e
     000266c9 00030000 0000008d 000266ce 00020000 000002d4 000266d3 00050000`,
  ),
  k4: bytesOf('0001 001c 0003e909 000ded2d 000dfd18 000de90e 000dfcd7 000ded2d ffffffdc'),
  k5: bytesOf(`0001 0020 ${K5_PACKET}`),
  k6: bytesOf(`0004 0008 000b4501 00047cb6 0020 ${K5_PACKET} 0008 00064c03 2b5d8830 0008 0003e806 000b41d6`),
  k7: bytesOf('0001 001c 0003f809 00496e39 004a9d90 00493e0a 004a95c0 004ac49b fffea99e'),
  k8: bytesOf(
    `000100b8 000b4501 00047cb6 00000001 000479eb 002b25b9 00034313 00067c9f 000472ac 00047ff4 000470db 00047207 66694b39
     00000000 00000000 00000000 66694b3a 00000064 00047cb1 00030000 00000065 00047cac 00040000 00000066 00047ca7 00050000
     00000067 00047ca2 00060000 00000068 00047c9d 00070000 000000c8 00047cb6 ffffbeef 000000c9 00047cbb fffebeef 000000ca
     00047cc0 fffdbeef 000000cb 00047cc5 fffcbeef 000000cc 00047cca fffbbeef`,
  ),
  k9: bytesOf(
    '0001 002c 00381e01 000004d2 00001388 000004ce 90000000 b2d05e00 00000007 000004b0 00000514 0000044c 00000000',
  ),
  k10: bytesOf('0002 000c 000b4501 0000000000000000 0008 000b4501 00000064'),
  k11: bytesOf('0002 0008 000b4501 00047cb6 0008 00063a01'),
  k12: bytesOf('0002 0008 000b4501 00047cb6 0008 000b4501 00047cbb'),
  k13: bytesOf('00'),
  k13Empty: bytesOf('0000'),
  k14: bytesOf(`000100b8 000b4501 ${'00'.repeat(36)} 00047207 ${'00'.repeat(140)}`),
} as const;

const level = (quantity: number, price: number, orders: number) => ({ quantity, price, orders });
const at = (iso: string): number => Date.parse(iso);

const K5_CONTENT = {
  token: 256_265,
  mode: 'full',
  tradable: false,
  ltp: 23_406.85,
  open: 23_344.5,
  high: 23_441.95,
  low: 23_295.95,
  close: 23_264.85,
  exchangeTime: at('2024-06-12T07:16:09Z'),
};
const LTP_738561 = { token: 738_561, mode: 'ltp', tradable: true, ltp: 2_940.7 };

/** What `decode` is to say of each message. */
export const CONTENTS: Readonly<Record<keyof typeof MESSAGES, readonly object[]>> = {
  k1: [{ token: 884_737, mode: 'ltp', tradable: true, ltp: 392.95 }],
  k2: [
    {
      token: 884_737,
      mode: 'quote',
      tradable: true,
      ltp: 392.95,
      lastQuantity: 2,
      averagePrice: 403.07,
      dayVolume: 22_261_032,
      buyQuantity: 5_617,
      sellQuantity: 0,
      open: 420,
      high: 420.9,
      low: 390.1,
      close: 414.1,
    },
  ],
  k3: [
    {
      token: 408_065,
      mode: 'full',
      tradable: true,
      ltp: 1_573.7,
      lastQuantity: 7,
      averagePrice: 1_570.37,
      dayVolume: 1_192_471,
      buyQuantity: 256_443,
      sellQuantity: 363_009,
      open: 1_569.15,
      high: 1_575,
      low: 1_561.05,
      close: 1_567.8,
      lastTradeTime: at('2021-07-05T05:11:27Z'),
      oi: 0,
      oiDayHigh: 0,
      oiDayLow: 0,
      exchangeTime: at('2021-07-05T05:11:27Z'),
      depth: {
        buy: [
          level(5, 1_573.4, 1),
          level(140, 1_573, 2),
          level(2, 1_572.95, 1),
          level(219, 1_572.9, 7),
          level(50, 1_572.85, 1),
        ],
        sell: [
          level(172, 1_573.7, 3),
          level(44, 1_573.75, 3),
          level(302, 1_573.85, 3),
          level(141, 1_573.9, 2),
          level(724, 1_573.95, 5),
        ],
      },
    },
  ],
  k4: [
    {
      token: 256_265,
      mode: 'quote',
      tradable: false,
      ltp: 9_126.85,
      open: 9_166.95,
      high: 9_167.6,
      low: 9_116.3,
      close: 9_126.85,
    },
  ],
  k5: [K5_CONTENT],
  k6: [
    LTP_738561,
    K5_CONTENT,
    { token: 412_675, mode: 'ltp', tradable: true, ltp: 72.755 },
    { token: 256_006, mode: 'ltp', tradable: true, ltp: 73.775 },
  ],
  k7: [
    {
      token: 260_105,
      mode: 'quote',
      tradable: false,
      ltp: 48_123.45,
      open: 48_880,
      high: 48_900,
      low: 48_000.1,
      close: 48_999.95,
    },
  ],
  k8: [
    {
      token: 738_561,
      mode: 'full',
      tradable: true,
      ltp: 2_940.7,
      lastQuantity: 1,
      averagePrice: 2_933.55,
      dayVolume: 2_827_705,
      buyQuantity: 213_779,
      sellQuantity: 425_119,
      open: 2_915,
      high: 2_949,
      low: 2_910.35,
      close: 2_913.35,
      lastTradeTime: at('2024-06-12T07:16:09Z'),
      oi: 0,
      oiDayHigh: 0,
      oiDayLow: 0,
      exchangeTime: at('2024-06-12T07:16:10Z'),
      depth: {
        buy: [
          level(100, 2_940.65, 3),
          level(101, 2_940.6, 4),
          level(102, 2_940.55, 5),
          level(103, 2_940.5, 6),
          level(104, 2_940.45, 7),
        ],
        sell: [
          level(200, 2_940.7, 65_535),
          level(201, 2_940.75, 65_534),
          level(202, 2_940.8, 65_533),
          level(203, 2_940.85, 65_532),
          level(204, 2_940.9, 65_531),
        ],
      },
    },
  ],
  k9: [
    {
      token: 3_677_697,
      mode: 'quote',
      tradable: true,
      ltp: 12.34,
      lastQuantity: 5_000,
      averagePrice: 12.3,
      // The official client reads these two as negative numbers.
      dayVolume: 2_415_919_104,
      buyQuantity: 3_000_000_000,
      sellQuantity: 7,
      open: 12,
      high: 13,
      low: 11,
      close: 0,
    },
  ],
  k10: [
    { reject: 'unknown-length', length: 12, token: 738_561 },
    { token: 738_561, mode: 'ltp', tradable: true, ltp: 1 },
  ],
  k11: [LTP_738561, { reject: 'truncated', missing: 1 }],
  k12: [LTP_738561, { ...LTP_738561, ltp: 2_940.75 }],
  k13: [],
  k13Empty: [],
  k14: [
    {
      token: 738_561,
      mode: 'full',
      tradable: true,
      ltp: 0,
      lastQuantity: 0,
      averagePrice: 0,
      dayVolume: 0,
      buyQuantity: 0,
      sellQuantity: 0,
      open: 0,
      high: 0,
      low: 0,
      close: 2_913.35,
      oi: 0,
      oiDayHigh: 0,
      oiDayLow: 0,
      depth: { buy: Array(5).fill(level(0, 0, 0)), sell: Array(5).fill(level(0, 0, 0)) },
    },
  ],
};

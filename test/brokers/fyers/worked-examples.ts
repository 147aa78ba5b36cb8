/**
 * Frames of the data socket with what they mean, worked out by hand: bytes in hexadecimal, spaces for reading. The
 * access token's key is `0123456789abcdef0123456789abcdef`.
 */

export const HSM_KEY = '0123456789abcdef0123456789abcdef';

export function bytesOf(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
}

const NONE = '80000000';
const none = (count: number): string => NONE.repeat(count);
/** `sf|nse_cm|3045` and what follows its values in a snapshot. */
const SBIN = '0e 73667c6e73655f636d7c33303435';
const SBIN_TAIL = '0000 0001 02 06 6e73655f636d 04 33303435 07 5342494e2d4551';
/** `if|nse_cm|Nifty 50`, likewise. */
const NIFTY = '12 69667c6e73655f636d7c4e69667479203530';
const NIFTY_TAIL = '0000 0001 02 06 6e73655f636d 08 4e69667479203530 08 4e69667479203530';

export const REQUESTS = {
  login: `0036 01 04 01 0020 3031323334353637383961626364656630313233343536373839616263646566
    02 0001 50 03 0001 01 04 0006 4a535f415049`,
  subscribeTwo: '002a 04 02 01 0021 0002 0e 73667c6e73655f636d7c33303435 0f 73667c6e73655f636d7c3134333636 02 0001 0b',
  subscribeIndex: '001e 04 02 01 0015 0001 12 69667c6e73655f636d7c4e69667479203530 02 0001 0b',
  subscribeBook: '001a 04 02 01 0011 0001 0e 64707c6e73655f636d7c33303435 02 0001 0b',
  unsubscribe: '001b 05 02 01 0012 0001 0f 73667c6e73655f636d7c3134333636 02 0001 0b',
  lite: '0011 0c 02 01 0008 0000000000000800 02 0001 4c',
  full: '0011 0c 02 01 0008 0000000000000800 02 0001 46',
  pauseOthers: '000d 07 01 01 0008 000000007ffff7fe',
  resume: '000d 08 01 01 0008 0000000000000800',
  acknowledge: '0009 03 01 01 0004 00000002',
  ping: '0001 0b',
  snapshot: '0016 09 01 01 0011 0001 0e 73667c6e73655f636d7c33303435',
} as const;

export const ANSWERS = {
  loginRefused: '0006 01 01 01 0001 4e',
  loginRefusedWithInterval: '000d 01 02 01 0001 4e 02 0004 00000000',
  loginWithout: '0006 01 01 01 0001 4b',
  /** Every second data frame is to be acknowledged. */
  loginEverySecond: '000d 01 02 01 0001 4b 02 0004 00000002',
  subscribed: '0006 04 01 01 0001 4b',
  subscribeRefused: '0006 04 01 01 0001 4e',
  unsubscribed: '0006 05 01 01 0001 4b',
  paused: '0006 07 01 01 0001 4b',
  resumeRefused: '0006 08 01 01 0001 4e',
  modeSet: '0006 0c 01 01 0001 4b',
  unknown: '0002 0d 00',
} as const;

/** Data frames that follow `loginEverySecond`, in order. */
export const DATA = {
  snapshot: `0087 06 00000001 0001 53 0201 ${SBIN} 15
    0000ece0 002e775c 64c9e796 64c9e796 00000821 00000387 0000ece0 0000ece5 00000005 000b7188 0010a9df 0000ed94 ${NONE}
    0000eca9 0000ee7a ${none(4)} 0000ee39 0000f244 ${SBIN_TAIL}`,
  index: `0054 06 00000002 0001 53 0007 ${NIFTY} 06 0027f5ba 002800a5 66f67748 00281897 0027ed77 00280d39 ${NIFTY_TAIL}`,
  book: `00ab 06 00000003 0001 53 0202 0e 64707c6e73655f636d7c33303435 1e
    0000ecd1 0000eccc 0000ecc7 0000ecc2 0000ecbd 0000ecd6 0000ecdb 0000ece0 0000ece5 0000ecea
    00000014 00000386 0000006f 0000006e 000003d3 0000011a 00000238 00000b5e 0000068c 00000ba5
    00000001 00000003 00000002 00000002 00000009 00000004 00000002 0000000c 00000009 00000011 ${SBIN_TAIL}`,
  twoUpdates: `007b 06 00000004 0002 55 0201 15 0000ed1c 002e77b4 64c9e799 64c9e799 ${none(4)} 00000058 ${none(12)}
    55 0007 06 0027f678 ${NONE} 66f67749 ${none(3)}`,
  shortUpdate: '0013 06 00000005 0001 55 0201 02 0000ed21 002e77b5',
  sameAgain: '0013 06 00000006 0001 55 0201 02 0000ed21 002e77b5',
  lite: '0015 06 00000007 0002 4c 0201 0000ed26 4c 0007 0027f6dc',
  bookUpdate: `0083 06 00000008 0001 55 0202 1e 0000ecd6 ${none(9)} 00000037 ${none(19)}`,
  currency: `0086 06 00000009 0001 53 0384 0e 73667c6364655f666f7c31323334 15
    31a01618 0000000a 64c9e796 64c9e796 00000001 00000001 319fb470 31a01618 00000001 00000001 00000001 319fdb80 00000005
    319ef120 31a077c0 ${none(4)} 319ef120 319f52c8 0000 03e8 04 06 6364655f666f 04 31323334 06 555344494e52`,
  twoSnapshots: `0095 06 0000000a 0002 53 0014 0e 73667c6e73655f636d7c32303331 04 0004c419 00000001 64c9e796 64c9e796
    0000 0001 02 06 6e73655f636d 04 32303331 06 4d264d2d4551
    53 0015 14 69667c6e73655f636d7c4e696674792042616e6b 06 0044aa20 00448310 64c9e796 0044d130 00445c00 00449698
    0000 0001 02 06 6e73655f636d 0a 4e696674792042616e6b 0a 4e696674792042616e6b`,
  unknownTopic: '001f 06 0000000b 0002 55 1092 03 00000001 00000002 00000003 55 0201 01 0000ed30',
} as const;

const MAPPING =
  '{"fields":[{"fid":"s105","fld":"ltp","dataType":"ConvNumber"},{"fid":"s104","fld":"v","dataType":"Number"},' +
  '{"fid":"s102","fld":"fdtm","dataType":"timestamp"},{"fid":"i102","fld":"iv","dataType":"ConvNumber"},' +
  '{"fid":"i104","fld":"tvalue","dataType":"timestamp"},{"fid":"d102","fld":"bp","dataType":"ConvNumber"},' +
  '{"fid":"f101","fld":"cng","dataType":"ConvNumber"},{"fid":"f102","fld":"nc","dataType":"Number"},' +
  '{"fid":"f103","fld":"to","dataType":"Number"},{"fid":"f104","fld":"cng","dataType":"ConvNumber"},' +
  '{"fid":"f105","fld":"nc","dataType":"Number"}],"scrip":["s104","s105","s102"],"index":["i104","i102"],' +
  '"depth":["d102"],"scrip_lite":{"hfid":2},"index_lite":{"hfid":2}}';

/** A connection without acknowledgements whose server sends values in an order of its own. */
export const MAPPED = {
  login: `02b0 01 03 01 0001 4b 02 0004 00000000 03 02a0 ${Buffer.from(MAPPING).toString('hex')}`,
  snapshot: `003f 06 0001 53 0001 0e 73667c6e73655f636d7c32383835 03 000003e8 00047cb6 66694b39
    0000 0001 02 06 6e73655f636d 04 32383835 0b 52454c49414e43452d4551`,
  lite: '000e 06 0001 4c 0001 000003e9 00047cbb',
  update: `0013 06 0001 55 0001 03 ${NONE} 00047cc0 ${NONE}`,
  index: `0040 06 0001 53 0002 ${NIFTY} 02 66694b39 0023b74d ${NIFTY_TAIL}`,
} as const;

/** Every frame above that a server may send. */
export const ALL_ANSWERS: readonly Uint8Array[] = [
  ...Object.values(ANSWERS),
  ...Object.values(DATA),
  ...Object.values(MAPPED),
].map(bytesOf);

/** Frames as Fyers' data socket sends them, built by hand: nothing here is shared with the code under test. */

export const NONE = -0x8000_0000;

const ORDER = {
  sf: 'ltp v ltt fdtm bq bs bp sp ltq tbq tsq ap oi lo h yh yl lcl ucl op c'.split(' '),
  if: 'iv ic tvalue highPrice lowPrice openingPrice'.split(' '),
  dp: [
    ...['bp', 'sp', 'bq', 'bs'].flatMap((name) => ['', '1', '2', '3', '4'].map((suffix) => `${name}${suffix}`)),
    ...['bno', 'sno'].flatMap((name) => ['1', '2', '3', '4', '5'].map((suffix) => `${name}${suffix}`)),
  ],
} as const;
const PRICES = new Set('ltp bp sp ap lo h yh yl lcl ucl op c iv ic highPrice lowPrice openingPrice'.split(' '));

export type FakeKind = keyof typeof ORDER;
/** Values by the server's own short names: prices in rupees, times in seconds. What is left out has no value. */
export type FakeValues = Readonly<Record<string, number>>;

/** The values of a record, in their order, as integers. `hundred` is multiplier × 10 ^ precision. */
export function rawValues(kind: FakeKind, values: FakeValues, hundred = 100): readonly number[] {
  return ORDER[kind].map((name) => {
    const value = values[name];
    if (value === undefined) return NONE;
    const isPrice = PRICES.has(name) || (kind === 'dp' && /^(bp|sp)\d?$/.test(name));
    return isPrice ? Math.round(value * hundred) : value;
  });
}

/** The mapping that comes with the answer to a login, as far as clients read it. */
export function mappingText(): string {
  const letter = { sf: 's', if: 'i', dp: 'd' } as const;
  const fid = {
    sf: [105, 104, 103, 102, 111, 112, 109, 110, 106, 107, 108, 113, 122, 114, 115, 118, 119, 116, 117, 120, 121],
    if: [102, 103, 104, 105, 106, 107],
    dp: Array.from({ length: 30 }, (_none, place) => 102 + place),
  } as const;
  const kinds = ['sf', 'if', 'dp'] as const;
  const fields = kinds.flatMap((kind) =>
    ORDER[kind].map((fld, place) => {
      const isTime = fld === 'ltt' || fld === 'fdtm' || fld === 'tvalue';
      const isPrice = PRICES.has(fld) || (kind === 'dp' && /^(bp|sp)\d?$/.test(fld));
      const dataType = isTime ? 'timestamp' : isPrice ? 'ConvNumber' : 'Number';
      return { fid: `${letter[kind]}${fid[kind][place]}`, fld, dataType };
    }),
  );
  // The vendor's library looks up these five as well, and stumbles where they are missing.
  const further = ['f101', 'f102', 'f103', 'f104', 'f105'].map((each, place) => ({
    fid: each,
    fld: ['cng', 'nc', 'to', 'cng', 'nc'][place],
    dataType: place % 3 === 0 ? 'ConvNumber' : 'Number',
  }));
  const fidsOf = (kind: FakeKind) => fid[kind].map((number) => `${letter[kind]}${number}`);
  return JSON.stringify({
    fields: [...fields, ...further],
    scrip: fidsOf('sf'),
    index: fidsOf('if'),
    depth: fidsOf('dp'),
    scrip_lite: { hfid: 1 },
    index_lite: { hfid: 1 },
  });
}

/** An answer to a request of `type`: `K` or `N`. */
export function answerFrame(type: number, ok = true): Uint8Array {
  return fieldFrame(type, [Buffer.from(ok ? 'K' : 'N')]);
}

export function loginAnswer(ok: boolean, acknowledgeEvery: number, mapping?: string): Uint8Array {
  const interval = Buffer.alloc(4);
  interval.writeUInt32BE(acknowledgeEvery);
  const fields = [Buffer.from(ok ? 'K' : 'N'), interval];
  return fieldFrame(1, mapping === undefined ? fields : [...fields, Buffer.from(mapping)]);
}

/** A frame of data. `message` is its number, left out where no acknowledgements are asked for. */
export function dataFrame(message: number | undefined, records: readonly Uint8Array[]): Uint8Array {
  const head = Buffer.alloc(message === undefined ? 5 : 9);
  head[2] = 6;
  if (message !== undefined) head.writeUInt32BE(message, 3);
  head.writeUInt16BE(records.length, head.length - 2);
  const frame = Buffer.concat([head, ...records]);
  frame.writeUInt16BE(frame.length - 2);
  return frame;
}

export interface FakeSnapshot {
  readonly id: number;
  readonly topic: string;
  readonly values: readonly number[];
  readonly multiplier?: number;
  readonly precision?: number;
  readonly segment: string;
  readonly token: string;
  readonly symbol: string;
}

export function snapshotRecord(snapshot: FakeSnapshot): Uint8Array {
  const { id, topic, values, multiplier = 1, precision = 2, segment, token, symbol } = snapshot;
  const scale = Buffer.alloc(5);
  scale.writeUInt16BE(multiplier, 2);
  scale[4] = precision;
  return Buffer.concat([
    head('S', id),
    text(topic),
    Uint8Array.of(values.length),
    integers(values),
    scale,
    text(segment),
    text(token),
    text(symbol),
  ]);
}

export function updateRecord(id: number, values: readonly number[]): Uint8Array {
  return Buffer.concat([head('U', id), Uint8Array.of(values.length), integers(values)]);
}

export function liteRecord(id: number, values: readonly number[]): Uint8Array {
  return Buffer.concat([head('L', id), integers(values)]);
}

function head(letter: string, id: number): Uint8Array {
  const bytes = Buffer.alloc(3);
  bytes.write(letter);
  bytes.writeUInt16BE(id, 1);
  return bytes;
}

function text(words: string): Uint8Array {
  const bytes = Buffer.from(words);
  return Buffer.concat([Uint8Array.of(bytes.length), bytes]);
}

function integers(values: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [place, value] of values.entries()) bytes.writeInt32BE(value | 0, 4 * place);
  return bytes;
}

function fieldFrame(type: number, fields: readonly Uint8Array[]): Uint8Array {
  const parts = fields.map((field, place) => {
    const about = Buffer.alloc(3);
    about[0] = place + 1;
    about.writeUInt16BE(field.length, 1);
    return Buffer.concat([about, field]);
  });
  const frame = Buffer.concat([Buffer.from([0, 0, type, fields.length]), ...parts]);
  frame.writeUInt16BE(frame.length - 2);
  return frame;
}

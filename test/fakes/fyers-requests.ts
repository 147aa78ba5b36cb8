/** What a client of the fake data socket asked for. */
export type FakeRequest =
  | { readonly type: 'login'; readonly key: string; readonly mode: string; readonly source: string }
  | { readonly type: 'acknowledge'; readonly message: number }
  | { readonly type: 'subscribe' | 'unsubscribe'; readonly topics: readonly string[]; readonly channel: number }
  | { readonly type: 'pause' | 'resume'; readonly channels: ReadonlySet<number> }
  | { readonly type: 'snapshot'; readonly topics: readonly string[] }
  | { readonly type: 'mode'; readonly channels: ReadonlySet<number>; readonly mode: string }
  | { readonly type: 'ping' }
  | { readonly type: 'unknown'; readonly frameType: number };

/** Reads a frame of a client. Throws for one that is cut short. */
export function readRequest(frame: Buffer): FakeRequest {
  const type = frame[2] ?? 0;
  if (type === 11) return { type: 'ping' };
  const fields = fieldsOf(frame);
  const field = (id: number): Buffer => fields.get(id) ?? Buffer.alloc(0);
  switch (type) {
    case 1:
      return { type: 'login', key: String(field(1)), mode: String(field(2)), source: String(field(4)) };
    case 3:
      return { type: 'acknowledge', message: field(1).readUInt32BE() };
    case 4:
    case 5:
      return {
        type: type === 4 ? 'subscribe' : 'unsubscribe',
        topics: topicsOf(field(1)),
        channel: field(2)[0] ?? 0,
      };
    case 7:
    case 8:
      return { type: type === 7 ? 'pause' : 'resume', channels: channelsOf(field(1)) };
    case 9:
      return { type: 'snapshot', topics: topicsOf(field(1)) };
    case 12:
      return { type: 'mode', channels: channelsOf(field(1)), mode: String(field(2)) };
    default:
      return { type: 'unknown', frameType: type };
  }
}

function fieldsOf(frame: Buffer): ReadonlyMap<number, Buffer> {
  const fields = new Map<number, Buffer>();
  let at = 4;
  for (let left = frame[3] ?? 0; left > 0; left -= 1) {
    const length = frame.readUInt16BE(at + 1);
    fields.set(frame[at] ?? 0, frame.subarray(at + 3, at + 3 + length));
    at += 3 + length;
  }
  return fields;
}

function topicsOf(list: Buffer): readonly string[] {
  const topics: string[] = [];
  let at = 2;
  for (let left = list.readUInt16BE(); left > 0; left -= 1) {
    const length = list[at] ?? 0;
    topics.push(list.toString('ascii', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return topics;
}

function channelsOf(bits: Buffer): ReadonlySet<number> {
  const all = bits.readBigUInt64BE();
  return new Set(Array.from({ length: 64 }, (_none, bit) => bit).filter((bit) => (all >> BigInt(bit)) & 1n));
}

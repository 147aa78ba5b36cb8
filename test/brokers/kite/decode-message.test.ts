import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBareBody, decodeMessage } from '../../../src/main/brokers/kite/decode-message.ts';
import { frame, packetOf, rawPacket } from '../../fakes/kite-packets.ts';
import { CONTENTS, MESSAGES } from './worked-examples.ts';

const EXAMPLES = Object.keys(MESSAGES) as (keyof typeof MESSAGES)[];

describe('decoding a message of the ticker', () => {
  it.each(EXAMPLES)('reads example %s exactly', (name) => {
    // Through JSON, as the command line writes it: fields without a value must be gone, not null.
    expect(JSON.parse(JSON.stringify(decodeMessage(MESSAGES[name])))).toEqual(CONTENTS[name]);
  });

  it('reads a packet that came without the header of a message', () => {
    expect(decodeBareBody(MESSAGES.k3.subarray(4))).toEqual(CONTENTS.k3[0]);
    expect(decodeBareBody(new Uint8Array(0))).toEqual({ reject: 'unknown-length', length: 0 });
  });

  it('shows the fields of a packet whose price cannot be, and the rest of the message', () => {
    const bad = rawPacket(8, { 0: 408_065, 4: -5 });
    const good = packetOf({ token: 408_065, ltp: 1_573.7 }, 'ltp');
    expect(decodeMessage(frame(bad, good))).toEqual([
      { reject: 'bad-price', token: 408_065, mode: 'ltp', tradable: true, ltp: -0.05 },
      { token: 408_065, mode: 'ltp', tradable: true, ltp: 1_573.7 },
    ]);
  });

  it('tells of bytes after the last packet', () => {
    expect(decodeMessage(Uint8Array.from([...MESSAGES.k1, 1, 2, 3]))).toEqual([
      ...CONTENTS.k1,
      { reject: 'trailing-bytes', length: 3 },
    ]);
  });

  it('loses only the packets that are cut off, wherever that is', () => {
    const { k6 } = MESSAGES;
    const ends = [12, 46, 56, 66];
    for (let length = 2; length < k6.byteLength; length += 1) {
      const whole = ends.filter((end) => end <= length).length;
      expect(decodeMessage(k6.subarray(0, length)), `cut at byte ${length}`).toEqual([
        ...CONTENTS.k6.slice(0, whole),
        { reject: 'truncated', missing: 4 - whole },
      ]);
    }
  });

  it('reads what lies in the middle of a larger buffer', () => {
    const larger = Uint8Array.from([9, 9, 9, ...MESSAGES.k3, 9, 9]);
    expect(decodeMessage(larger.subarray(3, 3 + MESSAGES.k3.byteLength))).toEqual(CONTENTS.k3);
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        expect(Array.isArray(decodeMessage(bytes))).toBe(true);
        decodeBareBody(bytes);
      }),
      { numRuns: 2_000 },
    );
  });
});

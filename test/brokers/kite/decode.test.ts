import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRecording, remarkOnRecording } from '../../../src/main/brokers/kite/decode.ts';
import { CONTENTS, MESSAGES } from './worked-examples.ts';

const recording = (bytes: Uint8Array, ...switches: readonly string[]) => ({ bytes, switches: new Set(switches) });
const capture = (...frames: readonly unknown[]) => recording(Buffer.from(JSON.stringify({ venue: 'kite', frames })));
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

describe('a capture of Kite', () => {
  it('is read message by message: packets as they are, text by its type', () => {
    const records = decodeRecording(
      capture(
        { connection: 'ticker 1', direction: 'client-to-server', frameText: '{"a":"subscribe","v":[1]}' },
        { connection: 'ticker 1', frameBase64: base64(MESSAGES.k1) },
        { frameBase64: base64(Uint8Array.of(0)) },
        { frameText: '{"type":"message","data":"maintenance at ten"}' },
        { frameText: '{"type":"order","data":{"order_id":"1"}}' },
        { frameText: 'rubbish' },
        { frameBase64: base64(MESSAGES.k6) },
      ),
    );
    expect([...records]).toEqual([
      ...CONTENTS.k1,
      { text: 'notice', content: 'maintenance at ten' },
      { text: 'order', order: { order_id: '1' } },
      { text: 'unreadable' },
      ...CONTENTS.k6,
    ]);
  });

  it('without a message has no record and no remark', () => {
    expect([...decodeRecording(capture())]).toEqual([]);
    expect(remarkOnRecording(capture())).toBeUndefined();
  });
});

describe('a recording of Kite', () => {
  it('is refused with a switch nobody knows', () => {
    expect(() => decodeRecording(recording(MESSAGES.k1, 'hex'))).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining('--hex') }),
    );
  });

  it('of whatever bytes becomes records, or a sentence', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.subarray(['packet', 'base64']), (bytes, switches) => {
        try {
          for (const record of decodeRecording(recording(bytes, ...switches))) JSON.stringify(record);
          remarkOnRecording(recording(bytes, ...switches));
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: 'invalid-input' });
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { fyers } from '../../../src/main/brokers/fyers/index.ts';
import { ANSWERS, bytesOf, DATA, MAPPED } from './worked-examples.ts';

/** A recording: each frame preceded by its length in four bytes. */
function recordingOf(...frames: readonly string[]): Uint8Array {
  return Buffer.concat(
    frames.map(bytesOf).flatMap((frame) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(frame.length);
      return [length, frame];
    }),
  );
}
const decode = (bytes: Uint8Array, switches: readonly string[] = []): readonly Record<string, unknown>[] => {
  const records: Record<string, unknown>[] = [];
  for (const record of fyers.decode?.({ bytes, switches: new Set(switches) }) ?? []) records.push({ ...record });
  return records;
};

describe('decode fyers', () => {
  it('reads frames after the login, in order', () => {
    const records = decode(
      recordingOf(ANSWERS.loginEverySecond, ANSWERS.modeSet, ANSWERS.subscribed, ...Object.values(DATA)),
    );
    expect(records.map(({ kind, type, how }) => [kind, type, how].filter(Boolean).join(' '))).toEqual([
      'control cn',
      'control ful',
      'control sub',
      'quote sf snapshot',
      'quote if snapshot',
      'control acknowledge',
      'book dp snapshot',
      'quote sf update',
      'quote if update',
      'control acknowledge',
      'quote sf update',
      'control acknowledge',
      'quote sf lite',
      'quote if lite',
      'book dp update',
      'control acknowledge',
      'quote sf snapshot',
      'quote sf snapshot',
      'quote if snapshot',
      'control acknowledge',
      'error',
      'quote sf update',
    ]);
    expect(records[3]).toMatchObject({
      symbol: 'NSE:SBIN-EQ',
      price: 606.4,
      size: 5,
      time: 1_690_953_622_000,
      dayVolume: 3_045_212,
    });
  });

  it('obeys the mapping of the login', () => {
    const [, first, second] = decode(recordingOf(MAPPED.login, MAPPED.snapshot, MAPPED.lite));
    expect([first, second]).toMatchObject([
      { symbol: 'NSE:RELIANCE-EQ', ltp: 2_940.7, vol_traded_today: 1_000 },
      { ltp: 2_940.75, vol_traded_today: 1_001 },
    ]);
  });

  it('forgets topics at the next login, as a new connection does', () => {
    const records = decode(
      recordingOf(ANSWERS.loginEverySecond, DATA.snapshot, ANSWERS.loginEverySecond, DATA.shortUpdate),
    );
    expect(records.at(-1)).toMatchObject({ kind: 'error', reject: 'unknown-topic' });
  });

  it('reads a recording cut off anywhere as far as it goes', () => {
    const whole = recordingOf(ANSWERS.loginEverySecond, DATA.snapshot, DATA.shortUpdate);
    for (let length = 1; length < whole.length; length += 1) {
      const records = decode(whole.subarray(0, length));
      const ends = [4 + 15, 4 + 15 + 4 + 137];
      if (!ends.includes(length))
        expect(records.at(-1), `cut at byte ${length}`).toMatchObject({ reject: 'truncated' });
    }
  });

  it('reads a file of capture, text messages and orders too', () => {
    const frame = (hex: string) => ({ connection: 'data', frameBase64: Buffer.from(bytesOf(hex)).toString('base64') });
    const order = {
      id: '1',
      symbol: 'NSE:SBIN-EQ',
      qty: 1,
      qty_filled: 0,
      tran_side: 1,
      ord_status: 20,
      time_oms: 1_690_953_622,
    };
    const file = {
      frames: [
        frame(ANSWERS.loginEverySecond),
        { ...frame(ANSWERS.loginRefused), direction: 'client-to-server' },
        frame(DATA.snapshot),
        { connection: 'data', frameText: '{"type":"sub","s":"ok","code":200,"message":"successful"}' },
        { connection: 'data', frameText: 'rubbish' },
        { connection: 'orders', frameText: JSON.stringify({ s: 'ok', orders: order }) },
        { connection: 'orders', frameText: 'pong' },
      ],
    };
    expect(decode(Buffer.from(JSON.stringify(file)))).toMatchObject([
      { kind: 'control', type: 'cn' },
      { kind: 'quote', ltp: 606.4 },
      { kind: 'control', type: 'sub' },
      { kind: 'error', reject: 'unreadable-text' },
      { kind: 'order', id: '1', state: 'in-flight', time: 1_690_953_622_000 },
      { kind: 'control', type: 'pong' },
    ]);
  });

  it.each([
    ['an empty file', new Uint8Array(), []],
    ['text', Buffer.from('this is no recording'), []],
    ['a frame without its length', bytesOf(DATA.snapshot), []],
    ['a switch nobody knows', recordingOf(ANSWERS.loginWithout), ['packet']],
  ])('refuses %s in a sentence', (_case, bytes, switches) => {
    expect(() => decode(bytes, switches)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });

  it('has help that names every kind of record', () => {
    for (const word of ['quote', 'book', 'order', 'control', 'error']) expect(fyers.decodeHelp).toContain(word);
  });
});

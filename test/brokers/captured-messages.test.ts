import { describe, expect, it } from 'vitest';
import { readCapturedMessages } from '../../src/main/brokers/captured-messages.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const read = (value: unknown, indent?: number) => readCapturedMessages(bytesOf(JSON.stringify(value, null, indent)));

describe('the messages of a capture', () => {
  it('come in order, bytes as bytes and text as text', () => {
    const frames = [
      { connection: 'ticker 1', direction: 'client-to-server', frameText: '{"a":"subscribe"}' },
      { connection: 'ticker 1', direction: 'server-to-client', frameBase64: 'AAE=' },
      { frameBase64: '' },
    ];
    const expected = [
      { connection: 'ticker 1', direction: 'out', message: '{"a":"subscribe"}' },
      { connection: 'ticker 1', direction: 'in', message: new Uint8Array([0, 1]) },
      { connection: '', direction: 'in', message: new Uint8Array() },
    ];
    expect(read({ broker: 'x', frames })).toEqual(expected);
    expect(read({ frames }, 2)).toEqual(expected);
  });

  it('are without answers of HTTP and blanks', () => {
    expect(read({ frames: [{ transport: 'http', frameText: '{}' }, { note: 'left out' }, 3, null] })).toEqual([]);
  });

  it.each([
    ['a packet', new Uint8Array([0, 1, 0, 8])],
    ['text that is no JSON', bytesOf('{"frames": [')],
    ['bytes after an opening brace', new Uint8Array([0x7b, 0x22, 0xff])],
    ['another object', bytesOf('{"frames": 3}')],
    ['nothing', new Uint8Array()],
  ])('are not looked for in %s', (_case, bytes) => {
    expect(readCapturedMessages(bytes)).toBeUndefined();
  });
});

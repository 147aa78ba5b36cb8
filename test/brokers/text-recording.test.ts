import { describe, expect, it } from 'vitest';
import { readTextRecording } from '../../src/main/brokers/text-recording.ts';

const read = (content: string | Uint8Array) =>
  readTextRecording(typeof content === 'string' ? new TextEncoder().encode(content) : content);
const texts = (content: string) => read(content).map(({ text }) => text);

const TRADE = '{"type":"message","time":1729842192785164840}';
const ACK = '{"id":"1","type":"ack"}';

describe('a recording in text', () => {
  it('reads frames one a line, to the letter', () => {
    expect(texts(`${TRADE}\r\n\n  ${ACK}\n`)).toEqual([TRADE, ACK]);
    expect(read(TRADE)).toEqual([
      { text: TRADE, transport: 'ws', direction: 'in', status: undefined, request: undefined, receivedAt: undefined },
    ]);
  });

  it('reads one frame over many lines', () => {
    const pretty = JSON.stringify(JSON.parse(ACK), null, 2);
    expect(texts(pretty)).toEqual([pretty]);
  });

  it('unwraps a frame, with what stands around it', () => {
    const wrapped = {
      transport: 'http',
      direction: 'server-to-client',
      status: 400,
      request: { method: 'GET', path: '/candles', query: { symbol: 'A', length: 2 }, body: { from: 1 } },
      frameText: ACK,
      frame: { id: 'another' },
      receivedAt: 1_700_000_000_000,
    };
    const request = { ...wrapped.request, query: { symbol: 'A', length: '2' } };
    const expected = [
      { text: ACK, transport: 'http', direction: 'in', status: 400, request, receivedAt: 1_700_000_000_000 },
    ];
    expect(read(JSON.stringify(wrapped))).toEqual(expected);
    expect(read(JSON.stringify(wrapped, null, 2))).toEqual(expected);
  });

  it('unwraps frames in order; what stands around them holds for each that says nothing else', () => {
    const frames = [
      { frameText: ACK, direction: 'client-to-server' },
      TRADE,
      { frameBase64: 'AAA=' },
      { body: { a: 1 } },
    ];
    const found = read(
      JSON.stringify({ transport: 'ws', frames: [...frames.slice(0, 3), { transport: 'http', body: { a: 1 } }] }),
    );
    expect(found.map(({ text, transport, direction }) => [text, transport, direction])).toEqual([
      [ACK, 'ws', 'out'],
      [TRADE, 'ws', 'in'],
      ['{"a":1}', 'http', 'in'],
    ]);
  });

  it('takes the parsed frame where the text is not there', () => {
    expect(texts('{"transport":"ws","frame":{"a":1}}')).toEqual(['{"a":1}']);
    expect(texts('{"transport":"http","body":"plain"}')).toEqual(['plain']);
  });

  it('does not mistake a venue’s own fields for a wrapping', () => {
    for (const frame of [
      '{"body":{"a":1}}',
      '{"frame":{"a":1}}',
      '{"frames":[{"a":1}]}',
      '{"frames":3}',
      '[{"frameText":"a"}]',
    ])
      expect(texts(frame)).toEqual([frame]);
  });

  it('mixes wrapped and bare lines, and passes on what is broken', () => {
    expect(texts(`${JSON.stringify({ frameText: ACK })}\n${TRADE}\n{"cut":\nrubbish`)).toEqual([
      ACK,
      TRADE,
      '{"cut":',
      'rubbish',
    ]);
    expect(texts('{"cut":')).toEqual(['{"cut":']);
    expect(texts(`{"cut":\n${ACK}`)).toEqual(['{"cut":', ACK]);
  });

  it.each([
    ['nothing', ''],
    ['blank lines', ' \n\n'],
    ['a web page', '<html>\n<body>\n</html>'],
    ['a word', 'rubbish'],
    ['bytes', new Uint8Array([0, 1, 0xff, 0xfe])],
    ['frames cut into lines', '{\n"a":\n'],
  ])('calls %s no recording', (_case, content) => {
    expect(() => read(content)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });

  it('reads past a byte order mark', () => {
    expect(texts(`\uFEFF${ACK}`)).toEqual([ACK]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTextMessage } from '../../../src/main/brokers/kite/text-messages.ts';

describe('a text message of the ticker', () => {
  it.each([
    ['{"type":"order","data":{"order_id":"1"}}', { type: 'order', order: { order_id: '1' } }],
    ['{"type":"error","data":"Something is wrong"}', { type: 'error', text: 'Something is wrong' }],
    ['{"type":"message","data":{"note":"maintenance"}}', { type: 'notice', text: '{"note":"maintenance"}' }],
    [
      '{"type":"instruments_meta","data":{"count":90517,"etag":"W/\\"1\\""}}',
      { type: 'instruments-meta', count: 90_517, etag: 'W/"1"' },
    ],
    ['{"type":"instruments_meta"}', { type: 'instruments-meta', count: undefined, etag: undefined }],
    ['{"type":"app_code","timestamp":"2023-05-30T13:31:46+05:30"}', { type: 'unknown', name: 'app_code' }],
    ['not json', { type: 'unreadable' }],
    ['[1,2]', { type: 'unreadable' }],
    ['{"type":7}', { type: 'unreadable' }],
    ['null', { type: 'unreadable' }],
  ])('%s', (text, expected) => {
    expect(parseTextMessage(text)).toEqual(expected);
  });

  it('never throws, and quotes no long text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((data) => `{"type":"error","data":${data}}`),
        ),
        (text) => {
          const message = parseTextMessage(text);
          if (message.type === 'error') expect(message.text.length).toBeLessThanOrEqual(200);
        },
      ),
    );
  });
});

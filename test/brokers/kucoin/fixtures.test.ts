import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeRecording } from '../../../src/main/brokers/kucoin/decode.ts';
import { pingFrame, requestFrame } from '../../../src/main/brokers/kucoin/requests.ts';

const FOLDER = join(import.meta.dirname, '../../../../shared/fixtures/kucoin');
const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.json')) : [];
const read = (name: string): Buffer => readFileSync(join(FOLDER, name));

/** As a script sees it: what is undefined is not there. */
const printed = (bytes: Uint8Array): unknown[] =>
  [...decodeRecording({ bytes, switches: new Set() })].map((record) => JSON.parse(JSON.stringify(record)));

describe.skipIf(names.length === 0)('fixtures of KuCoin (need ../shared/fixtures/kucoin)', () => {
  it('are all here', () => {
    expect(names.length).toBeGreaterThanOrEqual(22);
  });

  it.each(names.filter((name) => !name.includes('client')))('%s decodes exactly as expected', (name) => {
    const { expect: expected } = JSON.parse(read(name).toString('utf8'));
    expect(printed(read(name))).toStrictEqual([expected].flat());
  });

  it.each(names)('%s decodes the same from its bare frames, one a line', (name) => {
    const fixture = JSON.parse(read(name).toString('utf8'));
    // Candles of REST need their request, for the answer does not name the instrument.
    if (name === 'rest-klines-1min.json') return;
    const frames: readonly { readonly frameText: string }[] = fixture.frames ?? [fixture];
    const bare = Buffer.from(frames.map(({ frameText }) => frameText).join('\n'));
    expect(printed(bare)).toStrictEqual(printed(read(name)));
  });

  it.each([
    ['ws-client-ping.json', () => pingFrame('1545910590801')],
    [
      'ws-client-subscribe-candles.json',
      () => requestFrame({ id: '1545910660739', type: 'subscribe', topics: ['/market/candles:BTC-USDT_1hour'] }),
    ],
    [
      'ws-client-unsubscribe.json',
      () =>
        requestFrame({
          id: '1545910840805',
          type: 'unsubscribe',
          topics: ['/market/ticker:BTC-USDT', '/market/ticker:ETH-USDT'],
        }),
    ],
  ])('%s is what we send, to the letter', (name, make) => {
    expect(make()).toBe(JSON.parse(read(name).toString('utf8')).frameText);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeTinvest } from '../../../src/main/brokers/tinvest/decode.ts';
import {
  GET_MY_SUBSCRIPTIONS,
  pingSettingsFrame,
  subscriptionFrame,
} from '../../../src/main/brokers/tinvest/requests.ts';
import { bookOf, candlesOf, infoOf, lastPriceOf, tradesOf } from '../../../src/main/brokers/tinvest/subscriptions.ts';
import { intervalNamed } from './worked-examples.ts';

/** Frames and answers in the shape the documentation gives; not part of this project. */
const FOLDER = join(import.meta.dirname, '../../../../shared/fixtures/tinvest');
const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.json')) : [];
const load = (name: string) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
const decode = (name: string) => [
  ...decodeTinvest({ bytes: readFileSync(join(FOLDER, name)), switches: new Set<string>() }),
];
const GAZPROM = '962e2a95-02a9-4171-abd7-aa198dbe643a';

describe.skipIf(names.length === 0)('fixtures of T-Invest (need ../shared/fixtures/tinvest)', () => {
  const told = names.filter((name) => load(name).expect !== undefined);

  it.each(told)('%s decodes to what it expects', (name) => {
    const { expect: expected } = load(name);
    if (expected.trades !== undefined) expect(decode(name)).toEqual([...expected.trades, ...expected.bars1s]);
    else expect(decode(name)).toEqual(Array.isArray(expected) ? expected : [expected]);
  });

  it('are all there', () => {
    expect(told.length).toBeGreaterThanOrEqual(15);
  });

  it.each([
    ['ws-client-get-my-subscriptions.json', GET_MY_SUBSCRIPTIONS],
    ['ws-client-ping-settings.json', pingSettingsFrame(20_000)],
    ['ws-client-subscribe-trades.json', subscriptionFrame('SUBSCRIBE', [tradesOf(GAZPROM)])],
    ['ws-client-unsubscribe-trades.json', subscriptionFrame('UNSUBSCRIBE', [tradesOf(GAZPROM)])],
    ['ws-client-subscribe-info.json', subscriptionFrame('SUBSCRIBE', [infoOf(GAZPROM)])],
    ['ws-client-subscribe-last-price.json', subscriptionFrame('SUBSCRIBE', [lastPriceOf(GAZPROM)])],
    ['ws-client-subscribe-orderbook.json', subscriptionFrame('SUBSCRIBE', [bookOf(GAZPROM, 10)])],
    ['ws-client-subscribe-candles.json', subscriptionFrame('SUBSCRIBE', [candlesOf(GAZPROM, intervalNamed('1m'))])],
  ])('%s is what we send, to the letter', (name, frame) => {
    expect(frame).toBe(load(name).frameText);
    expect(decode(name)).toMatchObject([{ kind: 'control', type: 'request' }]);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../../src/core/brand.ts';
import { exchangeToken } from '../../../src/main/brokers/kite/auth.ts';
import { decodeBareBody, decodeMessage } from '../../../src/main/brokers/kite/decode-message.ts';
import { openEnvelope } from '../../../src/main/brokers/kite/envelope.ts';
import { createKiteHistory } from '../../../src/main/brokers/kite/history.ts';
import { parseInstrumentDump } from '../../../src/main/brokers/kite/instrument-dump.ts';
import { createKiteQuotes } from '../../../src/main/brokers/kite/quotes.ts';
import { readFrame } from '../../../src/main/brokers/kite/read-frame.ts';
import { parseTextMessage } from '../../../src/main/brokers/kite/text-messages.ts';
import { createTradeFilter } from '../../../src/main/brokers/kite/trade-filter.ts';
import { INFY } from '../../fakes/kite-instruments.ts';
import { frame } from '../../fakes/kite-packets.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { nse } from '../../support/nse.ts';
import { QuietLogger } from '../../support/quiet-logger.ts';
import { instrumentOf, key } from './open-context.ts';
import { CONTENTS } from './worked-examples.ts';

/** Published by Zerodha with its clients; not part of this project. */
const FOLDER = join(import.meta.dirname, '../../../../shared/fixtures/kite');
const read = (name: string): Buffer => readFileSync(join(FOLDER, name));
const bodyOf = (name: string) => ({
  status: 200,
  contentType: 'application/json',
  text: read(name).toString('utf8'),
  header: () => undefined,
});
const never = new AbortController().signal;
const receivedAt = Date.parse('2021-07-05T10:41:28+05:30') as EpochMs;
const instruments = [{ instrument: instrumentOf(INFY), token: INFY.token, quoteKey: 'NSE:INFY' }];
const parts = { instruments, clock: new FakeClock(receivedAt), logger: new QuietLogger(), calendarOf: nse };
const answering = (name: string) => ({ get: () => Promise.resolve(openEnvelope(bodyOf(name), [])) });

describe.skipIf(!existsSync(FOLDER))('recordings of Kite (need ../shared/fixtures/kite)', () => {
  it('packets in ltp and quote mode decode as recorded', () => {
    expect(decodeMessage(read('ltpMode_binary.packet'))).toEqual(CONTENTS.k1);
    expect(decodeMessage(read('quoteMode_binary.packet'))).toEqual(CONTENTS.k2);
  });

  it('the full packet decodes to the recorded JSON, field by field', () => {
    const packet = Buffer.from(read('ticker_full.packet').toString('utf8'), 'base64');
    const recorded = JSON.parse(read('ticker_full.json').toString('utf8'));
    expect(decodeBareBody(packet)).toEqual({
      token: recorded.instrument_token,
      mode: recorded.mode,
      tradable: recorded.tradable,
      ltp: recorded.last_price,
      lastQuantity: recorded.last_quantity,
      averagePrice: recorded.average_price,
      dayVolume: recorded.volume,
      buyQuantity: recorded.buy_quantity,
      sellQuantity: recorded.sell_quantity,
      ...recorded.ohlc,
      lastTradeTime: Date.parse(recorded.last_trade_time),
      oi: recorded.oi,
      oiDayHigh: recorded.oi_day_high,
      oiDayLow: recorded.oi_day_low,
      exchangeTime: Date.parse(recorded.timestamp),
      depth: recorded.depth,
    });
    const { ticks, rejects } = readFrame(
      frame(packet),
      new Map([[INFY.token, 'NSE:INFY' as InstrumentKey]]),
      receivedAt,
      createTradeFilter(),
    );
    expect(rejects).toEqual([]);
    expect(ticks).toMatchObject([
      { ltp: recorded.last_price, dayVolume: recorded.volume, time: Date.parse(recorded.timestamp) },
    ]);
  });

  it('the quote reads as recorded', async () => {
    const [tick] = await createKiteQuotes({ ...parts, api: answering('quote.json') }).quotes([key('INFY')], never);
    expect(tick).toEqual({
      instrument: 'NSE:INFY',
      ltp: 1412.95,
      dayVolume: 7_360_198,
      previousClose: 1389.65,
      dayOpen: 1396,
      dayHigh: 1421.75,
      dayLow: 1395.55,
      time: Date.parse('2021-06-08T15:45:56+05:30'),
      receivedAt,
    });
  });

  it('the ltp answer, which has no more than a price, reads as a price', async () => {
    const [tick] = await createKiteQuotes({ ...parts, api: answering('ltp.json') }).quotes([key('INFY')], never);
    expect(tick).toEqual({ instrument: 'NSE:INFY', ltp: 1074.35, time: receivedAt, receivedAt });
  });

  it('the candles read as recorded', async () => {
    const history = createKiteHistory({ ...parts, api: answering('historical_minute.json') });
    const from = Date.parse('2017-12-15T09:15:00+05:30') as EpochMs;
    const to = Date.parse('2017-12-15T09:30:00+05:30') as EpochMs;
    const candles = await history.candles({ instrument: key('INFY'), timeframe: '1m', from, to }, never);
    const recorded: readonly (readonly [string, ...number[]])[] = JSON.parse(
      read('historical_minute.json').toString('utf8'),
    ).data.candles;
    expect(
      candles.map(({ openTime, open, high, low, close, volume }) => [openTime, open, high, low, close, volume]),
    ).toEqual(recorded.map(([time, ...values]) => [Date.parse(time), ...values]));
  });

  it('the instruments dump reads whole, and its tokens are what tokens are made of', () => {
    const csv = read('instruments_nse.csv').toString('utf8');
    const { rows, unreadable } = parseInstrumentDump(csv);
    const lines = csv.trim().split('\n').slice(1);
    expect(unreadable).toBe(0);
    expect(rows).toHaveLength(lines.length);
    rows.forEach(({ token, tradingSymbol }, index) => {
      const [, exchangeToken, symbol] = lines[index]?.split(',') ?? [];
      expect(token).toBe(Number(exchangeToken) * 256 + 1);
      expect(tradingSymbol).toBe(symbol);
    });
  });

  it('the session gives its access token', async () => {
    const exchange = { apiKey: 'k', apiSecret: 's', requestToken: 'r' };
    const token = await exchangeToken(
      () => Promise.resolve(bodyOf('generate_session.json')),
      'http://fake',
      exchange,
      never,
    );
    expect(token).toBe('XXXXXX');
  });

  it('every other answer opens too', () => {
    const bare = ['postback.json', 'ticker_full.json'];
    const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json') && !bare.includes(name));
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect(openEnvelope(bodyOf(name), []), name).toBeDefined();
  });

  it('an order on the ticker is told from a price', () => {
    const order = read('postback.json').toString('utf8');
    expect(parseTextMessage(`{"type":"order","data":${order}}`)).toEqual({ type: 'order', order: JSON.parse(order) });
  });
});

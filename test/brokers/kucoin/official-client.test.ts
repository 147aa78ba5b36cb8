/**
 * KuCoin's own SDK at the fake venue. It takes the address of REST as an option and that of the stream from the token's
 * answer, so both are 127.0.0.1 without a trick: nothing in it insists on TLS. Its log is silenced through the hook it
 * has for that, but for the lines of the worker thread in which its socket lives.
 */
import { createRequire } from 'node:module';
import {
  ClientOptionBuilder,
  DefaultClient,
  Spot,
  TransportOptionBuilder,
  WebSocketClientOptionBuilder,
} from 'kucoin-universal-sdk';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { MINUTE_MS } from '../../../src/core/brand.ts';
import { openKucoin } from '../../../src/main/brokers/kucoin/session.ts';
import { bookPush, candlePush } from '../../fakes/kucoin-messages.ts';
import { type KucoinVenue, startKucoinVenue } from '../../fakes/kucoin-venue.ts';
import { eventually } from '../../support/eventually.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { contextFor, key } from './open-context.ts';

const require = createRequire(import.meta.url);
const { version } = require('kucoin-universal-sdk/package.json') as { readonly version: string };
const { logger } = require('kucoin-universal-sdk/dist/common') as { readonly logger: Record<string, unknown> };
for (const level of ['log', 'info', 'warn', 'error', 'debug']) logger[level] = () => undefined;

const never = new AbortController().signal;
let venue: KucoinVenue;

beforeEach(async () => {
  venue = await startKucoinVenue();
});

afterEach(() => venue.close());

function officialClient(onEvent: (event: string, text: string) => void = () => undefined): DefaultClient {
  const option = new ClientOptionBuilder()
    .setKey('')
    .setSecret('')
    .setPassphrase('')
    .setSpotEndpoint(venue.apiUrl)
    .setFuturesEndpoint(venue.apiUrl)
    .setBrokerEndpoint(venue.apiUrl)
    .setTransportOption(new TransportOptionBuilder().setKeepAlive(false).build())
    .setWebSocketClientOption(new WebSocketClientOptionBuilder().withEventCallback(onEvent).build())
    .build();
  return new DefaultClient(option);
}

describe(`the official client, kucoin-universal-sdk ${version}, at the fake venue`, () => {
  it('connects, subscribes and receives the values our feed receives', async () => {
    const stream = officialClient().wsService().newSpotPublicWS();
    await stream.start();
    onTestFinished(() => stream.stop());
    const trades: object[] = [];
    const quotes: object[] = [];
    const books: object[] = [];
    const candles: object[] = [];
    const symbols = ['BTC-USDT', 'ETH-USDT'];
    await stream.trade(symbols, (_topic, _subject, data) => {
      const { symbol, price, size, side, time } = data;
      // The stamp is in nanoseconds, as text.
      trades.push([key(symbol), Number(price), Number(size), side, Number(time.slice(0, 13))]);
    });
    await stream.ticker(symbols, (topic, _subject, { price, bestBid, bestAsk, time }) => {
      quotes.push([key(topic.slice(topic.indexOf(':') + 1)), Number(price), Number(bestBid), Number(bestAsk), time]);
    });
    await stream.orderbookLevel5(symbols, (topic, _subject, { bids, asks, timestamp }) => {
      books.push([key(topic.slice(topic.indexOf(':') + 1)), bids.map(numbers), asks.map(numbers), timestamp]);
    });
    for (const name of symbols)
      await stream.klines(name, '1min', (_topic, _subject, { symbol, candles: [start, ...prices] }) => {
        candles.push([key(symbol), Number(start) * 1_000, ...prices.slice(0, 5).map(Number)]);
      });

    const session = await openKucoin(contextFor(venue));
    const notes = new FeedNotes();
    const stop = new AbortController();
    session.feed.watch(new Set(symbols.map(key)));
    session.feed.books?.(true);
    session.feed.candles?.(['1m']);
    const ran = session.feed.run(notes, stop.signal);
    await eventually(() => venue.clients.map(({ topics }) => [...topics].sort())).toEqual([
      wanted(symbols),
      wanted(symbols),
    ]);

    const now = Date.now();
    const minute = Math.floor(now / MINUTE_MS) * 60;
    for (let step = 0; step < 40; step += 1) {
      const symbol = symbols[step % 2] ?? '';
      const side = step % 3 === 0 ? 'sell' : 'buy';
      await venue.trade(symbol, { price: `${67_000 + step / 10}`, size: `0.0${step + 1}`, side, time: now + step });
      await venue.quote(symbol, {
        price: `${67_000 + step / 10}`,
        bestBid: '66999.9',
        bestAsk: '67001.2',
        time: now + step,
      });
      await venue.push(
        bookPush({ symbol, bids: [['66999.9', '1']], asks: [['67001.2', '0.5']], timestamp: now + step }),
      );
      const close = `${67_000 + step / 10}`;
      await venue.push(
        candlePush('BTC-USDT', '1min', [`${minute}`, '67000', close, '67004', '66990', `${step}`, '1'], now + step),
      );
    }
    await eventually(() => [trades, quotes, books, candles].map(({ length }) => length)).toEqual([40, 40, 40, 40]);
    await eventually(() => [notes.recent.length, notes.pictures.length, notes.candles.length]).toEqual([40, 80, 40]);

    expect(
      notes.recent.map(({ instrument, ltp, quantity, side, time }) => [instrument, ltp, quantity, side, time]),
    ).toEqual(trades);
    const ourQuotes = notes.pictures.filter(({ book }) => book === undefined);
    expect(ourQuotes.map(({ instrument, ltp, bid, ask, time }) => [instrument, ltp, bid, ask, time])).toEqual(quotes);
    const ourBooks = notes.pictures.flatMap(({ instrument, book, time }) => (book ? [{ instrument, book, time }] : []));
    const pairs = (levels: readonly { readonly price: number; readonly quantity: number }[]) =>
      levels.map(({ price, quantity }) => [price, quantity]);
    expect(
      ourBooks.map(({ instrument, book, time }) => [instrument, pairs(book.bids), pairs(book.asks), time]),
    ).toEqual(books);
    expect(
      notes.candles.map(({ candle: { instrument, openTime, open, close, high, low, volume } }) => [
        instrument,
        openTime,
        open,
        close,
        high,
        low,
        volume,
      ]),
    ).toEqual(candles);
    stop.abort();
    await ran;
  });

  it('reads the list of instruments, prices and history as we do', async () => {
    const market = officialClient().restService().getSpotService().getMarketApi();
    const ours = await openKucoin(contextFor(venue));
    const { data: listed } = await market.getAllSymbols(Spot.Market.GetAllSymbolsReq.create({}));
    const tradable = listed.filter(({ enableTrading }) => enableTrading);
    expect(ours.instruments.map((each) => [each.key, each.name, each.tickSize, each.lotSize])).toEqual(
      tradable.map((each) => [key(each.symbol), each.name, Number(each.priceIncrement), Number(each.baseIncrement)]),
    );

    await venue.quote('BTC-USDT', { price: '67523.4', bestBid: '67523.3', bestAsk: '67523.5' });
    const ticker = await market.getTicker(Spot.Market.GetTickerReq.create({ symbol: 'BTC-USDT' }));
    expect(await ours.quotes?.quotes([key('BTC-USDT')], never)).toMatchObject([
      { ltp: Number(ticker.price), bid: Number(ticker.bestBid), ask: Number(ticker.bestAsk), time: ticker.time },
    ]);

    const [from, to] = [Date.parse('2026-11-19T00:00:00Z'), Date.parse('2026-11-19T12:00:00Z')];
    const { data: rows } = await market.getKlines(
      Spot.Market.GetKlinesReq.create({
        symbol: 'BTC-USDT',
        type: Spot.Market.GetKlinesReq.TypeEnum._5MIN,
        startAt: from / 1_000,
        endAt: to / 1_000,
      }),
    );
    const request = { instrument: key('BTC-USDT'), timeframe: '5m', from: from as never, to: to as never } as const;
    const candles = await ours.history?.candles(request, never);
    expect(candles).toHaveLength(144);
    expect(
      candles?.map(({ openTime, open, close, high, low, volume }) => [
        openTime / 1_000,
        open,
        close,
        high,
        low,
        volume,
      ]),
    ).toEqual(rows.toReversed().map((row) => row.slice(0, 6).map(Number)));
  });

  it('is told the same of an instrument that nobody knows', async () => {
    const told: string[] = [];
    const stream = officialClient((event, text) => told.push(`${event}: ${text}`))
      .wsService()
      .newSpotPublicWS();
    await stream.start();
    onTestFinished(() => stream.stop());
    // Its promise is kept even so: 1.3.0 swallows the error after it has told of it.
    await stream.trade(['NO-USDT'], () => undefined);
    expect(told).toContain('EventErrorReceived: topic /market/match:NO-USDT is not found');
  });
});

function numbers(pair: readonly string[]): readonly number[] {
  return pair.map(Number);
}

function wanted(symbols: readonly string[]): readonly string[] {
  const topics = symbols.flatMap((symbol) => [
    `/market/match:${symbol}`,
    `/market/ticker:${symbol}`,
    `/spotMarket/level2Depth5:${symbol}`,
    `/market/candles:${symbol}_1min`,
  ]);
  return topics.sort();
}

/**
 * The protobuf code that `tinkoff-invest-api` generates from the venue's contract reads what our fake venue sends and what we
 * send. A member or a word that is not in the contract would be lost on the way through it.
 */
import {
  FindInstrumentResponse,
  InstrumentRequest,
  InstrumentResponse,
} from 'tinkoff-invest-api/dist/generated/instruments.js';
import {
  GetCandlesRequest,
  GetCandlesResponse,
  GetLastPricesRequest,
  GetLastPricesResponse,
  GetLastTradesRequest,
  GetLastTradesResponse,
  MarketDataRequest,
  MarketDataResponse,
} from 'tinkoff-invest-api/dist/generated/marketdata.js';
import { describe, expect, it } from 'vitest';
import { readFrame } from '../../../src/main/brokers/tinvest/read-frame.ts';
import { tempFolderForAll } from '../../support/temp-folder.ts';
import { wholeSession } from './whole-session.ts';

interface Parts {
  readonly units: number;
  readonly nano: number;
}
/** As the official client turns a quotation into a number. */
const numberOf = (value: Parts | undefined): number =>
  value === undefined ? Number.NaN : value.units + value.nano / 1e9;
const msOf = (value: Date | undefined): number => value?.getTime() ?? Number.NaN;

const cacheDir = tempFolderForAll();
let recorded: ReturnType<typeof wholeSession> | undefined;
/** Recorded once, by the first test that looks. */
const record = () => {
  recorded ??= wholeSession(cacheDir);
  return recorded;
};

/** What is left of a message after a way through a type of the contract. */
function through<Message>(type: {
  fromJSON(object: unknown): Message;
  toJSON(message: Message): unknown;
}): (object: unknown) => unknown {
  return (object) => type.toJSON(type.fromJSON(object));
}

describe('the official contract', () => {
  it('knows every frame we send: nothing is lost on the way through it', async () => {
    const seen = await record();
    const sent = seen.frames.filter(({ direction }) => direction === 'out').map(({ text }) => JSON.parse(text));
    expect(new Set(sent.flatMap((frame) => Object.keys(frame)))).toEqual(
      new Set([
        ...['pingSettings', 'ping', 'subscribeTradesRequest', 'subscribeLastPriceRequest', 'subscribeInfoRequest'],
        ...['subscribeOrderBookRequest', 'subscribeCandlesRequest'],
      ]),
    );
    for (const frame of [...sent, { getMySubscriptions: {} }]) {
      const message = MarketDataRequest.fromJSON(frame);
      const again = MarketDataRequest.decode(MarketDataRequest.encode(message).finish());
      expect(MarketDataRequest.toJSON(again)).toMatchObject(numeric(frame));
    }
  });

  it('reads the same values of every frame of the stream as we do', async () => {
    const seen = await record();
    const kinds = new Map<string, number>();
    for (const { text } of seen.frames.filter(({ direction }) => direction === 'in')) {
      const theirs = MarketDataResponse.fromJSON(JSON.parse(text));
      const ours = readFrame(text);
      if ('reject' in ours) throw new Error(`${ours.reject}: ${text}`);
      kinds.set(ours.kind, (kinds.get(ours.kind) ?? 0) + 1);
      if (ours.kind === 'trade') {
        const { price, quantity, time: at, side, uid, figi } = ours.trade;
        const direction = { buy: 1, sell: 2, unknown: 0 }[side ?? 'unknown'];
        expect(theirs.trade).toMatchObject({ direction, quantity, instrumentUid: uid, figi, tradeSource: 1 });
        expect([numberOf(theirs.trade?.price), msOf(theirs.trade?.time)]).toEqual([price, at]);
      } else if (ours.kind === 'book') {
        const { bids, asks, depth, isConsistent, time: at } = ours.book;
        expect(theirs.orderbook).toMatchObject({ depth, isConsistent, orderBookType: 1 });
        const levels = (rows: readonly { readonly price?: Parts | undefined; readonly quantity: number }[] = []) =>
          rows.map(({ price, quantity }) => ({ price: numberOf(price), quantity, orders: undefined }));
        expect([levels(theirs.orderbook?.bids), levels(theirs.orderbook?.asks)]).toEqual([bids, asks]);
        expect(msOf(theirs.orderbook?.time)).toBe(at);
      } else if (ours.kind === 'candle') {
        const { open, high, low, close, volume, openTime, eventTime } = ours.candle;
        const { candle } = theirs;
        expect([candle?.open, candle?.high, candle?.low, candle?.close].map(numberOf)).toEqual([
          open,
          high,
          low,
          close,
        ]);
        expect([candle?.volume, msOf(candle?.time), msOf(candle?.lastTradeTs)]).toEqual([volume, openTime, eventTime]);
      } else if (ours.kind === 'lastPrice') {
        const { price, time: at } = ours.lastPrice;
        expect([numberOf(theirs.lastPrice?.price), msOf(theirs.lastPrice?.time)]).toEqual([price, at]);
      } else if (ours.kind === 'status') expect(theirs.tradingStatus?.tradingStatus).toBe(5);
      else if (ours.kind === 'ping') expect(msOf(theirs.ping?.time)).toBe(ours.time);
      else if (ours.kind === 'ack') {
        const items = [
          ...(theirs.subscribeCandlesResponse?.candlesSubscriptions ?? []),
          ...(theirs.subscribeTradesResponse?.tradeSubscriptions ?? []),
          ...(theirs.subscribeOrderBookResponse?.orderBookSubscriptions ?? []),
          ...(theirs.subscribeInfoResponse?.infoSubscriptions ?? []),
          ...(theirs.subscribeLastPriceResponse?.lastPriceSubscriptions ?? []),
        ];
        expect(items.map(({ instrumentUid }) => instrumentUid)).toEqual(ours.items.map(({ uid }) => uid));
        expect(items.every(({ subscriptionStatus }) => subscriptionStatus === 1)).toBe(true);
      }
    }
    expect([...kinds.keys()].sort()).toEqual(['ack', 'book', 'candle', 'lastPrice', 'ping', 'status', 'trade']);
  });

  it('knows the bodies of our calls', async () => {
    const seen = await record();
    const types = {
      'MarketDataService/GetCandles': through(GetCandlesRequest),
      'MarketDataService/GetLastTrades': through(GetLastTradesRequest),
      'MarketDataService/GetLastPrices': through(GetLastPricesRequest),
      'InstrumentsService/GetInstrumentBy': through(InstrumentRequest),
    };
    for (const [method, type] of Object.entries(types)) {
      const bodies = seen.bodies.filter((call) => call.method === method).map(({ body }) => JSON.parse(body));
      expect(bodies.length, method).toBeGreaterThan(0);
      for (const body of bodies) expect(type(body), method).toMatchObject(body);
    }
  });

  it('reads the answers of the fake venue, and what comes back of them is what it sent', async () => {
    const seen = await record();
    const types = {
      GetCandles: through(GetCandlesResponse),
      GetLastTrades: through(GetLastTradesResponse),
      GetLastPrices: through(GetLastPricesResponse),
      GetInstrumentBy: through(InstrumentResponse),
      FindInstrument: through(FindInstrumentResponse),
    };
    for (const [method, type] of Object.entries(types)) {
      const answers = seen.answers.filter((each) => each.method === method).map(({ body }) => JSON.parse(body));
      expect(answers.length, method).toBeGreaterThan(0);
      for (const answer of answers.filter(({ code }) => code === undefined))
        expect(numeric(type(answer)), method).toMatchObject(numeric(answer));
    }
  });
});

/** Members that came into the contract after the generated code was made. */
const NEWER = ['candleSource', 'lastPriceType'];

/**
 * A message in one way of writing: int64 is text in the venue's JSON and a number in that of the generated code, which also
 * leaves out whatever has its default.
 */
function numeric(value: unknown): object {
  return JSON.parse(JSON.stringify(value), (name, each: unknown) => {
    if (each === 0 || each === '0' || each === '' || each === false || NEWER.includes(name)) return undefined;
    if (typeof each === 'string' && each.endsWith('_UNSPECIFIED')) return undefined;
    if (['units', 'volume', 'quantity'].includes(name)) return Number(each);
    return typeof each === 'string' && /^\d{4}-\d\d-\d\dT/.test(each) ? new Date(each).toISOString() : each;
  });
}

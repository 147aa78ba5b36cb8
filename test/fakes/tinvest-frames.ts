/** Payloads of the fake T-Invest, in the JSON of the real one: int64 as text, prices as units and nano. */

export interface FakeInstrument {
  readonly uid: string;
  readonly figi: string;
  readonly ticker: string;
  readonly classCode: string;
  readonly name: string;
  readonly lot: number;
  readonly step: number;
  readonly price: number;
}

export const SBER: FakeInstrument = {
  uid: 'e6123145-9665-43e0-8413-cd61b8aa9b13',
  figi: 'BBG004730N88',
  ticker: 'SBER',
  classCode: 'TQBR',
  name: 'Сбер Банк',
  lot: 10,
  step: 0.01,
  price: 250,
};
export const GAZP: FakeInstrument = {
  uid: '962e2a95-02a9-4171-abd7-aa198dbe643a',
  figi: 'BBG004730RP0',
  ticker: 'GAZP',
  classCode: 'TQBR',
  name: 'Газпром',
  lot: 10,
  step: 0.01,
  price: 178,
};
/** A share with a coarse step and a ticker of one letter. */
export const LKOH: FakeInstrument = {
  uid: '02cfdf61-6298-4c0f-a9ca-9cabc82afaf3',
  figi: 'BBG004731032',
  ticker: 'LKOH',
  classCode: 'TQBR',
  name: 'ЛУКОЙЛ',
  lot: 1,
  step: 0.5,
  price: 7_000,
};
export const FAKE_INSTRUMENTS: readonly FakeInstrument[] = [SBER, GAZP, LKOH];

/** Made-up instruments with tickers of one's choice. */
export function instrumentsFor(tickers: readonly string[]): readonly FakeInstrument[] {
  return tickers.map((ticker, index) => ({
    ...SBER,
    uid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    figi: `BBG0000${String(index).padStart(5, '0')}`,
    ticker,
    name: ticker,
  }));
}

export interface FakeTrade {
  readonly uid: string;
  readonly price: number;
  readonly quantity: number;
  readonly side?: 'buy' | 'sell';
  readonly time: number;
  readonly source?: 'EXCHANGE' | 'DEALER';
}

export interface FakeCandle {
  readonly uid: string;
  /** `ONE_MINUTE`, … */
  readonly interval: string;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly time: number;
  readonly closed?: boolean;
}

export interface FakeBook {
  readonly uid: string;
  readonly bids: readonly (readonly [price: number, quantity: number])[];
  readonly asks: readonly (readonly [price: number, quantity: number])[];
  readonly time: number;
  readonly isConsistent?: boolean;
}

export function quotation(value: number): { readonly units: string; readonly nano: number } {
  const nanos = Math.round(value * 1e9);
  const units = Math.trunc(nanos / 1e9);
  return { units: String(units), nano: nanos - units * 1e9 };
}

export const stamp = (time: number): string => new Date(time).toISOString();

export function tradePayload(trade: FakeTrade, instrument: FakeInstrument): object {
  const { price, quantity, side, time, source = 'EXCHANGE' } = trade;
  return {
    figi: instrument.figi,
    direction: `TRADE_DIRECTION_${side?.toUpperCase() ?? 'UNSPECIFIED'}`,
    price: quotation(price),
    quantity: String(quantity),
    time: stamp(time),
    instrumentUid: instrument.uid,
    tradeSource: `TRADE_SOURCE_${source}`,
  };
}

export function candlePayload(candle: FakeCandle, { figi, uid }: FakeInstrument): object {
  const { interval, open, high, low, close, volume, time } = candle;
  return {
    figi,
    interval: `SUBSCRIPTION_INTERVAL_${interval}`,
    open: quotation(open),
    high: quotation(high),
    low: quotation(low),
    close: quotation(close),
    volume: String(volume),
    time: stamp(time),
    lastTradeTs: stamp(time + 1_000),
    instrumentUid: uid,
  };
}

export function bookPayload(book: FakeBook, depth: number, { figi, uid, price }: FakeInstrument): object {
  const levels = (side: FakeBook['bids']) =>
    side.slice(0, depth).map(([at, quantity]) => ({ price: quotation(at), quantity: String(quantity) }));
  return {
    figi,
    depth,
    isConsistent: book.isConsistent ?? true,
    bids: levels(book.bids),
    asks: levels(book.asks),
    time: stamp(book.time),
    limitUp: quotation(price * 1.1),
    limitDown: quotation(price * 0.9),
    instrumentUid: uid,
    orderBookType: 'ORDERBOOK_TYPE_EXCHANGE',
  };
}

export function lastPricePayload(price: number, time: number, { figi, uid }: FakeInstrument): object {
  return { figi, price: quotation(price), time: stamp(time), instrumentUid: uid, lastPriceType: 'LAST_PRICE_EXCHANGE' };
}

export function statusPayload(word: string, time: number, { figi, uid }: FakeInstrument): object {
  return {
    figi,
    tradingStatus: `SECURITY_TRADING_STATUS_${word}`,
    time: stamp(time),
    limitOrderAvailableFlag: true,
    marketOrderAvailableFlag: true,
    instrumentUid: uid,
  };
}

export function instrumentPayload(instrument: FakeInstrument): object {
  const { step } = instrument;
  const more = { currency: 'rub', exchange: 'moex_mrng_evng_e_wknd_dlr', minPriceIncrement: quotation(step) };
  return { ...shortPayload(instrument), ...more };
}

/** What a search tells: no price step, no currency. */
export function shortPayload({ uid, figi, ticker, classCode, name, lot }: FakeInstrument): object {
  return {
    figi,
    ticker,
    classCode,
    isin: 'RU0009029540',
    lot,
    name,
    uid,
    positionUid: '41eb2102-5333-4713-bf15-72b204c4bf7b',
    instrumentType: 'share',
    instrumentKind: 'INSTRUMENT_TYPE_SHARE',
    apiTradeAvailableFlag: true,
    weekendFlag: true,
    first1minCandleDate: '2018-03-07T18:33:00Z',
    first1dayCandleDate: '2000-01-04T07:00:00Z',
  };
}

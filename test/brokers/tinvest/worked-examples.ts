import { INTERVALS, type VenueInterval } from '../../../src/main/brokers/tinvest/intervals.ts';

/** The interval the venue's pages call so. */
export function intervalNamed(name: string): VenueInterval {
  const found = INTERVALS.find((interval) => interval.name === name);
  if (found === undefined) throw new Error(`no interval ${name}`);
  return found;
}

export const SBER = { uid: 'e6123145-9665-43e0-8413-cd61b8aa9b13', figi: 'BBG004730N88' };
export const GAZP = { uid: '962e2a95-02a9-4171-abd7-aa198dbe643a', figi: 'BBG004730RP0' };

/** Frames written by hand from the pages of the API. */
export const trade = (fields: object = {}): string =>
  JSON.stringify({
    trade: {
      figi: SBER.figi,
      direction: 'TRADE_DIRECTION_BUY',
      price: { units: '250', nano: 70_000_000 },
      quantity: '3',
      time: '2026-11-20T10:00:00.123456789Z',
      instrumentUid: SBER.uid,
      ...fields,
    },
  });

export const lastPrice = (fields: object = {}): string =>
  JSON.stringify({
    lastPrice: {
      figi: SBER.figi,
      price: { units: '250', nano: 70_000_000 },
      time: '2026-11-20T10:00:00Z',
      instrumentUid: SBER.uid,
      ...fields,
    },
  });

export const book = (fields: object = {}): string =>
  JSON.stringify({
    orderbook: {
      figi: SBER.figi,
      depth: 10,
      isConsistent: true,
      bids: [
        { price: { units: '250', nano: 10_000_000 }, quantity: '7' },
        { price: { units: '250', nano: 20_000_000 }, quantity: '4' },
      ],
      asks: [{ price: { units: '250', nano: 50_000_000 }, quantity: '9' }],
      time: '2026-11-20T10:00:00.5Z',
      limitUp: { units: '280', nano: 0 },
      limitDown: { units: '220', nano: 0 },
      instrumentUid: SBER.uid,
      orderBookType: 'ORDERBOOK_TYPE_EXCHANGE',
      ...fields,
    },
  });

export const candle = (fields: object = {}): string =>
  JSON.stringify({
    candle: {
      figi: SBER.figi,
      interval: 'SUBSCRIPTION_INTERVAL_ONE_MINUTE',
      open: { units: '250', nano: 0 },
      high: { units: '251', nano: 0 },
      low: { units: '249', nano: 500_000_000 },
      close: { units: '250', nano: 500_000_000 },
      volume: '100',
      time: '2026-11-20T10:00:00Z',
      lastTradeTs: '2026-11-20T10:00:12.5Z',
      instrumentUid: SBER.uid,
      ...fields,
    },
  });

export const status = (fields: object = {}): string =>
  JSON.stringify({
    tradingStatus: {
      figi: SBER.figi,
      tradingStatus: 'SECURITY_TRADING_STATUS_NORMAL_TRADING',
      time: '2026-11-20T10:00:00Z',
      limitOrderAvailableFlag: true,
      marketOrderAvailableFlag: true,
      instrumentUid: SBER.uid,
      ...fields,
    },
  });

export const ackTrades = (fields: object = {}): string =>
  JSON.stringify({
    subscribeTradesResponse: {
      trackingId: '066f2eeff1a0b76f5a6c05b3b41f23df',
      tradeSubscriptions: [
        { figi: SBER.figi, subscriptionStatus: 'SUBSCRIPTION_STATUS_SUCCESS', instrumentUid: SBER.uid, ...fields },
      ],
    },
  });

export const ping = JSON.stringify({ ping: { time: '2026-11-20T10:00:00.5Z', streamId: '' } });

/** One of each kind. */
export const EVERY_FRAME = [trade(), lastPrice(), book(), candle(), status(), ackTrades(), ping];

import { quotePush } from '../fakes/kucoin-messages.ts';

/** How many different ones there are. */
export const MESSAGES = 10_000;
const SYMBOLS = 50;
const START = Date.parse('2026-11-20T12:00:00Z');

export function symbolAt(place: number): string {
  return `COIN${place % SYMBOLS}-USDT`;
}

/** A ticker of KuCoin: about 250 characters of JSON. */
export function floodMessage(place: number): string {
  return quotePush({
    symbol: symbolAt(place),
    price: `${67_000 + (place % 977) / 10}`,
    bestBid: `${66_999 + (place % 10) / 10}`,
    bestAsk: `${67_100 + (place % 7) / 10}`,
    time: START + place,
    sequence: `${14_691_455_768 + place}`,
  }).text;
}

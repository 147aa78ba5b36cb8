import type { InstrumentKey } from '../../../core/brand.ts';

/** Part of the REST API that answers for a symbol. */
export type FcsMarket = 'forex' | 'crypto' | 'stock';

/** `EXCHANGE:CODE`, as the vendor's lists write it. */
const SYMBOL = /^[A-Z0-9_.]+:[A-Z0-9_.!\-/]+$/;

/** Exchanges of currencies and metals. The others of crypto; what is left are stocks. */
const FOREX = new Set(['FX', 'ONA', 'SFO', 'FCM', 'FLC', 'FX_IDC', 'OANDA', 'FOREXCOM']);
const CRYPTO = new Set(['BINANCE', 'OKX', 'COINBASE', 'KRAKEN', 'BYBIT', 'KUCOIN', 'BITSTAMP', 'BITFINEX', 'GEMINI']);

/** A symbol as FCS wants it; undefined for what can be none. */
export function readSymbol(text: string): InstrumentKey | undefined {
  const symbol = text.trim().toUpperCase();
  return SYMBOL.test(symbol) ? (symbol as InstrumentKey) : undefined;
}

export function exchangeOf(key: InstrumentKey): string {
  return key.slice(0, key.indexOf(':'));
}

export function marketOf(key: InstrumentKey): FcsMarket {
  const exchange = exchangeOf(key);
  if (FOREX.has(exchange)) return 'forex';
  return CRYPTO.has(exchange) ? 'crypto' : 'stock';
}

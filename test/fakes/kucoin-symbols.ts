/** An instrument that the fake KuCoin trades. */
export interface FakeSymbol {
  readonly symbol: string;
  /** What is shown; the symbol unless it was renamed. */
  readonly name?: string;
  readonly priceIncrement: string;
  readonly baseIncrement: string;
  /** Around which its history is made up. */
  readonly price: number;
  readonly enableTrading?: boolean;
}

export const BTC: FakeSymbol = {
  symbol: 'BTC-USDT',
  priceIncrement: '0.1',
  baseIncrement: '0.00000001',
  price: 67_500,
};
export const ETH: FakeSymbol = { symbol: 'ETH-USDT', priceIncrement: '0.01', baseIncrement: '0.0000001', price: 3_400 };
/** Listed as GALAX, shown as GALA. */
export const GALA: FakeSymbol = {
  symbol: 'GALAX-USDT',
  name: 'GALA-USDT',
  priceIncrement: '0.00001',
  baseIncrement: '0.0001',
  price: 0.02,
};
export const HALTED: FakeSymbol = {
  symbol: 'OLD-USDT',
  priceIncrement: '0.001',
  baseIncrement: '0.01',
  price: 1,
  enableTrading: false,
};

export const FAKE_SYMBOLS: readonly FakeSymbol[] = [BTC, ETH, GALA, HALTED];

/** More of them than anybody lists by hand: `C1-USDT`, `C2-USDT`, … */
export function manySymbols(count: number): readonly FakeSymbol[] {
  return Array.from({ length: count }, (_none, index) => ({ ...ETH, symbol: `C${index + 1}-USDT` }));
}

/** A row of `GET /api/v2/symbols`, with the fields the real one has. */
export function symbolRow({ symbol, name = symbol, priceIncrement, baseIncrement, enableTrading = true }: FakeSymbol) {
  const [baseCurrency, quoteCurrency] = symbol.split('-');
  return {
    symbol,
    name,
    baseCurrency,
    quoteCurrency,
    feeCurrency: quoteCurrency,
    market: 'USDS',
    baseMinSize: baseIncrement,
    quoteMinSize: '0.1',
    baseMaxSize: '10000000000',
    quoteMaxSize: '99999999',
    baseIncrement,
    quoteIncrement: '0.000001',
    priceIncrement,
    priceLimitRate: '0.1',
    minFunds: '0.1',
    isMarginEnabled: true,
    enableTrading,
    feeCategory: 1,
    makerFeeCoefficient: '1.00',
    takerFeeCoefficient: '1.00',
    st: false,
    callauctionIsEnabled: false,
  };
}

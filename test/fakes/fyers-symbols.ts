/** A symbol of the fake venue: a share or an index of NSE. */
export interface FakeSymbol {
  /** `NSE:SBIN-EQ` */
  readonly ticker: string;
  readonly fyToken: string;
  readonly name: string;
  /** How the data socket names an index; undefined for a share. */
  readonly indexName: string | undefined;
  /** Where its price starts. */
  readonly price: number;
  readonly tickSize: number;
}

export const NIFTY: FakeSymbol = index('NIFTY50', 'Nifty 50', '26000', 24_500);
export const SBIN: FakeSymbol = share('SBIN', 'STATE BANK OF INDIA', '3045', 800);
export const RELIANCE: FakeSymbol = share('RELIANCE', 'RELIANCE INDUSTRIES LTD', '2885', 1_400);
export const MAHINDRA: FakeSymbol = share('M&M', 'MAHINDRA & MAHINDRA LTD', '2031', 3_600);
export const BAJAJ_AUTO: FakeSymbol = share('BAJAJ-AUTO', 'BAJAJ AUTO LIMITED', '16669', 9_000);

export const FAKE_SYMBOLS: readonly FakeSymbol[] = [NIFTY, SBIN, RELIANCE, MAHINDRA, BAJAJ_AUTO];

/** Makes up shares of these symbols of NSE; those above keep their tokens. */
export function symbolsFor(names: readonly string[]): readonly FakeSymbol[] {
  return names.map((name, place) => {
    const listed = FAKE_SYMBOLS.find(({ ticker }) => ticker === `NSE:${name}-EQ` || ticker === `NSE:${name}-INDEX`);
    return listed ?? share(name, `${name}, LTD`, String(50_000 + place), 100 + 37 * (place % 50));
  });
}

/** The topic of its prices in the data socket. */
export function topicOf({ indexName, fyToken }: FakeSymbol): string {
  return indexName === undefined ? `sf|nse_cm|${fyToken.slice(10)}` : `if|nse_cm|${indexName}`;
}

/** The list of symbols of NSE's cash market: 21 columns, no header. */
export function listOf(symbols: readonly FakeSymbol[]): string {
  const rows = symbols.map(({ ticker, fyToken, name, indexName, tickSize }) => {
    const token = fyToken.slice(10);
    const kind = indexName === undefined ? 0 : 10;
    const symbol = ticker.slice(ticker.indexOf(':') + 1, ticker.lastIndexOf('-'));
    const quoted = name.includes(',') ? `"${name}"` : name;
    const session = '0915-1530|1815-1915:';
    return `${fyToken},${quoted},${kind},1,${tickSize},,${session},2026-11-20,,${ticker},10,10,${token},${symbol},${token},-1.0,XX,${fyToken},None,1,0.0`;
  });
  return `${rows.join('\n')}\n`;
}

function share(symbol: string, name: string, token: string, price: number): FakeSymbol {
  return {
    ticker: `NSE:${symbol}-EQ`,
    fyToken: `1010000000${token}`,
    name,
    indexName: undefined,
    price,
    tickSize: 0.05,
  };
}

function index(symbol: string, indexName: string, token: string, price: number): FakeSymbol {
  return {
    ticker: `NSE:${symbol}-INDEX`,
    fyToken: `1010000000${token}`,
    name: symbol,
    indexName,
    price,
    tickSize: 0.05,
  };
}

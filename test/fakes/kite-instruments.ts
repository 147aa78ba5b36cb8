export interface FakeInstrument {
  readonly token: number;
  readonly tradingSymbol: string;
  readonly name: string;
  readonly segment: 'NSE' | 'INDICES';
  /** Where its price starts. */
  readonly price: number;
}

export const NIFTY: FakeInstrument = share(256_265, 'NIFTY 50', 'NIFTY 50', 24_500);
export const INFY: FakeInstrument = share(408_065, 'INFY', 'INFOSYS', 1_500);
export const RELIANCE: FakeInstrument = share(738_561, 'RELIANCE', 'RELIANCE INDUSTRIES', 1_400);
export const SBIN: FakeInstrument = share(779_521, 'SBIN', 'STATE BANK OF INDIA', 800);
export const MAHINDRA: FakeInstrument = share(519_937, 'M&M', 'MAHINDRA & MAHINDRA', 3_600);

export const FAKE_INSTRUMENTS: readonly FakeInstrument[] = [NIFTY, INFY, RELIANCE, SBIN, MAHINDRA];

/** Makes up what is needed to list these `NSE:SYMBOL` keys; the index and the five above keep their tokens. */
export function instrumentsFor(keys: readonly string[]): readonly FakeInstrument[] {
  return keys.map((key, index) => {
    const symbol = key.slice(key.indexOf(':') + 1);
    const listed = FAKE_INSTRUMENTS.find(({ tradingSymbol }) => tradingSymbol === symbol);
    return listed ?? share((50_000 + index) * 256 + 1, symbol, `${symbol}, LTD`, 100 + 37 * index);
  });
}

const HEADER =
  'instrument_token,exchange_token,tradingsymbol,name,last_price,expiry,strike,tick_size,lot_size,instrument_type,segment,exchange';

/** The CSV of `GET /instruments/NSE`. */
export function dumpOf(instruments: readonly FakeInstrument[]): string {
  const rows = instruments.map(({ token, tradingSymbol, name, segment }) => {
    const quoted = name.includes(',') ? `"${name}"` : name;
    const tickSize = segment === 'INDICES' ? 0 : 0.05;
    return `${token},${token >>> 8},${tradingSymbol},${quoted},0.0,,0.0,${tickSize},1,EQ,${segment},NSE`;
  });
  return `${[HEADER, ...rows].join('\n')}\n`;
}

function share(token: number, tradingSymbol: string, name: string, price: number): FakeInstrument {
  return { token, tradingSymbol, name, segment: (token & 0xff) === 9 ? 'INDICES' : 'NSE', price };
}

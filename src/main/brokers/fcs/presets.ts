import type { Preset } from '../../../contract/manifest.ts';
import type { InstrumentKey } from '../../../core/brand.ts';
import type { Instrument } from '../../../core/instrument.ts';

type Row = readonly [key: string, name: string, decimals: number];

const row = ([key, name, priceDecimals]: Row, rest: Pick<Instrument, 'segment' | 'sector'>): Instrument => ({
  key: key as InstrumentKey,
  name,
  ...rest,
  tickSize: Number((10 ** -priceDecimals).toFixed(priceDecimals)),
  priceDecimals,
  lotSize: 1,
});

/** Quoted to a tenth of a pip: five decimals, against the yen three. */
const FOREX: readonly Row[] = [
  ['FX:EURUSD', 'Euro / US dollar', 5],
  ['FX:GBPUSD', 'Pound sterling / US dollar', 5],
  ['FX:USDJPY', 'US dollar / Japanese yen', 3],
  ['FX:AUDUSD', 'Australian dollar / US dollar', 5],
  ['FX:USDCAD', 'US dollar / Canadian dollar', 5],
  ['FX:USDCHF', 'US dollar / Swiss franc', 5],
];

/** Price steps of Binance's spot market. */
const CRYPTO: readonly Row[] = [
  ['BINANCE:BTCUSDT', 'Bitcoin / Tether', 2],
  ['BINANCE:ETHUSDT', 'Ether / Tether', 2],
  ['BINANCE:BNBUSDT', 'BNB / Tether', 2],
  ['BINANCE:XRPUSDT', 'XRP / Tether', 4],
  ['BINANCE:SOLUSDT', 'Solana / Tether', 2],
  ['BINANCE:ADAUSDT', 'Cardano / Tether', 4],
];

/** Tesla is listed at Nasdaq; some of the vendor's pages have it under NYSE, and which it serves only it knows. */
const STOCKS: readonly Row[] = [
  ['NASDAQ:AAPL', 'Apple Inc.', 2],
  ['NASDAQ:GOOGL', 'Alphabet Inc., class A', 2],
  ['NASDAQ:MSFT', 'Microsoft Corporation', 2],
  ['NASDAQ:TSLA', 'Tesla, Inc.', 2],
  ['NYSE:TSLA', 'Tesla, Inc. (as under NYSE at FCS)', 2],
];

const forex = FOREX.map((each) => row(each, { segment: 'fx', sector: 'Currencies' }));
const crypto = CRYPTO.map((each) => row(each, { segment: '24x7', sector: 'Crypto' }));
const stocks = STOCKS.map((each) => row(each, { segment: 'us', sector: 'US stocks' }));

/** The lists of the vendor's three demo pages, and one of everything. */
export const PRESETS: readonly Preset[] = [
  {
    id: 'mixed',
    label: 'Currencies, crypto and stocks',
    instruments: [...forex.slice(0, 3), ...crypto.slice(0, 2), ...stocks.slice(0, 4)],
  },
  { id: 'forex', label: 'Currencies', instruments: forex },
  { id: 'crypto', label: 'Crypto', instruments: crypto },
  { id: 'stocks', label: 'US stocks', instruments: stocks },
];

/** Everything whose name and price step is known without asking. */
export const KNOWN_INSTRUMENTS: ReadonlyMap<InstrumentKey, Instrument> = new Map(
  [...forex, ...crypto, ...stocks].map((each) => [each.key, each]),
);

import type { BrokerManifest } from '../../../contract/manifest.ts';
import type { InstrumentKey } from '../../../core/brand.ts';
import type { Instrument } from '../../../core/instrument.ts';
import { EXCHANGE, KUCOIN_API_URL, LIMITS, ROTATION } from './wire.ts';

/** Sizes are corrected by the venue's own list when it is opened. */
function coin(symbol: string, name: string, tickSize: number, priceDecimals: number): Instrument {
  return {
    key: `${EXCHANGE}:${symbol}` as InstrumentKey,
    name,
    segment: '24x7',
    sector: undefined,
    tickSize,
    priceDecimals,
    lotSize: 0.0001,
  };
}

export const manifest: BrokerManifest = {
  id: 'kucoin',
  label: 'KuCoin',
  description:
    'Crypto around the clock: trades, best prices, order books and history of the spot market. No account needed.',
  credentialFields: [],
  // Trades, best prices and order book are three topics an instrument; all tickers come in one answer.
  limits: { instrumentsPerSocket: Math.floor(LIMITS.topicsPerConnection / 3), sockets: 20, quotesPerRequest: 2_000 },
  can: { stream: true, quotes: true, history: true, orders: false },
  world: 'market',
  servers: { api: KUCOIN_API_URL },
  options: [
    {
      kind: 'number',
      name: 'rotateHours',
      label: 'Fresh connection after',
      hint: 'KuCoin ends connections after a day. Tickscope moves to a fresh one before that, without a gap.',
      initial: ROTATION.hours,
      min: 1,
      max: ROTATION.hours,
      unit: 'hours',
    },
    {
      kind: 'number',
      name: 'topicsPerConnection',
      label: 'Topics on one connection',
      hint: 'An instrument takes two, with its order book three, and one for each candle that is streamed. Beyond, a further connection is opened.',
      initial: LIMITS.topicsPerConnection,
      min: 10,
      max: 400,
    },
  ],
  presets: [
    {
      id: 'major',
      label: 'Major coins',
      instruments: [
        coin('BTC-USDT', 'Bitcoin', 0.1, 1),
        coin('ETH-USDT', 'Ether', 0.01, 2),
        coin('SOL-USDT', 'Solana', 0.001, 3),
        coin('XRP-USDT', 'XRP', 0.00001, 5),
        coin('BNB-USDT', 'BNB', 0.001, 3),
        coin('DOGE-USDT', 'Dogecoin', 0.00001, 5),
        coin('ADA-USDT', 'Cardano', 0.0001, 4),
        coin('TRX-USDT', 'TRON', 0.0001, 4),
        coin('LINK-USDT', 'Chainlink', 0.0001, 4),
        coin('LTC-USDT', 'Litecoin', 0.01, 2),
      ],
    },
    {
      id: 'against-bitcoin',
      label: 'Coins against bitcoin',
      instruments: [
        coin('ETH-BTC', 'Ether in bitcoin', 0.00001, 5),
        coin('SOL-BTC', 'Solana in bitcoin', 0.0000001, 7),
        coin('XRP-BTC', 'XRP in bitcoin', 0.00000001, 8),
        coin('LTC-BTC', 'Litecoin in bitcoin', 0.000001, 6),
        coin('KCS-BTC', 'KuCoin Token in bitcoin', 0.0000001, 7),
      ],
    },
  ],
};

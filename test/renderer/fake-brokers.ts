import type { BrokerState } from '../../src/contract/events.ts';
import type { BrokerManifest, Preset } from '../../src/contract/manifest.ts';
import type { InstrumentKey } from '../../src/core/brand.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import { FAKE_NOW } from './fake-snapshot.ts';

const BASE = {
  limits: { instrumentsPerSocket: 500, sockets: 1 },
  can: { stream: true, quotes: true, history: true, orders: false },
  world: 'market',
} as const;

export function foreign(key: string, name: string, segment: Instrument['segment'], priceDecimals: number): Instrument {
  return {
    key: key as InstrumentKey,
    name,
    segment,
    sector: undefined,
    tickSize: 10 ** -priceDecimals,
    priceDecimals,
    lotSize: 1,
  };
}

export const COINS: readonly Instrument[] = [
  foreign('COINS:BTC-USDT', 'Bitcoin', '24x7', 1),
  foreign('COINS:ETH-USDT', 'Ether', '24x7', 2),
  foreign('COINS:PEPE-USDT', 'Pepe', '24x7', 10),
];
const PAIRS: readonly Instrument[] = [
  foreign('FX:EURUSD', 'Euro in dollars', 'fx', 5),
  foreign('FX:USDJPY', 'Dollar in yen', 'fx', 3),
];
const preset = (id: string, label: string, instruments: readonly Instrument[]): Preset => ({ id, label, instruments });

/** A venue that logs in by itself or by its page, with its own settings of every kind. */
export const BANK: BrokerManifest = {
  ...BASE,
  id: 'bank',
  label: 'Bank of Trades',
  description: 'Live prices and history of NSE. The login lasts until about six the next morning.',
  credentialFields: [
    { name: 'appId', label: 'App id', secret: false, required: true, hint: 'On the page of your app.' },
    { name: 'appSecret', label: 'App secret', secret: true, required: true, hint: 'Beside the app id.' },
    { name: 'totpKey', label: 'TOTP key', secret: true, hint: 'Lets Tickscope log in by itself each morning.' },
  ],
  options: [
    { kind: 'switch', name: 'lite', label: 'Prices only', hint: 'Leaves out the order book.', initial: false },
    {
      kind: 'number',
      name: 'rest',
      label: 'Rest when unseen',
      hint: 'Closes the connection when nobody has looked for so long; 0 is never.',
      initial: 3,
      min: 0,
      max: 120,
      unit: 'minutes',
    },
    { kind: 'text', name: 'caFile', label: 'CA file', hint: 'A file of roots to trust here alone.', initial: '' },
    {
      kind: 'choice',
      name: 'server',
      label: 'Server',
      hint: 'The sandbox trades with play money.',
      initial: 'production',
      choices: [
        { value: 'production', label: 'Production' },
        { value: 'sandbox', label: 'Sandbox' },
      ],
    },
  ],
  login: { browser: true, unattended: ['totpKey'] },
};

/** A venue with lists of its own, whose key is needed by nobody. */
export const COIN_HOUSE: BrokerManifest = {
  ...BASE,
  id: 'coins',
  label: 'Coin House',
  description: 'Coins and currencies, around the clock. No key set: the demo key is used, which serves a few of them.',
  credentialFields: [{ name: 'key', label: 'Key', secret: true, hint: 'On your dashboard. Empty uses the demo key.' }],
  presets: [preset('crypto', 'Crypto', COINS), preset('forex', 'Forex', PAIRS)],
};

/** A venue that only streams. */
export const RADIO: BrokerManifest = {
  ...BASE,
  id: 'radio',
  label: 'Radio Prices',
  description: 'Prices as they are spoken, and nothing else.',
  credentialFields: [],
  can: { stream: true, quotes: false, history: false, orders: false },
};

export function venueStates(fieldsSet: readonly string[] = []): readonly BrokerState[] {
  return [
    { manifest: BANK, fieldsSet, savedAt: fieldsSet.length === 0 ? undefined : FAKE_NOW },
    { manifest: COIN_HOUSE, fieldsSet: [], savedAt: undefined },
    { manifest: RADIO, fieldsSet: [], savedAt: undefined },
  ];
}

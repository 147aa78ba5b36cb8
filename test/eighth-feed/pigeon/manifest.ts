import type { BrokerManifest } from '../../../src/contract/manifest.ts';
import type { Instrument } from '../../../src/core/instrument.ts';
import { bareInstrument } from './instruments.ts';
import { MOST_QUOTES, PIGEON_API_URL, PIGEON_WS_URL } from './wire.ts';

const seed = (symbol: string, name: string): Instrument => ({ ...bareInstrument(symbol), name });

export const manifest: BrokerManifest = {
  id: 'pigeon',
  label: 'Pigeon Exchange',
  description: 'Grains and seeds of the Pigeon Exchange, traded round the clock. The login lasts a day.',
  credentialFields: [
    { name: 'user', label: 'User', secret: false, hint: 'The number on your ring.' },
    { name: 'pin', label: 'PIN', secret: true, hint: 'With user and PIN, Tickscope logs in by itself.' },
    { name: 'token', label: 'Token', secret: true, hint: 'The day’s token, where you have one already.' },
  ],
  limits: { instrumentsPerSocket: 100, sockets: 1, quotesPerRequest: MOST_QUOTES },
  can: { stream: true, quotes: true, history: true, orders: false },
  world: 'market',
  servers: { api: PIGEON_API_URL, ws: PIGEON_WS_URL },
  login: { browser: false, unattended: ['user', 'pin'] },
  presets: [
    { id: 'grains', label: 'Grains', instruments: [seed('CORN', 'Maize'), seed('OATS', 'Oats'), seed('PEAS', 'Peas')] },
    { id: 'seeds', label: 'Seeds', instruments: [seed('HEMP', 'Hemp seed')] },
  ],
  options: [
    {
      kind: 'switch',
      name: 'offers',
      label: 'Bid and ask',
      hint: 'Also hears the best prices waiting, between trades.',
      initial: true,
    },
    {
      kind: 'number',
      name: 'requestsPerMinute',
      label: 'Requests a minute',
      hint: 'For history and polling; the exchange allows 120.',
      initial: 120,
      min: 1,
      max: 1_000,
      unit: 'requests',
    },
  ],
};

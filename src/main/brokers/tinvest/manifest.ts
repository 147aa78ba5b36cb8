import type { BrokerManifest } from '../../../contract/manifest.ts';
import { MOSCOW_SHARES } from './presets.ts';
import { PRICES_PER_REQUEST } from './quotes.ts';
import { SERVERS, STREAM_LIMITS } from './wire.ts';

export const manifest: BrokerManifest = {
  id: 'tinvest',
  label: 'T-Invest',
  description:
    'Live trades, order books, candles and history of the Moscow Exchange through the T-Invest API of T-Bank. Needs an account and a token; read-only is enough.',
  credentialFields: [
    {
      name: 'token',
      label: 'Token',
      secret: true,
      hint: 'Begins with t. and is made on the page of T-Invest API settings; it is shown once and ends three months after it was last used. A sandbox token works with the sandbox only.',
      required: true,
    },
  ],
  limits: {
    instrumentsPerSocket: STREAM_LIMITS.perStream,
    sockets: STREAM_LIMITS.streams,
    quotesPerRequest: PRICES_PER_REQUEST,
  },
  can: { stream: true, quotes: true, history: true, orders: false },
  world: 'market',
  options: [
    {
      name: 'sandbox',
      kind: 'switch',
      label: 'Sandbox',
      hint: 'Use the sandbox with its own token. Prices there are real; where it has no live stream, they are asked for every two seconds.',
      initial: false,
    },
    {
      name: 'caFile',
      kind: 'text',
      label: 'CA file',
      hint: 'File (PEM) with the Russian Trusted Root CA, from gosuslugi.ru/crt. The servers of T-Invest need it; it is trusted for T-Invest only.',
      initial: '',
    },
    {
      name: 'handshake',
      kind: 'choice',
      label: 'Handshake',
      hint: 'How the live stream is opened. Leave it on automatic unless the server refuses to connect.',
      initial: 'auto',
      choices: [
        { value: 'auto', label: 'Automatic' },
        { value: 'header', label: 'Headers' },
        { value: 'subprotocol', label: 'Subprotocol' },
      ],
    },
    {
      name: 'bookDepth',
      kind: 'choice',
      label: 'Order book depth',
      hint: 'Price levels of each side, where order books are recorded or shown.',
      initial: '10',
      choices: ['1', '10', '20', '30', '40', '50'].map((value) => ({ value, label: value })),
    },
    {
      name: 'waitingClose',
      kind: 'switch',
      label: 'Closed candles only',
      hint: 'Get the venue’s own candles only once they have closed, instead of up to three times a second.',
      initial: false,
    },
  ],
  presets: [{ id: 'moscow', label: 'Largest Moscow shares', instruments: MOSCOW_SHARES }],
  servers: { ...SERVERS.production, sandbox: { option: 'sandbox', ...SERVERS.sandbox }, caOption: 'caFile' },
};

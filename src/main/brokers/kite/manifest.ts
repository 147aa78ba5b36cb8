import type { BrokerManifest } from '../../../contract/manifest.ts';

export const manifest: BrokerManifest = {
  id: 'kite',
  label: 'Zerodha Kite',
  description:
    'Live prices, quotes and history of NSE through Kite Connect. Needs a paid app of your own and a login each morning.',
  credentialFields: [
    {
      name: 'apiKey',
      label: 'API key',
      secret: false,
      hint: 'On the page of your app at developers.kite.trade.',
    },
    {
      name: 'apiSecret',
      label: 'API secret',
      secret: true,
      hint: 'Beside the API key. Only needed to turn a request token into an access token.',
    },
    {
      name: 'requestToken',
      label: 'Request token',
      secret: true,
      hint: 'From the address your browser ends at after the Kite login (request_token=…). Works once, for a few minutes.',
    },
    {
      name: 'accessToken',
      label: 'Access token',
      secret: true,
      hint: 'If another program logs you in. Valid until about six the next morning.',
    },
  ],
  limits: { instrumentsPerSocket: 3_000, sockets: 3, quotesPerRequest: 500 },
  can: { stream: true, quotes: true, history: true, orders: false },
  world: 'market',
};

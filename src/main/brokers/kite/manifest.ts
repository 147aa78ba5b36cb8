import type { BrokerManifest } from '../../../contract/manifest.ts';
import { UNATTENDED_FIELDS } from './credentials.ts';
import { QUOTES_PER_REQUEST } from './quotes.ts';
import { KITE_API_URL, KITE_LOGIN_URL, KITE_WS_URL } from './wire.ts';

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
      hint: 'On the page of your app at developers.kite.trade. Register http://127.0.0.1:4210/login/kite there as redirect URL.',
      required: true,
    },
    {
      name: 'apiSecret',
      label: 'API secret',
      secret: true,
      hint: 'Beside the API key. Every login needs it, by browser or by itself.',
    },
    {
      name: 'userId',
      label: 'User ID',
      secret: false,
      hint: 'What you log in to Kite with, such as AB1234. Only for logins without a browser.',
    },
    {
      name: 'password',
      label: 'Password',
      secret: true,
      hint: 'Your password at Kite. Only for logins without a browser: leave it out and log in by browser each morning instead.',
    },
    {
      name: 'totpSecret',
      label: 'TOTP secret',
      secret: true,
      hint: 'The text beside the QR code when you set up an authenticator app at Kite, not a six-digit code. Only for logins without a browser.',
    },
    {
      name: 'redirectUrl',
      label: 'Redirect URL',
      secret: false,
      hint: 'Only if your app has another redirect URL registered than http://127.0.0.1:4210/login/kite: that one, exactly as it is there.',
    },
    {
      name: 'requestToken',
      label: 'Request token',
      secret: true,
      hint: 'If the browser cannot come back: from the address it ends at after the Kite login (request_token=…). Works once, for a few minutes.',
    },
    {
      name: 'accessToken',
      label: 'Access token',
      secret: true,
      hint: 'Filled in by a login; or enter it if another program logs you in. Valid until about six the next morning.',
    },
  ],
  limits: { instrumentsPerSocket: 3_000, sockets: 3, quotesPerRequest: QUOTES_PER_REQUEST },
  can: { stream: true, quotes: true, history: true, orders: false },
  world: 'market',
  servers: { api: KITE_API_URL, ws: KITE_WS_URL, login: KITE_LOGIN_URL },
  login: { browser: true, unattended: UNATTENDED_FIELDS },
};

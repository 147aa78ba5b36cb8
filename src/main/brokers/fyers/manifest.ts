import type { BrokerManifest } from '../../../contract/manifest.ts';
import { UNATTENDED_FIELDS } from './credentials.ts';
import { FYERS_API_URL, FYERS_LOGIN_URL, FYERS_WS_URL, QUOTES_PER_REQUEST, TOPICS_PER_SOCKET } from './wire.ts';

export const manifest: BrokerManifest = {
  id: 'fyers',
  label: 'Fyers',
  description:
    'Live prices, quotes and history of NSE and BSE, down to five seconds, through the Fyers API. Needs an account, an app of your own, and a login each morning.',
  credentialFields: [
    {
      name: 'appId',
      label: 'App id',
      secret: false,
      required: true,
      hint: 'On the page of your app at myapi.fyers.in, with its number: ABCD1234EF-100.',
    },
    { name: 'appSecret', label: 'App secret', secret: true, hint: 'Beside the app id.' },
    {
      name: 'redirectUrl',
      label: 'Redirect URL',
      secret: false,
      hint: 'As registered with the app, letter for letter. Fyers sends the browser there after a login.',
    },
    {
      name: 'clientId',
      label: 'Client id',
      secret: false,
      hint: 'What you log in with at Fyers, such as XA00001. Only to log in without a browser.',
    },
    { name: 'pin', label: 'PIN', secret: true, hint: 'Four digits. Only to log in without a browser.' },
    {
      name: 'totpSecret',
      label: 'TOTP secret',
      secret: true,
      hint: 'The text beside the QR code when you set up an authenticator app, not a six-digit code. Only to log in without a browser.',
    },
    {
      name: 'authCode',
      label: 'Auth code',
      secret: true,
      hint: 'From the address your browser ends at after a login (auth_code=…). Works once.',
    },
    {
      name: 'accessToken',
      label: 'Access token',
      secret: true,
      hint: 'If another program logs you in. Valid until about six the next morning.',
    },
  ],
  limits: { instrumentsPerSocket: TOPICS_PER_SOCKET, sockets: 1, quotesPerRequest: QUOTES_PER_REQUEST },
  can: { stream: true, quotes: true, history: true, orders: false },
  world: 'market',
  options: [
    {
      kind: 'switch',
      name: 'lite',
      label: 'Last prices only',
      hint: 'Takes less of the line: prices without time and volume. They move the screen, and no bars are made of them.',
      initial: false,
    },
    {
      kind: 'switch',
      name: 'orderUpdates',
      label: 'Updates of orders',
      hint: 'Hears when an order of the account moves, over a second connection.',
      initial: true,
    },
  ],
  servers: { api: FYERS_API_URL, ws: FYERS_WS_URL, login: FYERS_LOGIN_URL },
  login: { browser: true, unattended: UNATTENDED_FIELDS },
};

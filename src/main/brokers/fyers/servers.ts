import { AppError } from '../../../core/errors.ts';
import type { Endpoints } from '../broker-module.ts';
import { FYERS_API_URL, FYERS_LISTS_URL, FYERS_LOGIN_URL, FYERS_WS_URL, PATH } from './wire.ts';

/** Where everything is, without a slash at the end. */
export interface Servers {
  /** Accounts and logins: `/api/v3/…`; prices: `/data/…`. */
  readonly api: string;
  /** Lists of symbols: `…/NSE_CM.csv`. */
  readonly lists: string;
  /** The login without a browser: `/vagator/v2/…`. */
  readonly login: string;
  readonly dataSocket: string;
  readonly orderSocket: string;
}

/**
 * Fyers' own servers, or those that were named. Whoever names an API server gets its lists and logins from there too,
 * so that no PIN goes to the real one by mistake. Throws AppError `invalid-input` for an address that is none.
 */
export function serversOf({ api, ws, login }: Endpoints): Servers {
  const http = ['https:', 'http:'];
  const apiUrl = addressOf(api ?? FYERS_API_URL, http, 'TICKSCOPE_FYERS_API_URL');
  const wsUrl = addressOf(ws ?? FYERS_WS_URL, ['wss:', 'ws:'], 'TICKSCOPE_FYERS_WS_URL');
  return {
    api: apiUrl,
    lists: `${api === undefined ? FYERS_LISTS_URL : apiUrl}${PATH.lists}`,
    login: addressOf(login ?? api ?? FYERS_LOGIN_URL, http, 'TICKSCOPE_FYERS_LOGIN_URL'),
    dataSocket: `${wsUrl}${PATH.data}`,
    orderSocket: `${wsUrl}${PATH.orders}`,
  };
}

/** The value is not quoted: it may hold a secret. */
function addressOf(text: string, protocols: readonly string[], name: string): string {
  const url = URL.parse(text);
  if (url === null || !protocols.includes(url.protocol))
    throw new AppError('invalid-input', `${name} must begin with ${protocols[0]}// and name a server.`);
  return text.replace(/\/+$/, '');
}

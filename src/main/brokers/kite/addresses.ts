import { AppError } from '../../../core/errors.ts';
import type { Endpoints } from '../broker-module.ts';
import { KITE_API_URL, KITE_LOGIN_URL, KITE_WS_URL } from './wire.ts';

/** Where Kite's servers are, without a slash at the end. */
export interface KiteAddresses {
  readonly apiUrl: string;
  readonly wsUrl: string;
  readonly loginUrl: string;
}

/**
 * The usual places, or where the environment says. Whoever names an API server logs in there too unless a third is
 * named, so that no password goes to the real one by mistake. Throws AppError `invalid-input`.
 */
export function kiteAddresses({ api, ws, login }: Endpoints): KiteAddresses {
  return {
    apiUrl: addressOf(api ?? KITE_API_URL, ['https:', 'http:'], 'TICKSCOPE_KITE_API_URL'),
    wsUrl: addressOf(ws ?? KITE_WS_URL, ['wss:', 'ws:'], 'TICKSCOPE_KITE_WS_URL'),
    loginUrl: addressOf(login ?? api ?? KITE_LOGIN_URL, ['https:', 'http:'], 'TICKSCOPE_KITE_LOGIN_URL'),
  };
}

/** The value is not quoted: it may hold a secret. */
function addressOf(text: string, protocols: readonly string[], name: string): string {
  const url = URL.parse(text);
  if (url === null || !protocols.includes(url.protocol))
    throw new AppError('invalid-input', `${name} must begin with ${protocols[0]}// and name a server.`);
  return text.replace(/\/+$/, '');
}

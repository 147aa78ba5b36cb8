import { AppError } from '../../../src/core/errors.ts';
import type { Endpoints } from '../../../src/main/brokers/broker-module.ts';
import { PIGEON_API_URL, PIGEON_WS_URL } from './wire.ts';

/** Where the servers are, as the environment says or as usual. Throws AppError `invalid-input`. */
export function addressesOf({ api = PIGEON_API_URL, ws = PIGEON_WS_URL }: Endpoints) {
  return {
    apiUrl: checked(api, ['https:', 'http:'], 'TICKSCOPE_PIGEON_API_URL'),
    wsUrl: checked(ws, ['wss:', 'ws:'], 'TICKSCOPE_PIGEON_WS_URL'),
  };
}

function checked(text: string, protocols: readonly string[], name: string): string {
  const url = URL.parse(text);
  if (url === null || !protocols.includes(url.protocol))
    throw new AppError('invalid-input', `${name} must begin with ${protocols[0]}// and name a server.`);
  return text.replace(/\/+$/, '');
}

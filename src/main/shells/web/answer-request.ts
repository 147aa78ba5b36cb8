import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LoginDoor } from '../../engine/login-door.ts';
import { contentSecurityPolicy, readPageFile } from '../page-files.ts';
import { answerLogin, loginOf } from './answer-login.ts';
import { isOwnHost, type LocalAddress, launchCookie, mayReadPage, sameSecret } from './local-guard.ts';
import { type PublicApi, sendJson } from './public-api.ts';

/** What answering takes: where we are, the built page, the logins that may come back, and the scripts' door where it is open. */
export interface WebRoom {
  readonly address: LocalAddress;
  readonly pageDir: string;
  readonly api: PublicApi | undefined;
  readonly logins: LoginDoor;
  /** The door is closing. */
  readonly stop: AbortSignal;
}

export const WRONG_HOST = 'Tickscope answers to 127.0.0.1 and localhost only.';
export const KEY_NEEDED =
  'The API key is missing or wrong. Send it as ?api_key=KEY, as x-api-key or as a Bearer token.';

const COMMON_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** The address a request names. One that makes no sense is taken for the page itself, which the guard still protects. */
export function urlOf({ url = '/' }: IncomingMessage): URL {
  return URL.parse(url, 'http://127.0.0.1') ?? new URL('http://127.0.0.1/');
}

/** Answers one plain HTTP request. Reads only, and only for those the guard lets in. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { address, pageDir, api, logins, stop }: WebRoom,
): Promise<void> {
  const { pathname, searchParams } = urlOf(request);
  const connectTo = `'self' ws://127.0.0.1:${address.port} ws://localhost:${address.port}`;
  for (const [name, value] of Object.entries(COMMON_HEADERS)) response.setHeader(name, value);
  response.setHeader('content-security-policy', contentSecurityPolicy(connectTo));

  if (!isOwnHost(request.headers, address.port)) return sendText(response, 403, WRONG_HOST);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return sendText(response, 405, 'Only reading is possible here.');
  }
  if (api !== undefined && pathname === '/historic') {
    if (api.hasKey(request, searchParams)) return api.historic(searchParams, response);
    return sendJson(response, 401, { error: KEY_NEEDED });
  }
  const broker = loginOf(pathname);
  // Not for HEAD, by which programs look ahead: the query works once.
  if (broker !== undefined && request.method === 'GET')
    return answerLogin(logins, broker, searchParams, response, stop);
  const key = searchParams.get('key');
  if (pathname === '/' && key !== null && sameSecret(key, address.launchKey)) return letIn(request, response, address);
  if (pathname === '/historic' || pathname === '/ws') return sendText(response, 404, 'There is nothing here.');
  if (!mayReadPage(request.headers, address))
    return sendText(response, 403, 'Open Tickscope with the link it printed when it started: the link holds a key.');
  return sendPage(response, pageDir, pathname);
}

/** Turns the key of the start link into a cookie, and takes it out of the address bar. */
function letIn({ headers }: IncomingMessage, response: ServerResponse, address: LocalAddress): void {
  response.setHeader('set-cookie', launchCookie(address));
  response.setHeader('cache-control', 'no-store');
  if (headers['sec-fetch-site'] !== 'cross-site') {
    response.writeHead(303, { location: '/' }).end();
    return;
  }
  // A strict cookie is not sent along a redirect that began on another site (a link in web mail), but is from a page of our own.
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end('<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>Tickscope</title>');
}

async function sendPage(response: ServerResponse, pageDir: string, pathname: string): Promise<void> {
  const file = await readPageFile(pageDir, pathname);
  if (file === undefined) return sendText(response, 404, 'There is nothing here.');
  response.writeHead(200, {
    'content-type': file.type,
    'content-length': file.body.length,
    'cache-control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-store',
  });
  response.end(file.body);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(`${text}\n`);
}

import { AppError } from '../../../core/errors.ts';
import { isRecord } from '../../../core/is-record.ts';
import type { Clock } from '../../engine/ports.ts';
import type { LoginContext } from '../broker-module.ts';
import { freshOneTimeCode, oneTimeCode } from '../one-time-code.ts';
import { createRefusedLogins } from '../refused-logins.ts';
import { createHttp, type HttpAnswer } from '../transport/http.ts';
import { type KiteAddresses, kiteAddresses } from './addresses.ts';
import { exchangeToken } from './auth.ts';
import { createCookieJar } from './cookie-jar.ts';
import { readUnattended, type UnattendedCredentials } from './credentials.ts';
import { readEnvelope } from './envelope.ts';
import { gatewayError, loginRefused, unexpectedData } from './errors.ts';
import { KITE_VERSION } from './wire.ts';

/** For the whole program: whoever opens Kite and whoever clicks "Log in" ask the same Kite. */
const refused = createRefusedLogins<Readonly<Record<string, string>>>();

/** Kite's own pages need three to five redirects from the app's page to the app. */
const MOST_HOPS = 8;

/**
 * Logs in with password and one-time code, as the pages of Kite's site do, and answers the credentials to keep.
 *
 * Undocumented by Zerodha: docs/wire-formats/kite.md, "Login without a browser". Throws AppError: `invalid-input` for
 * fields that are missing or misshapen, `auth-expired` when Kite refuses them or wants a person, `rate-limited` and
 * `network`. No error holds a field, a code, a cookie or a token. What was refused is not sent again for a while.
 */
export async function logInUnattended(
  { clock, credentials, endpoints }: LoginContext,
  stop: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const fields = readUnattended(credentials);
  const addresses = kiteAddresses(endpoints);
  // A secret that is none must not cost an attempt.
  oneTimeCode(fields.totpSecret, clock.now());
  const tried = [addresses.loginUrl, ...Object.values(fields)];
  return refused.guard(tried, clock, () => logIn(fields, addresses, clock, stop));
}

async function logIn(
  { apiKey, apiSecret, userId, password, totpSecret }: UnattendedCredentials,
  { apiUrl, loginUrl }: KiteAddresses,
  clock: Clock,
  stop: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const send = createHttp({ venue: 'Kite', clock });
  const jar = createCookieJar();
  const secrets = [password, totpSecret, apiSecret];

  const ask = async (method: 'GET' | 'POST', url: string, form?: Readonly<Record<string, string>>) => {
    const cookie = jar.header;
    const headers = { ...KITE_VERSION, ...(cookie !== undefined && { cookie }) };
    const answer = await send({ method, url, headers, ...(form && { form }) }, stop);
    jar.keep(answer.header('set-cookie'));
    return answer;
  };
  const post = async (path: string, form: Readonly<Record<string, string>>, what: string): Promise<unknown> => {
    const outcome = readEnvelope(await ask('POST', `${loginUrl}${path}`, form), secrets);
    if ('failure' in outcome) throw loginRefused(what, outcome.failure);
    return outcome.data;
  };

  const begun = await post('/api/login', { user_id: userId, password }, 'user ID and password');
  if (!isRecord(begun) || typeof begun['request_id'] !== 'string') throw unexpectedData('a login');
  const code = await freshOneTimeCode(totpSecret, clock, stop);
  secrets.push(code, begun['request_id']);
  await post(
    '/api/twofa',
    {
      user_id: userId,
      request_id: begun['request_id'],
      twofa_value: code,
      twofa_type: typeof begun['twofa_type'] === 'string' ? begun['twofa_type'] : 'totp',
    },
    'the one-time code',
  );
  const requestToken = await findRequestToken(loginUrl, apiKey, (url) => ask('GET', url), secrets);
  const accessToken = await exchangeToken(send, apiUrl, { apiKey, apiSecret, requestToken }, stop);
  return { accessToken, requestToken: '' };
}

/** Follows the app's page by hand, and no further than Kite's own server: the last redirect, to the app, holds the token. */
async function findRequestToken(
  loginUrl: string,
  apiKey: string,
  get: (url: string) => Promise<HttpAnswer>,
  secrets: readonly string[],
): Promise<string> {
  let url = new URL(`${loginUrl}/connect/login`);
  const { origin } = url;
  url.search = String(new URLSearchParams({ v: '3', api_key: apiKey }));
  for (let hop = 0; hop < MOST_HOPS; hop += 1) {
    const answer = await get(url.href);
    const location = answer.header('location');
    if (answer.status < 300 || answer.status > 399 || location === undefined) throw noRedirect(answer, secrets);
    const next = URL.parse(location, url);
    const requestToken = next?.searchParams.get('request_token') ?? '';
    if (requestToken !== '') return requestToken;
    // The cookies are Kite's and nobody else's.
    if (next === null || next.origin !== origin) throw wantsPerson();
    url = next;
  }
  throw wantsPerson();
}

function noRedirect(answer: HttpAnswer, secrets: readonly string[]): AppError {
  if (answer.contentType === 'application/json') {
    const outcome = readEnvelope(answer, secrets);
    return 'failure' in outcome ? loginRefused('the API key', outcome.failure) : unexpectedData('a login');
  }
  if (answer.status === 429 || answer.status >= 500) return gatewayError(answer.status, answer.contentType);
  return wantsPerson();
}

function wantsPerson(): AppError {
  return new AppError(
    'auth-expired',
    'Kite wants to see a person, for example to approve a new app. Log in by browser once: Settings, under Feed.',
    { context: { wantsPerson: 1 } },
  );
}

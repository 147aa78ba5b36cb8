import { AppError } from '../../../core/errors.ts';
import type { BrokerLogin, LoginContext } from '../broker-module.ts';
import { oneTimeCode } from '../one-time-code.ts';
import { createRefusedLogins } from '../refused-logins.ts';
import { createHttp } from '../transport/http.ts';
import { readAccessToken } from './access-token.ts';
import { exchangeAuthCode } from './auth-code.ts';
import { type FyersCredentials, readCredentials, UNATTENDED_FIELDS } from './credentials.ts';
import { serversOf } from './servers.ts';
import { fetchAuthCode } from './unattended-login.ts';

const LABELS: Readonly<Record<(typeof UNATTENDED_FIELDS)[number], string>> = {
  appId: 'app id',
  appSecret: 'app secret',
  clientId: 'client id',
  pin: 'PIN',
  totpSecret: 'TOTP secret',
  redirectUrl: 'redirect URL',
};

type LoginFields = Readonly<Record<string, string>>;

/** For the whole program: whoever opens Fyers and whoever clicks "Log in" ask the same Fyers. */
const refused = createRefusedLogins<LoginFields>();

/** Fyers' logins: without a browser, and on Fyers' own page. Both end in the day's access token. */
export const login: BrokerLogin = {
  unattended: logInUnattended,

  page(context, redirect, state) {
    const { appId, redirectUrl } = readCredentials(context.credentials);
    const url = new URL(`${serversOf(context.endpoints).api}/api/v3/generate-authcode`);
    url.searchParams.set('client_id', appId);
    // Fyers takes only the address that is registered with the app.
    url.searchParams.set('redirect_uri', redirectUrl ?? redirect);
    url.searchParams.set('response_type', 'code');
    url.searchParams.set('state', state);
    return url.href;
  },

  async finish(context, query, stop) {
    // `code` is a status here; what works once is `auth_code`.
    const authCode = query.get('auth_code');
    if (query.get('s') === 'error' || authCode === null || authCode === '')
      throw new AppError('auth-expired', 'The login at Fyers was refused or called off. Log in again.');
    return exchange(context, authCode, stop);
  },

  until: (credentials) => {
    const token = credentials['accessToken']?.trim() ?? '';
    return readAccessToken(token.slice(token.lastIndexOf(':') + 1))?.expiresAt;
  },
};

/**
 * Logs in as the pages of Fyers' site do, and answers the credentials to keep. What was refused is not sent again for a
 * while. Throws AppError as `BrokerLogin.unattended` does.
 */
export async function logInUnattended(context: LoginContext, stop: AbortSignal): Promise<LoginFields> {
  const fields = readCredentials(context.credentials);
  const { appId, appSecret, clientId, pin, totpSecret, redirectUrl } = fields;
  if (!appSecret || !clientId || !pin || !totpSecret || !redirectUrl) throw missingFields(fields);
  const servers = serversOf(context.endpoints);
  const { clock } = context;
  const tried = [servers.login, appId, appSecret, clientId, pin, totpSecret, redirectUrl];
  // A secret that is none must not cost an attempt.
  oneTimeCode(totpSecret, clock.now());
  return refused.guard(tried, clock, async () => {
    const send = createHttp({ venue: 'Fyers', clock });
    const secrets = { appId, clientId, pin, totpSecret, redirectUrl };
    const authCode = await fetchAuthCode(secrets, { send, servers, clock }, stop);
    return tokenFields(await exchangeAuthCode(send, servers.api, { appId, appSecret, authCode }, stop));
  });
}

async function exchange(context: LoginContext, authCode: string, stop: AbortSignal) {
  const { appId, appSecret } = readCredentials(context.credentials);
  if (appSecret === undefined)
    throw new AppError(
      'invalid-input',
      'A login at Fyers needs the app secret beside the app id. Enter it in Settings.',
    );
  const send = createHttp({ venue: 'Fyers', clock: context.clock });
  const { api } = serversOf(context.endpoints);
  return tokenFields(await exchangeAuthCode(send, api, { appId, appSecret, authCode }, stop));
}

function tokenFields(accessToken: string): LoginFields {
  return { accessToken, authCode: '' };
}

function missingFields(fields: FyersCredentials): AppError {
  const missing = UNATTENDED_FIELDS.filter((name) => !fields[name]).map((name) => LABELS[name]);
  return new AppError(
    'invalid-input',
    `To log in by itself Tickscope also needs the ${missing.join(', ')} of your Fyers account. Enter them in Settings, under Feed.`,
  );
}

import { AppError } from '../../../core/errors.ts';
import type { BrokerLogin } from '../broker-module.ts';
import { createHttp } from '../transport/http.ts';
import { kiteAddresses } from './addresses.ts';
import { exchangeToken } from './auth.ts';
import { readApp } from './credentials.ts';
import { tokenExpiry } from './login.ts';
import { logInUnattended } from './unattended-login.ts';

/** Kite's logins: by password and one-time code, or on Kite's own page. Source: https://kite.trade/docs/connect/v3/user/ */
export const kiteLogin: BrokerLogin = {
  unattended: logInUnattended,

  // The address to come back to is registered with the app and not told here; what we tell comes back with it.
  page({ credentials, endpoints }, _redirect, state) {
    const { apiKey } = readApp(credentials);
    const url = new URL(`${kiteAddresses(endpoints).loginUrl}/connect/login`);
    const redirectParams = String(new URLSearchParams({ state }));
    url.search = String(new URLSearchParams({ v: '3', api_key: apiKey, redirect_params: redirectParams }));
    return url.href;
  },

  async finish({ clock, credentials, endpoints }, query, stop) {
    const { apiKey, apiSecret } = readApp(credentials);
    const requestToken = query.get('request_token') ?? '';
    const status = query.get('status') ?? 'success';
    if (status !== 'success' || requestToken === '')
      throw new AppError('auth-expired', 'The login at Kite was called off or refused. Begin again in Tickscope.');
    const send = createHttp({ venue: 'Kite', clock });
    const { apiUrl } = kiteAddresses(endpoints);
    const accessToken = await exchangeToken(send, apiUrl, { apiKey, apiSecret, requestToken }, stop);
    return { accessToken, requestToken: '' };
  },

  until({ accessToken = '' }, savedAt) {
    return accessToken === '' || savedAt === undefined ? undefined : tokenExpiry(savedAt);
  },
};

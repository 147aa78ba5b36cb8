import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import type { LoginContext } from '../../../src/main/brokers/broker-module.ts';
import { readAccessToken } from '../../../src/main/brokers/fyers/access-token.ts';
import { readCredentials } from '../../../src/main/brokers/fyers/credentials.ts';
import { login } from '../../../src/main/brokers/fyers/login.ts';
import { serversOf } from '../../../src/main/brokers/fyers/servers.ts';
import { createLogin } from '../../../src/main/brokers/fyers/session-login.ts';
import { ACCOUNT } from '../../fakes/fyers-login.ts';
import { type FyersVenue, startFyersVenue } from '../../fakes/fyers-venue.ts';
import { realClock } from '../../support/real-clock.ts';
import { appErrorOf } from '../../support/thrown.ts';

const never = new AbortController().signal;
let venue: FyersVenue;

beforeEach(async () => {
  venue = await startFyersVenue();
});

afterEach(() => venue.close());

function contextOf(credentials: Readonly<Record<string, string>>): LoginContext {
  return { clock: realClock, credentials, endpoints: { api: venue.apiUrl }, options: {} };
}
/** A token whose payload is `claims`. */
const tokenOf = (claims: unknown): string => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;

describe('the login on Fyers’ own page', () => {
  it('begins at an address with everything in it', () => {
    const { appId, redirectUrl } = ACCOUNT;
    const url = new URL(login.page?.(contextOf({ appId, redirectUrl }), 'http://127.0.0.1:1/x', 'random') ?? '');
    expect(`${url.origin}${url.pathname}`).toBe(`${venue.apiUrl}/api/v3/generate-authcode`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: appId,
      redirect_uri: redirectUrl,
      response_type: 'code',
      state: 'random',
    });
  });

  it('comes back to us where no redirect is registered', () => {
    const url = new URL(login.page?.(contextOf({ appId: ACCOUNT.appId }), 'http://127.0.0.1:1/x', 's') ?? '');
    expect(url.searchParams.get('redirect_uri')).toBe('http://127.0.0.1:1/x');
  });

  it('ends in the day’s token', async () => {
    const query = new URLSearchParams({ s: 'ok', code: '200', auth_code: venue.login.issueAuthCode(), state: 'x' });
    const fields = await login.finish?.(contextOf({ ...ACCOUNT }), query, never);
    expect(fields).toEqual({ accessToken: venue.accessToken, authCode: '' });
  });

  it.each([
    ['was called off', { s: 'error', message: 'user_cancelled' }],
    ['brings no code', { s: 'ok', code: '200' }],
    ['brings a code nobody issued', { s: 'ok', code: '200', auth_code: 'made-up' }],
  ])('that %s is refused', async (_case, query) => {
    const finished = login.finish?.(contextOf({ ...ACCOUNT }), new URLSearchParams(query), never);
    await expect(finished).rejects.toMatchObject({
      code: 'auth-expired',
      message: expect.not.stringContaining('made-up'),
    });
  });

  it('needs the app secret', async () => {
    const query = new URLSearchParams({ s: 'ok', auth_code: 'any' });
    const finished = login.finish?.(contextOf({ appId: ACCOUNT.appId }), query, never);
    await expect(finished).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('an access token', () => {
  it('says when it ends', () => {
    const token = tokenOf({ exp: 1_795_307_437, hsm_key: 'ab12' });
    expect(readAccessToken(token)).toEqual({ expiresAt: 1_795_307_437_000, hsmKey: 'ab12' });
    expect(login.until?.({ accessToken: token }, undefined)).toBe(1_795_307_437_000);
    expect(login.until?.({ accessToken: `TESTAPP-100:${token}` }, undefined)).toBe(1_795_307_437_000);
    expect(login.until?.({}, undefined)).toBeUndefined();
    expect(login.until?.({ accessToken: 'something else' }, undefined)).toBeUndefined();
  });

  it.each(['', 'a.b', 'a.b.c', 'a.e30.c.d', tokenOf('text'), tokenOf(null)])('is not found in "%s"', (text) => {
    expect(readAccessToken(text)).toBeUndefined();
  });

  it.each([
    ['of another venue', tokenOf({ exp: 2_000_000_000 })],
    ['that never ends', tokenOf({ hsm_key: 'ab' })],
    ['with a key no field can hold', tokenOf({ exp: 2_000_000_000, hsm_key: 'a b\n' })],
    ['that has ended', tokenOf({ exp: 1_600_000_000, hsm_key: 'ab' })],
  ])('%s opens nothing', (_case, token) => {
    const error = appErrorOf(() => createLogin('TESTAPP-100', token, 1_700_000_000_000 as EpochMs));
    expect(error).toMatchObject({ code: 'auth-expired', message: expect.stringMatching(/Log in again/) });
  });
});

describe('credentials', () => {
  it('are taken without the spaces that came along, and a token without its app id', () => {
    expect(readCredentials({ appId: ' TESTAPP-100 ', accessToken: 'TESTAPP-100:a.b.c\n', pin: '' })).toEqual({
      appId: 'TESTAPP-100',
      appSecret: undefined,
      clientId: undefined,
      pin: undefined,
      totpSecret: undefined,
      redirectUrl: undefined,
      authCode: undefined,
      accessToken: 'a.b.c',
    });
  });

  it.each([
    ['nothing', {}, 'auth-expired', /needs an app id/],
    ['an app id without its number', { appId: 'TESTAPP' }, 'invalid-input', /two parts/],
    ['a line break inside', { appId: 'T-1\r\nX-Evil: 1' }, 'invalid-input', /characters no app id has/],
    ['a redirect that is none', { appId: 'T-100', redirectUrl: 'myapp' }, 'invalid-input', /no address/],
  ])('with %s are refused in a sentence', (_case, fields, code, message) => {
    expect(appErrorOf(() => readCredentials(fields))).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

describe('servers', () => {
  it('are Fyers’ own unless others are named', () => {
    expect(serversOf({})).toEqual({
      api: 'https://api-t1.fyers.in',
      lists: 'https://public.fyers.in/sym_details',
      login: 'https://api-t2.fyers.in',
      dataSocket: 'wss://socket.fyers.in/hsm/v1-5/prod',
      orderSocket: 'wss://socket.fyers.in/trade/v3',
    });
  });

  it('are all elsewhere when the API is: no PIN goes to the real ones', () => {
    expect(serversOf({ api: 'http://127.0.0.1:1/', ws: 'ws://127.0.0.1:2' })).toEqual({
      api: 'http://127.0.0.1:1',
      lists: 'http://127.0.0.1:1/sym_details',
      login: 'http://127.0.0.1:1',
      dataSocket: 'ws://127.0.0.1:2/hsm/v1-5/prod',
      orderSocket: 'ws://127.0.0.1:2/trade/v3',
    });
    expect(serversOf({ login: 'http://127.0.0.1:3' }).login).toBe('http://127.0.0.1:3');
  });

  it.each([{ api: 'ftp://user:password@host' }, { ws: 'http://password@host' }, { login: 'password' }])(
    'at an address that is none are refused, without quoting it: %o',
    (endpoints) => {
      const error = appErrorOf(() => serversOf(endpoints));
      expect(error).toMatchObject({ code: 'invalid-input', message: expect.stringContaining('TICKSCOPE_FYERS_') });
      expect(error.message).not.toContain('password');
    },
  );
});

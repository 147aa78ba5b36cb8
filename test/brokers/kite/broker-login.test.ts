import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import type { LoginContext } from '../../../src/main/brokers/broker-module.ts';
import { kite } from '../../../src/main/brokers/kite/index.ts';
import { type KiteVenue, startKiteVenue } from '../../fakes/kite-venue.ts';
import { ist } from '../../support/ist.ts';
import { realClock } from '../../support/real-clock.ts';

const never = new AbortController().signal;
let venue: KiteVenue;

beforeEach(async () => {
  venue = await startKiteVenue();
});
afterEach(() => venue.close());

const context = (): LoginContext => ({
  clock: realClock,
  credentials: { apiKey: venue.apiKey, apiSecret: venue.apiSecret },
  endpoints: { api: venue.apiUrl },
  options: {},
});
const finish = (query: Record<string, string>) =>
  kite.login?.finish?.(context(), new URLSearchParams(query), never) ?? Promise.reject(new Error('no finish'));

describe('the login page of Kite', () => {
  it('names the app, and brings back what ties its answer to our question', () => {
    const usual = { ...context(), endpoints: {} };
    const page = new URL(kite.login?.page?.(usual, 'http://127.0.0.1:4210/login/kite', 'a-state') ?? '');
    expect(page.origin + page.pathname).toBe('https://kite.zerodha.com/connect/login');
    expect(Object.fromEntries(page.searchParams)).toEqual({
      v: '3',
      api_key: 'testapikey',
      redirect_params: 'state=a-state',
    });
  });

  it('can be elsewhere', () => {
    const elsewhere = { ...context(), endpoints: { login: 'http://127.0.0.1:1/' } };
    expect(kite.login?.page?.(elsewhere, '', 's')).toMatch(/^http:\/\/127\.0\.0\.1:1\/connect\/login\?v=3&/);
    const named = kite.login?.page?.(context(), '', 's') ?? '';
    expect(named.startsWith(venue.apiUrl), 'with the API, unless named').toBe(true);
  });

  it('is not opened for an app that could not be logged in at', () => {
    const half = { ...context(), credentials: { apiKey: 'key' } };
    expect(() => kite.login?.page?.(half, '', 's')).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });
});

describe('what the browser brings back from Kite', () => {
  it('becomes the day’s token', async () => {
    const query = { action: 'login', type: 'login', status: 'success', state: 's' };
    const fields = await finish({ ...query, request_token: venue.issueRequestToken() });
    expect(fields).toEqual({ accessToken: venue.accessToken, requestToken: '' });
    expect(await finish({ request_token: venue.issueRequestToken() }), 'only the token is needed').toMatchObject({
      accessToken: venue.accessToken,
    });
  });

  it.each([
    ['another status', { status: 'cancelled', request_token: 'x' }],
    ['no token', { status: 'success' }],
    ['an empty token', { request_token: '' }],
  ])('is a login called off with %s', async (_case, query) => {
    await expect(finish(query)).rejects.toMatchObject({
      code: 'auth-expired',
      message: expect.stringContaining('called off'),
    });
    expect(venue.requests).toEqual([]);
  });

  it('is refused when the token is not Kite’s', async () => {
    await expect(finish({ request_token: 'made-up-token' })).rejects.toMatchObject({ code: 'auth-expired' });
    await expect(finish({ request_token: 'made-up-token' })).rejects.not.toMatchObject({
      message: expect.stringContaining('made-up-token'),
    });
  });
});

describe('the end of a login at Kite', () => {
  const until = (fields: Record<string, string>, savedAt: EpochMs | undefined) => kite.login?.until?.(fields, savedAt);

  it('is at six the next morning, Indian time', () => {
    expect(until({ accessToken: 't' }, ist('2026-11-20T08:30:00'))).toBe(ist('2026-11-21T06:00:00'));
  });

  it('is unknown without a token, or without the time it was saved', () => {
    expect(until({}, ist('2026-11-20T08:30:00'))).toBeUndefined();
    expect(until({ accessToken: '' }, ist('2026-11-20T08:30:00'))).toBeUndefined();
    expect(until({ accessToken: 't' }, undefined)).toBeUndefined();
  });
});

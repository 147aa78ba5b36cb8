import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenContext } from '../../../src/main/brokers/broker-module.ts';
import { kite } from '../../../src/main/brokers/kite/index.ts';
import { openKite } from '../../../src/main/brokers/kite/session.ts';
import { FAKE_INSTRUMENTS, INFY, MAHINDRA, NIFTY, SBIN } from '../../fakes/kite-instruments.ts';
import { type KiteVenue, startKiteVenue } from '../../fakes/kite-venue.ts';
import { eventually } from '../../support/eventually.ts';
import { ist } from '../../support/ist.ts';
import { fastClock } from '../../support/real-clock.ts';
import { contextFor, instrumentOf, key } from './open-context.ts';

/** A Friday at noon, ten times as fast as it was. */
const noon = (): OpenContext['clock'] => fastClock(10, Date.parse('2026-11-20T12:00:00+05:30'));
const never = new AbortController().signal;
let venue: KiteVenue;

beforeEach(async () => {
  const start = Date.now();
  const now = (): number => Date.parse('2026-11-20T12:00:00+05:30') + (Date.now() - start) * 10;
  // Ten times as fast is ten times as many requests a second.
  venue = await startKiteVenue({ now, keepsLimits: false });
});

afterEach(() => venue.close());

const context = (changes: Partial<OpenContext> = {}) =>
  contextFor(venue, FAKE_INSTRUMENTS, { clock: noon(), ...changes });

describe('opening Kite', () => {
  it('checks the login, finds the instruments and hands out everything', async () => {
    const { saved, ...rest } = context();
    const session = await kite.open(rest);
    expect(session.instruments.map(({ key: name }) => name)).toEqual(
      FAKE_INSTRUMENTS.map(({ tradingSymbol }) => key(tradingSymbol)),
    );
    expect(session).toMatchObject({ quotes: {}, history: {}, playback: undefined });
    expect(venue.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /user/profile',
      'GET /instruments/NSE',
    ]);
    expect(venue.requests.every(({ version }) => version === '3')).toBe(true);
    expect(saved).toEqual([]);
  });

  it('turns a request token into an access token, stores that and forgets the other', async () => {
    const requestToken = venue.issueRequestToken();
    const credentials = { apiKey: venue.apiKey, apiSecret: venue.apiSecret, requestToken };
    const { saved, ...rest } = context({ credentials });
    const session = await kite.open(rest);
    expect(saved).toEqual([{ accessToken: venue.accessToken, requestToken: '' }]);
    expect(await session.quotes?.quotes([key('INFY')], never)).toHaveLength(1);
  });

  it('says that a request token was used up, and forgets it', async () => {
    const credentials = { apiKey: venue.apiKey, apiSecret: venue.apiSecret, requestToken: 'used-up' };
    const { saved, ...rest } = context({ credentials });
    await expect(kite.open(rest)).rejects.toMatchObject({
      code: 'auth-expired',
      message: expect.stringContaining('works once'),
    });
    expect(saved).toEqual([{ requestToken: '' }]);
    expect(venue.requests, 'a request token is tried once').toHaveLength(1);
  });

  it('goes on with the access token of before when a request token beside it is used up', async () => {
    const { apiKey, apiSecret, accessToken } = venue;
    await expect(
      kite.open(context({ credentials: { apiKey, apiSecret, accessToken, requestToken: 'used-up' } })),
    ).resolves.toMatchObject({ quotes: {} });
  });

  it('asks for a login when the token has died, after one question', async () => {
    const credentials = { apiKey: venue.apiKey, accessToken: 'yesterdays-token' };
    await expect(kite.open(context({ credentials }))).rejects.toMatchObject({
      code: 'auth-expired',
      message: expect.stringContaining('Log in again'),
    });
    expect(venue.requests).toHaveLength(1);
  });

  it.each([
    ['no key', {}, 'auth-expired'],
    ['no token', { apiKey: 'k' }, 'auth-expired'],
  ])('with %s asks nobody anything', async (_case, credentials, code) => {
    await expect(kite.open(context({ credentials }))).rejects.toMatchObject({ code });
    expect(venue.requests).toEqual([]);
  });

  it.each([
    ['a web page', 'html'],
    ['rubbish', 'rubbish'],
    ['nothing', 'hang'],
    ['"too many"', 429],
    ['"trouble of our own"', 502],
  ] as const)('gives up on a venue that answers %s, in a sentence', async (_case, fault) => {
    venue.faults.api = fault;
    const failed = kite.open(context());
    await expect(failed).rejects.toMatchObject({ retryable: true, message: expect.stringMatching(/Kite .*\.$/) });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining(venue.accessToken) });
  });

  it('opens on yesterday’s instruments while Kite is down', async () => {
    const first = context();
    await kite.open(first);
    venue.faults.api = 503;
    const next = fastClock(10, Date.parse('2026-11-23T12:00:00+05:30'));
    const session = await kite.open(context({ clock: next, cacheDir: first.cacheDir }));
    expect(session.instruments).toHaveLength(FAKE_INSTRUMENTS.length);
  });

  it('refuses an address that is none, without quoting it', async () => {
    const failed = kite.open(context({ endpoints: { api: 'ftp://user:password@host' } }));
    await expect(failed).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('TICKSCOPE_KITE_API_URL'),
    });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('password') });
  });

  it('leaves out instruments Kite does not list', async () => {
    const unknown = instrumentOf({ tradingSymbol: 'NOSUCH', name: 'No such', segment: 'NSE' });
    const session = await kite.open(context({ instruments: [instrumentOf(INFY), unknown] }));
    expect(session.instruments.map(({ key: name }) => name)).toEqual([key('INFY')]);
  });
});

describe('an open session', () => {
  it('answers quotes and history of the same instruments', async () => {
    const session = await kite.open(context());
    const time = Date.parse('2026-11-20T11:59:30+05:30');
    await venue.tick({ token: MAHINDRA.token, ltp: 3_612.4, dayVolume: 77, close: 3_600, exchangeTime: time });
    expect(await session.quotes?.quotes([key('M&M'), key('NIFTY 50')], never)).toMatchObject([
      { instrument: 'NSE:M&M', ltp: 3_612.4, dayVolume: 77, previousClose: 3_600, time },
      { instrument: 'NSE:NIFTY 50', ltp: 24_500 },
    ]);
    const from = ist('2026-11-20 11:00');
    const to = ist('2026-11-20 11:30');
    const request = { instrument: key('NIFTY 50'), timeframe: '5m', from, to } as const;
    expect(await session.history?.candles(request, never)).toHaveLength(6);
  });

  it('tries a read again while the venue has trouble, and then answers', async () => {
    const session = await kite.open(context());
    venue.faults.api = 503;
    const answer = session.quotes?.quotes([key('SBIN')], never);
    const asked = venue.requests.length;
    await eventually(() => venue.requests.length).toBeGreaterThanOrEqual(asked + 2);
    venue.faults.api = undefined;
    expect(await answer).toMatchObject([{ instrument: 'NSE:SBIN', ltp: SBIN.price }]);
  });

  it('asks nothing more once the token has died: no storm', async () => {
    const session = await kite.open(context());
    venue.expireToken();
    const asked = venue.requests.length;
    const all = [INFY, SBIN, NIFTY].map(({ tradingSymbol }) => session.quotes?.quotes([key(tradingSymbol)], never));
    for (const each of all) await expect(each).rejects.toMatchObject({ code: 'auth-expired' });
    await expect(session.quotes?.quotes([key('INFY')], never)).rejects.toMatchObject({ code: 'auth-expired' });
    expect(venue.requests.length, 'one question found out').toBe(asked + 1);
  });

  it('stops when told to', async () => {
    const session = await kite.open(context());
    venue.faults.api = 'hang';
    const stop = new AbortController();
    const answer = expect(session.quotes?.quotes([key('INFY')], stop.signal)).rejects.toThrow('enough');
    stop.abort(new Error('enough'));
    await answer;
  });
});

describe('Kite’s limits', () => {
  it('are kept: the venue never has to say "too many"', async () => {
    const strict = await startKiteVenue();
    try {
      const session = await openKite(contextFor(strict, FAKE_INSTRUMENTS), { jitter: () => 0.5 });
      const asked = Date.now();
      const from = (Date.now() - 3 * 86_400_000) as never;
      const request = { instrument: key('INFY'), timeframe: '1d', from, to: Date.now() as never } as const;
      await Promise.all([
        session.quotes?.quotes([key('INFY')], never),
        session.quotes?.quotes([key('SBIN')], never),
        ...Array.from({ length: 4 }, () => session.history?.candles(request, never)),
      ]);
      expect(Date.now() - asked).toBeGreaterThanOrEqual(1_000);
      expect(
        strict.requests.filter(({ path }) => path === '/quote'),
        'none had to be repeated',
      ).toHaveLength(2);
      expect(strict.requests.filter(({ path }) => path.includes('historical'))).toHaveLength(4);
    } finally {
      await strict.close();
    }
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenContext } from '../../../src/main/brokers/broker-module.ts';
import { fyers } from '../../../src/main/brokers/fyers/index.ts';
import { openFyers } from '../../../src/main/brokers/fyers/session.ts';
import { ACCOUNT } from '../../fakes/fyers-login.ts';
import { BAJAJ_AUTO, FAKE_SYMBOLS, MAHINDRA, NIFTY, SBIN } from '../../fakes/fyers-symbols.ts';
import { type FyersVenue, startFyersVenue } from '../../fakes/fyers-venue.ts';
import { eventually } from '../../support/eventually.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { ist } from '../../support/ist.ts';
import { fastClock } from '../../support/real-clock.ts';
import { contextFor, instrumentOf, key } from './open-context.ts';
import { MARKET_HOURS } from './running-feed.ts';

const never = new AbortController().signal;
const clock = fastClock(5, MARKET_HOURS);
let venue: FyersVenue;

beforeEach(async () => {
  venue = await startFyersVenue({ now: () => clock.now(), keepsLimits: false });
});

afterEach(() => venue.close());

const context = (changes: Partial<OpenContext> = {}) => contextFor(venue, FAKE_SYMBOLS, { clock, ...changes });

describe('opening Fyers', () => {
  it('finds the instruments, with tick sizes of the venue’s list', async () => {
    const session = await fyers.open(context());
    expect(session.instruments.map((instrument) => instrument.key)).toEqual([
      'NSE:NIFTY 50',
      'NSE:SBIN',
      'NSE:RELIANCE',
      'NSE:M&M',
      'NSE:BAJAJ-AUTO',
    ]);
    expect(session.instruments[1]).toMatchObject({ tickSize: 0.05, segment: 'nse-cas', lotSize: 1 });
    expect(session.loginUntil?.()).toBeGreaterThan(clock.now());
  });

  it('says where Fyers and the calendar differ about the market', async () => {
    const noon = context();
    await fyers.open(noon);
    expect(noon.logger.lines.join('\n')).not.toContain('calendar');
    const evening = { ...clock, now: () => (clock.now() + 6 * 3_600_000) as never };
    const closed = context({ clock: evening });
    await fyers.open(closed);
    expect(closed.logger.lines.join('\n')).toContain('Fyers says that NSE is open; the calendar has it closed.');
  });

  it('asks for the list once a trading day', async () => {
    const first = context();
    await fyers.open(first);
    await fyers.open(context({ cacheDir: first.cacheDir }));
    expect(venue.requests.filter(({ path }) => path.startsWith('/sym_details'))).toHaveLength(1);
  });

  it('opens on yesterday’s list while Fyers is down', async () => {
    const first = context();
    await fyers.open(first);
    venue.faults.api = 503;
    const next = fastClock(10, Date.parse('2026-11-20T12:00:00+05:30') + 60_000);
    const later = context({
      cacheDir: first.cacheDir,
      clock: { ...next, now: () => (next.now() + 3 * 3_600_000) as never },
    });
    expect((await fyers.open(later)).instruments).toHaveLength(FAKE_SYMBOLS.length);
  });

  it('turns an auth code into a token, and keeps it', async () => {
    const opened = context({ credentials: { ...ACCOUNT, authCode: venue.login.issueAuthCode() } });
    await fyers.open(opened);
    expect(opened.saved).toEqual([{ accessToken: venue.accessToken, authCode: '' }]);
  });

  it('falls back to the access token where the auth code was used up', async () => {
    const opened = context({ credentials: { ...ACCOUNT, authCode: 'used-up', accessToken: venue.accessToken } });
    await fyers.open(opened);
    expect(opened.saved).toEqual([{ authCode: '' }]);
  });

  it('logs in by itself where the token is missing or dead, and keeps the new one', async () => {
    const without = context({ credentials: { ...ACCOUNT } });
    await fyers.open(without);
    expect(without.saved).toEqual([{ accessToken: venue.accessToken, authCode: '' }]);
    const dead = context({ credentials: { ...ACCOUNT, accessToken: venue.accessToken } });
    venue.expireToken();
    const session = await fyers.open(dead);
    expect(dead.saved).toEqual([{ accessToken: venue.accessToken, authCode: '' }]);
    expect(await session.quotes?.quotes([key('SBIN')], never)).toHaveLength(1);
  });

  it('does not try again by itself where there were too many logins, or one was refused', async () => {
    venue.faults.login = 'throttle';
    const throttled = fyers.open(context({ credentials: { ...ACCOUNT } }));
    await expect(throttled).rejects.toMatchObject({ retryable: false, message: expect.stringContaining('Wait') });
    venue.faults.login = undefined;
    const wrong = { ...ACCOUNT, pin: '0000' };
    await expect(fyers.open(context({ credentials: wrong }))).rejects.toMatchObject({ code: 'auth-expired' });
    const asked = venue.requests.length;
    await expect(fyers.open(context({ credentials: wrong }))).rejects.toMatchObject({ code: 'auth-expired' });
    expect(venue.requests).toHaveLength(asked);
  });

  it.each([
    ['no app id', {}, 'auth-expired'],
    ['no token', { appId: 'TESTAPP-100' }, 'auth-expired'],
    ['a token of another venue', { appId: 'TESTAPP-100', accessToken: 'abc' }, 'auth-expired'],
  ])('with %s asks nobody anything', async (_case, credentials, code) => {
    await expect(fyers.open(context({ credentials }))).rejects.toMatchObject({ code });
    expect(venue.requests).toEqual([]);
  });

  it('with a dead token says so after one question', async () => {
    const dead = context();
    venue.expireToken();
    await expect(fyers.open(dead)).rejects.toMatchObject({
      code: 'auth-expired',
      message: expect.stringContaining('Log in again'),
    });
    expect(venue.requests).toHaveLength(1);
  });

  it.each([
    ['a web page', 'html'],
    ['rubbish', 'rubbish'],
    ['nothing', 'hang'],
    ['"too many"', 429],
    ['"trouble of our own"', 503],
  ] as const)('gives up on a venue that answers %s, in a sentence', async (_case, fault) => {
    venue.faults.api = fault;
    const failed = openFyers(context({ clock: fastClock(100, MARKET_HOURS) }), { jitter: () => 0.5 });
    await expect(failed).rejects.toMatchObject({ retryable: true, message: expect.stringMatching(/Fyers .*\.$/) });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining(venue.accessToken) });
  });

  it('leaves out instruments Fyers does not list', async () => {
    const unknown = { ...instrumentOf(SBIN), key: key('NOSUCH') };
    const opened = context({ instruments: [instrumentOf(SBIN), unknown] });
    const session = await fyers.open(opened);
    expect(session.instruments.map((instrument) => instrument.key)).toEqual([key('SBIN')]);
    expect(opened.logger.lines.join('\n')).toContain('NOSUCH');
    await expect(fyers.open(context({ instruments: [unknown] }))).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('an open session', () => {
  it('answers quotes and history of the same instruments', async () => {
    const session = await fyers.open(context());
    const seconds = Date.parse('2026-11-20T11:59:30+05:30') / 1_000;
    await venue.tick(MAHINDRA, { ltp: 3_612.4, v: 77, c: 3_600, fdtm: seconds });
    expect(await session.quotes?.quotes([key('M&M'), key('NIFTY 50')], never)).toMatchObject([
      { instrument: 'NSE:M&M', ltp: 3_612.4, dayVolume: 77, previousClose: 3_600, time: seconds * 1_000 },
      { instrument: 'NSE:NIFTY 50', ltp: 24_500 },
    ]);
    const request = { timeframe: '5m', from: ist('2026-11-20 11:00'), to: ist('2026-11-20 11:30') } as const;
    const ofIndex = await session.history?.candles({ instrument: key('NIFTY 50'), ...request }, never);
    expect(ofIndex).toHaveLength(6);
    expect(ofIndex?.[0]?.volume).toBeUndefined();
    expect(await session.history?.candles({ instrument: key('BAJAJ-AUTO'), ...request }, never)).toHaveLength(6);
    expect(venue.requests.at(-1)?.query.get('symbol')).toBe(BAJAJ_AUTO.ticker);
  });

  it('asks nothing more once the token has died: no storm', async () => {
    const session = await fyers.open(context());
    venue.expireToken();
    const asked = venue.requests.length;
    await expect(session.quotes?.quotes([key('SBIN')], never)).rejects.toMatchObject({ code: 'auth-expired' });
    await expect(session.quotes?.quotes([key('SBIN')], never)).rejects.toMatchObject({ code: 'auth-expired' });
    expect(venue.requests.length, 'one question found out').toBe(asked + 1);
  });

  it('goes on with a renewed token: REST at once, the feed when it is run anew', async () => {
    const session = await fyers.open(context());
    session.feed.watch(new Set([key('SBIN')]));
    const notes = new FeedNotes();
    venue.expireToken();
    await expect(session.quotes?.quotes([key('SBIN')], never)).rejects.toMatchObject({ code: 'auth-expired' });
    await session.feed.run(notes, never);
    expect(notes.last).toMatchObject({ state: 'stopped', reason: 'auth-expired' });

    await session.renew?.({ ...ACCOUNT, authCode: venue.login.issueAuthCode() });
    expect(await session.quotes?.quotes([key('SBIN')], never)).toHaveLength(1);
    const stop = new AbortController();
    const ran = session.feed.run(notes, stop.signal);
    await eventually(() => notes.last?.state).toBe('live');
    stop.abort();
    await ran;
  });

  it('keeps its login where the new one is refused', async () => {
    const session = await fyers.open(context());
    await expect(session.renew?.({ appId: ACCOUNT.appId, accessToken: 'nonsense' })).rejects.toMatchObject({
      code: 'auth-expired',
    });
    const other = { appId: 'OTHER-100', accessToken: venue.accessToken };
    await expect(session.renew?.(other)).rejects.toMatchObject({ code: 'auth-expired' });
    expect(await session.quotes?.quotes([key('SBIN')], never)).toHaveLength(1);
  });
});

describe('Fyers’ limits', () => {
  it('are kept over all endpoints and sessions: the venue never has to say "too many"', async () => {
    const strict = await startFyersVenue();
    try {
      const real = contextFor(strict, [NIFTY, SBIN]);
      const session = await openFyers(real, { jitter: () => 0.5 });
      await openFyers(contextFor(strict, [NIFTY, SBIN], { clock: real.clock, cacheDir: real.cacheDir }));
      const began = strict.requests.length;
      const to = Date.now() as never;
      const request = {
        instrument: key('SBIN'),
        timeframe: '1d',
        from: (Date.now() - 3 * 86_400_000) as never,
        to,
      } as const;
      await Promise.all([
        ...Array.from({ length: 6 }, () => session.quotes?.quotes([key('SBIN')], never)),
        ...Array.from({ length: 6 }, () => session.history?.candles(request, never)),
      ]);
      expect(strict.requests.length - began, 'none had to be repeated').toBe(12);
    } finally {
      await strict.close();
    }
  });
});

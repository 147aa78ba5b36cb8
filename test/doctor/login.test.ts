import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../src/core/errors.ts';
import { at, examine, MANIFEST, OPEN } from './made-venue.ts';

const failing = (code: ErrorCode, message = 'It went wrong.') =>
  examine({ open: () => Promise.reject(new AppError(code, message)) });

describe('credentials', () => {
  it('that are required and missing are named by their labels and variables', async () => {
    const { of, ran } = await examine({ credentials: {} });
    expect(of('credentials')).toEqual({
      check: 'credentials',
      level: 'problem',
      text: 'Made Venue cannot be used without API key.',
      advice: 'Enter it in Settings under Feed, or in the environment as TICKSCOPE_MADE_API_KEY.',
      fix: 'open-settings',
    });
    for (const check of ['token', 'rest', 'socket'] as const)
      expect(of(check)).toMatchObject({ level: 'unknown', text: expect.stringContaining('the credentials') });
    expect(ran.begun).toBe(0);
  });

  it('that would let Tickscope log in by itself are told', async () => {
    const login = { browser: false, unattended: ['apiKey', 'pin'] };
    const credentialFields = [...MANIFEST.credentialFields, { name: 'pin', label: 'PIN', secret: true, hint: '' }];
    const { of } = await examine({ manifest: { login, credentialFields } });
    expect(of('credentials')).toMatchObject({ level: 'fine', advice: expect.stringContaining('With PIN as well') });
  });

  it('are nothing to ask for where none are needed', async () => {
    expect((await examine({ manifest: { credentialFields: [] } })).of('credentials').text).toContain(
      'needs no credentials',
    );
  });
});

describe('the login', () => {
  it('that is refused is one problem, and what comes after is not looked at', async () => {
    const { of, problems } = await failing('auth-expired', 'Made Venue no longer accepts the login.');
    expect(of('token')).toMatchObject({
      level: 'problem',
      fix: 'log-in',
      text: 'Made Venue no longer accepts the login.',
    });
    expect(problems).toEqual(['token']);
    expect(of('rest')).toMatchObject({ level: 'unknown', text: expect.stringContaining('refuses the login') });
    expect(of('socket')).toMatchObject({ level: 'unknown', text: expect.stringContaining('the login') });
  });

  it('is none to renew where the venue has only a key: that is to be entered anew', async () => {
    const open = () => Promise.reject(new AppError('auth-expired', 'Made Venue refused the key.'));
    const { of } = await examine({ open, hasLogin: false });
    expect(of('token')).toMatchObject({
      level: 'problem',
      fix: 'open-settings',
      advice: expect.stringMatching(/^Enter/),
    });
  });

  it.each([
    ['2026-11-20T18:30:00+05:30', 'fine', 'The login holds for another 6 hours, until Fri 20 Nov, 18:30 IST.'],
    ['2026-11-20T12:20:00+05:30', 'warning', 'The login holds for another 20 minutes, until Fri 20 Nov, 12:20 IST.'],
    ['2026-11-20T06:00:00+05:30', 'problem', 'The login at Made Venue ended 6 hours ago.'],
  ])('that ends at %s is %s', async (until, level, text) => {
    const { of } = await examine({ session: { loginUntil: () => at(until) } });
    expect(of('token')).toMatchObject({ level, text });
    expect(of('token').fix).toBe(level === 'fine' ? undefined : 'log-in');
  });

  it('is read from the credentials where the session does not tell', async () => {
    const login = { until: () => at('2026-11-21T06:00:00+05:30') };
    expect((await examine({ module: { login } })).of('token').text).toContain('until Sat 21 Nov, 06:00 IST');
  });

  it('that ended by its own word is a problem even while the venue cannot be asked', async () => {
    const login = { until: () => at('2026-11-20T06:00:00+05:30') };
    const open = () => Promise.reject(new AppError('network', 'No answer.'));
    expect((await examine({ module: { login, open } })).of('token')).toMatchObject({ level: 'problem', fix: 'log-in' });
  });

  it('may hold for a time nobody knows, or not be needed', async () => {
    expect((await examine()).of('token')).toMatchObject({
      level: 'fine',
      text: expect.stringContaining('is not known'),
    });
    const { login: _login, ...manifest } = MANIFEST;
    const { of } = await examine({ manifest: { ...manifest, login: undefined as never } });
    expect(of('token').text).toBe('Made Venue needs no login that ends.');
  });
});

describe('requests', () => {
  it.each([
    ['forbidden', 'problem', 'subscription', undefined],
    ['invalid-input', 'problem', 'Settings', 'open-settings'],
    ['not-found', 'problem', 'list of instruments', 'open-settings'],
    ['rate-limited', 'warning', 'another program', undefined],
    ['network', 'problem', 'outages', 'reconnect'],
    ['internal', 'problem', 'log', undefined],
  ] as const)('that fail with %s are a %s', async (code, level, advice, fix) => {
    const { of } = await failing(code);
    expect(of('rest')).toMatchObject({ level, fix, text: 'It went wrong.', advice: expect.stringContaining(advice) });
    expect(of('socket').level).toBe('unknown');
  });

  it('that are never answered are given up', async () => {
    const { of } = await examine({ open: () => new Promise(() => undefined) });
    expect(of('rest')).toMatchObject({
      level: 'problem',
      fix: 'reconnect',
      text: 'Made Venue did not answer in time.',
    });
  });

  it('for prices may have to wait for their turn, which is no fault of the servers', async () => {
    const quotes = { quotes: () => new Promise<never>(() => undefined) };
    const { of } = await examine({ session: { quotes } });
    expect(of('rest')).toMatchObject({ level: 'warning', text: 'Made Venue opens, but told no prices within 4 s.' });
    expect(of('socket').level).toBe('fine');
  });

  it('tell how many prices were answered', async () => {
    const quotes = {
      quotes: async () => [{ instrument: 'NSE:INFY' as never, ltp: 1, time: OPEN as never, receivedAt: OPEN as never }],
    };
    expect((await examine({ session: { quotes } })).of('rest').text).toContain('prices for 1 of 2 instruments');
    expect((await examine({ session: { quotes: undefined } })).of('rest').text).toBe('Made Venue answers requests.');
    const nothing = await examine({ session: { quotes: { quotes: async () => [] } } });
    expect(nothing.of('rest')).toMatchObject({ level: 'warning', text: expect.stringContaining('prices for 0 of 2') });
  });

  it('for prices may be refused though the login is good', async () => {
    const quotes = { quotes: () => Promise.reject(new AppError('forbidden', 'Insufficient permission.')) };
    expect((await examine({ session: { quotes } })).of('rest')).toMatchObject({
      level: 'problem',
      advice: expect.stringContaining('plan'),
    });
  });

  it('keep what the venue gives on the way in, as the app does', async () => {
    const made = await examine({
      module: {
        open: async ({ saveCredentials }) => {
          saveCredentials({ accessToken: 'fresh' });
          throw new AppError('network', 'No answer.');
        },
      },
    });
    expect(made.written).toEqual([{ accessToken: 'fresh' }]);
  });
});

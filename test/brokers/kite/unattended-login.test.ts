import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LoginContext } from '../../../src/main/brokers/broker-module.ts';
import { logInUnattended } from '../../../src/main/brokers/kite/unattended-login.ts';
import { type KiteVenue, startKiteVenue } from '../../fakes/kite-venue.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** A second after a code began. */
const MORNING = Date.parse('2026-11-23T08:30:01+05:30');
const never = new AbortController().signal;
let venue: KiteVenue;

beforeEach(async () => {
  venue = await startKiteVenue({ now: () => MORNING });
});
afterEach(() => venue.close());

const context = (changes: Readonly<Record<string, string>> = {}, clock = new FakeClock(MORNING)): LoginContext => ({
  clock,
  credentials: { ...venue.person, ...changes },
  endpoints: { api: venue.apiUrl, login: venue.loginUrl },
  options: {},
});
const paths = () => venue.requests.map(({ method, path }) => `${method} ${path}`);

describe('a login at Kite without a browser', () => {
  it('goes by password, code and redirects to the day’s token', async () => {
    expect(await logInUnattended(context(), never)).toEqual({ accessToken: venue.accessToken, requestToken: '' });
    expect(paths()).toEqual([
      'POST /api/login',
      'POST /api/twofa',
      'GET /connect/login',
      'GET /connect/login',
      'GET /connect/login',
      'POST /session/token',
    ]);
  });

  it('waits for the next code when this one is as good as over', async () => {
    const late = Date.parse('2026-11-23T08:30:28+05:30');
    await venue.close();
    const clock = new FakeClock(late);
    venue = await startKiteVenue({ now: () => clock.now() });
    const done = logInUnattended(context({}, clock), never);
    await expect.poll(() => paths().length).toBe(1);
    // The limit of a request and the wait for the window.
    await expect.poll(() => clock.timers).toBe(1);
    clock.advance(2_000);
    expect(await done).toMatchObject({ accessToken: venue.accessToken });
  });

  it.each([
    ['password', { password: 'wrong one' }, /refused user ID and password: "Invalid username or password."/],
    ['code', { totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' }, /refused the one-time code: "Invalid TOTP …"/],
    ['key', { apiKey: 'anotherkey' }, /refused the API key: "Invalid `api_key`."/],
    ['secret', { apiSecret: 'anothersecret' }, /refused the request token/],
  ])('says that the %s was refused, and asks once', async (_case, changes, message) => {
    await expect(logInUnattended(context(changes), never)).rejects.toMatchObject({
      code: 'auth-expired',
      message: expect.stringMatching(message),
    });
    expect(paths().filter((path) => path === 'POST /api/login')).toHaveLength(1);
  });

  it.each([
    ['apiKey', /API key and API secret/],
    ['apiSecret', /API key and API secret/],
    ['userId', /user ID, password and TOTP secret/],
    ['password', /user ID, password and TOTP secret/],
    ['totpSecret', /user ID, password and TOTP secret/],
  ])('asks nobody anything without %s', async (field, message) => {
    await expect(logInUnattended(context({ [field]: '' }), never)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(message),
    });
    expect(paths()).toEqual([]);
  });

  it('does not spend an attempt on a secret that is none', async () => {
    await expect(logInUnattended(context({ totpSecret: '123456' }), never)).rejects.toMatchObject({
      code: 'invalid-input',
    });
    expect(paths()).toEqual([]);
  });

  it.each([
    ['consent', 'auth-expired', /wants to see a person/],
    ['elsewhere', 'auth-expired', /wants to see a person/],
    ['circle', 'auth-expired', /wants to see a person/],
    ['locked', 'rate-limited', /too many logins/],
    ['captcha', 'network', /a web page/],
  ] as const)('comes to a defined end: %s', async (fault, code, message) => {
    venue.faults.login = fault;
    await expect(logInUnattended(context(), never)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      context: code === 'auth-expired' ? { wantsPerson: 1 } : expect.not.objectContaining({ wantsPerson: 1 }),
    });
    expect(paths().length).toBeLessThanOrEqual(10);
  });

  it.each([
    ['a wrong password', { password: 'wrong' }, undefined],
    ['a wrong code', { totpSecret: 'JBSWY3DPEHPK3PXP' }, undefined],
    ['a wrong secret', { apiSecret: 'x' }, undefined],
    ['a wrong key', { apiKey: 'y' }, undefined],
    ...(['consent', 'elsewhere', 'circle', 'locked', 'captcha', 'echo'] as const).map(
      (fault) => [fault, {}, fault] as const,
    ),
  ] as const)('tells no secret in its error: %s', async (_case, changes, fault) => {
    const { password, totpSecret, apiSecret } = venue.person;
    venue.faults.login = fault;
    const error: unknown = await logInUnattended(context({ ...changes }), never).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    const text = `${String(error)} ${JSON.stringify(error)} ${String(error instanceof Error ? error.cause : '')}`;
    for (const secret of [password, totpSecret, apiSecret, 'enctoken', 'request-id', 'request_token=', 'kf_session'])
      expect(text).not.toContain(secret);
    expect(text, 'no code either').not.toMatch(/\b\d{6}\b/);
  });

  it('does not send again what was refused, whoever asks', async () => {
    const wrong = context({ password: 'wrong one' });
    for (let turn = 0; turn < 5; turn += 1)
      await expect(logInUnattended(wrong, never)).rejects.toThrow('refused user ID and password');
    expect(paths()).toEqual(['POST /api/login']);
    expect(await logInUnattended(context(), never)).toMatchObject({ accessToken: venue.accessToken });
  });

  it('ends when told to', async () => {
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(logInUnattended(context(), stop.signal)).rejects.toThrow('enough');
    expect(paths()).toEqual([]);
  });
});

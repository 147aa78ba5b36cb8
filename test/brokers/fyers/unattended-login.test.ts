import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LoginContext } from '../../../src/main/brokers/broker-module.ts';
import { appIdHash } from '../../../src/main/brokers/fyers/auth-code.ts';
import { login } from '../../../src/main/brokers/fyers/login.ts';
import type { Clock } from '../../../src/main/engine/ports.ts';
import { ACCOUNT } from '../../fakes/fyers-login.ts';
import { type FyersVenue, startFyersVenue } from '../../fakes/fyers-venue.ts';
import { fastClock } from '../../support/real-clock.ts';
import { MARKET_HOURS } from './running-feed.ts';

const never = new AbortController().signal;
/** Ten seconds before the next code's window, and ten times as fast as ours. */
let clock: Clock;
let venue: FyersVenue;

beforeEach(async () => {
  clock = fastClock(10, MARKET_HOURS + 20_000);
  venue = await startFyersVenue({ now: () => clock.now(), keepsLimits: false });
});

afterEach(() => venue.close());

function contextOf(changes: Partial<Record<string, string>> = {}): LoginContext {
  // An undefined field is one the person left empty.
  const credentials = { ...ACCOUNT, ...changes } as Record<string, string>;
  return { clock, credentials, endpoints: { api: venue.apiUrl, ws: venue.wsUrl, login: venue.apiUrl }, options: {} };
}
const logIn = (changes?: Partial<Record<string, string>>, stop = never) => login.unattended?.(contextOf(changes), stop);
const pathsSeen = () => venue.requests.map(({ path }) => path);

describe('the login without a browser', () => {
  it.each(['url', 'data', 'location'] as const)('ends in the day’s token, the code being in the %s', async (place) => {
    venue.faults.authCodeIn = place;
    expect(await logIn()).toEqual({ accessToken: venue.accessToken, authCode: '' });
    expect(pathsSeen()).toEqual([
      '/vagator/v2/send_login_otp_v2',
      '/vagator/v2/verify_otp',
      '/vagator/v2/verify_pin_v2',
      '/api/v3/token',
      '/api/v3/validate-authcode',
    ]);
  });

  it('takes the secret as it is written under the QR code', async () => {
    expect(await logIn({ totpSecret: 'gezd gnbv gy3t qojq gezd gnbv gy3t qojq' })).toHaveProperty('accessToken');
  });

  it('tries a code that was refused again in the next window, once', async () => {
    venue.faults.refuseCodes = 1;
    const began = Math.floor(clock.now() / 30_000);
    expect(await logIn()).toHaveProperty('accessToken');
    expect(Math.floor(clock.now() / 30_000)).toBeGreaterThan(began);
    expect(pathsSeen().filter((path) => path.endsWith('verify_otp'))).toHaveLength(2);
  });

  it('gives up after the second, and looks at the clock', async () => {
    venue.faults.refuseCodes = 5;
    const failed = logIn();
    await expect(failed).rejects.toMatchObject({
      code: 'auth-expired',
      message: expect.stringMatching(/^Fyers refused the one-time code\. .*\.$/),
    });
    // The fake's Date header is the machine's, and our clock another.
    await expect(failed).rejects.toMatchObject({ message: expect.stringContaining('The clock of this computer is') });
    expect(pathsSeen().filter((path) => path.endsWith('verify_otp'))).toHaveLength(2);
  });

  it.each([
    ['a client id nobody has', { clientId: 'ZZ99999' }, 'the client id'],
    ['a wrong PIN', { pin: '2468' }, 'the PIN'],
    ['a redirect that is not registered', { redirectUrl: 'https://elsewhere.example/' }, 'the app'],
  ])('with %s says what was refused', async (_case, changes, what) => {
    await expect(logIn(changes)).rejects.toMatchObject({
      code: 'auth-expired',
      message: `Fyers refused ${what}. Check ${what} in Settings, under Feed.`,
    });
  });

  it('with a wrong app secret says so, and uses no code twice', async () => {
    await expect(logIn({ appSecret: 'WRONG' })).rejects.toMatchObject({
      code: 'auth-expired',
      message: expect.stringContaining('its own app id and secret'),
    });
    expect(pathsSeen().filter((path) => path.endsWith('validate-authcode'))).toHaveLength(1);
  });

  it('says to wait where there were too many, not that anything was wrong', async () => {
    venue.faults.login = 'throttle';
    await expect(logIn()).rejects.toMatchObject({
      code: 'rate-limited',
      message: expect.stringContaining('Wait a few minutes'),
    });
    venue.faults.api = 429;
    await expect(logIn()).rejects.toMatchObject({
      code: 'rate-limited',
      message: expect.stringContaining('Wait a few minutes'),
    });
    expect(pathsSeen(), 'one question each, no storm').toHaveLength(2);
  });

  it('asks for a browser where the app was never allowed', async () => {
    venue.faults.authCodeIn = 'nowhere';
    await expect(logIn()).rejects.toMatchObject({
      code: 'auth-expired',
      message: expect.stringContaining('in a browser'),
    });
  });

  it.each(['html', 'rubbish', 500] as const)('is a matter of the network where the answer is %s', async (fault) => {
    venue.faults.api = fault;
    await expect(logIn()).rejects.toMatchObject({ code: 'network' });
  });

  it('names the fields that are missing, and asks nobody', async () => {
    await expect(logIn({ pin: '', totpSecret: ' ' })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('needs the PIN, TOTP secret of'),
    });
    await expect(logIn({ totpSecret: '123456' })).rejects.toMatchObject({ code: 'invalid-input' });
    expect(venue.requests).toEqual([]);
  });

  it('never lets a secret into a message, even if the server repeats it', async () => {
    const { pin, totpSecret, appSecret } = ACCOUNT;
    for (const changes of [
      { clientId: 'NOBODY' },
      { pin: '9999' },
      { appSecret: 'WRONG' },
      { redirectUrl: 'https://x.example' },
    ]) {
      const failure: unknown = await logIn(changes)?.catch((error: unknown) => error);
      const said = `${String(failure)} ${JSON.stringify(failure)} ${failure instanceof Error ? String(failure.cause) : ''}`;
      for (const secret of [pin, totpSecret, appSecret, Buffer.from(pin).toString('base64'), '9999', 'WRONG'])
        expect(said).not.toContain(secret);
    }
  });

  it('stops when told to', async () => {
    const stop = new AbortController();
    venue.faults.refuseCodes = 1;
    const running = expect(logIn({}, stop.signal)).rejects.toThrow('enough');
    stop.abort(new Error('enough'));
    await running;
  });
});

describe('the hash of the app', () => {
  it('is that of id and secret with a colon between', () => {
    expect(appIdHash('TESTAPP-100', 'TESTSECRET')).toBe(
      'b54014211531da4e260fb0e443ea04d63e6012d99bef48f5ffadd9ce23ec9b60',
    );
    expect(appIdHash('a', 'b')).toBe(createHash('sha256').update('a:b').digest('hex'));
  });
});

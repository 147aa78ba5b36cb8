import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import { checksum } from '../../../src/main/brokers/kite/auth.ts';
import { readCredentials } from '../../../src/main/brokers/kite/credentials.ts';
import { fromCandleTime, fromIst, nextIst, toIst } from '../../../src/main/brokers/kite/ist.ts';
import { createLogin, tokenExpiry } from '../../../src/main/brokers/kite/login.ts';
import { ist } from '../../support/ist.ts';

describe('the checksum of a session', () => {
  it('is the hash of key, request token and secret, one after another', () => {
    expect(checksum('testapikey', 'testrequesttoken', 'testapisecret')).toBe(
      '0c65707c7b0ca8cdfa090d4413fcc36ae8417ba7885134e8384a28f785764994',
    );
  });
});

describe('the life of a token', () => {
  it.each([
    ['made in the evening', '2026-11-20T20:00:00', '2026-11-21T06:00:00'],
    ['made in the morning', '2026-11-20T08:30:00', '2026-11-21T06:00:00'],
    ['made before six', '2026-11-20T05:59:59', '2026-11-20T06:00:00'],
    ['made at six sharp', '2026-11-20T06:00:00', '2026-11-21T06:00:00'],
    ['made on the last day of a year', '2026-12-31T23:59:59', '2027-01-01T06:00:00'],
  ])('ends at six in the morning: %s', (_case, made, ends) => {
    expect(tokenExpiry(ist(made))).toBe(ist(ends));
  });

  it('ends for everybody at once, with a sentence', () => {
    const login = createLogin('key', 'token', ist('2026-11-20T09:00:00'));
    expect(login.ended.aborted).toBe(false);
    login.expire('token', ist('2026-11-20T10:00:00'));
    login.expire('token', ist('2026-11-20T11:00:00'));
    expect(login.expiresAt).toBe(ist('2026-11-20T10:00:00'));
    expect(login.ended.reason).toMatchObject({
      code: 'auth-expired',
      message: expect.stringContaining('Log in again'),
    });
  });
});

describe('a login that is renewed', () => {
  const morning = ist('2026-11-21T08:30:00');

  it('lives on with the new token, until the next morning', () => {
    const login = createLogin('key', 'old', ist('2026-11-20T09:00:00'));
    const before = login.ended;
    login.expire('old', ist('2026-11-21T06:00:00'));
    login.renew('key', 'new', morning);
    expect(login).toMatchObject({ accessToken: 'new', expiresAt: ist('2026-11-22T06:00:00') });
    expect(before.aborted, 'whoever waited for the old one knows').toBe(true);
    expect(login.ended.aborted).toBe(false);
  });

  it('does not die of what was found out about the old token', () => {
    const login = createLogin('key', 'old', ist('2026-11-20T09:00:00'));
    login.renew('key', 'new', morning);
    login.expire('old', morning);
    expect(login.ended.aborted).toBe(false);
    expect(login.expiresAt).toBe(ist('2026-11-22T06:00:00'));
  });
});

describe('Indian time', () => {
  it('is read and written independently of where the computer is', () => {
    expect(fromIst('2021-06-08 15:45:56')).toBe(Date.parse('2021-06-08T10:15:56Z'));
    expect(toIst(Date.parse('2021-06-08T10:15:56.789Z') as EpochMs)).toBe('2021-06-08 15:45:56');
    expect(fromCandleTime('2017-12-15T09:15:00+0530')).toBe(Date.parse('2017-12-15T03:45:00Z'));
    expect(nextIst(ist('2026-11-20T09:00:00'), 8, 30)).toBe(ist('2026-11-21T08:30:00'));
  });

  it.each(['', 'yesterday', '2021-13-40 99:00:00', '2021-06-08', '1623125756'])('is not found in "%s"', (text) => {
    expect(fromIst(text)).toBeUndefined();
    expect(fromCandleTime(text)).toBeUndefined();
  });
});

describe('credentials', () => {
  it('are taken without the spaces that came along', () => {
    expect(readCredentials({ apiKey: ' key ', accessToken: 'token\n' })).toEqual({
      apiKey: 'key',
      apiSecret: undefined,
      requestToken: undefined,
      accessToken: 'token',
      canLogIn: false,
    });
  });

  it.each([
    ['nothing', {}, 'auth-expired', /needs an API key/],
    ['no token', { apiKey: 'key', apiSecret: 'secret' }, 'auth-expired', /needs a login/],
    ['empty texts', { apiKey: 'key', accessToken: '  ' }, 'auth-expired', /needs a login/],
    ['a request token alone', { apiKey: 'key', requestToken: 'r' }, 'invalid-input', /needs the API secret/],
    [
      'a line break inside',
      { apiKey: 'k\r\nX-Evil: 1', accessToken: 't' },
      'invalid-input',
      /characters no API key has/,
    ],
  ])('with %s are refused in a sentence', (_case, fields, code, message) => {
    expect(() => readCredentials(fields)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});

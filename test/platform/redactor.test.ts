import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor, HIDDEN, isSecretKey } from '../../src/main/platform/redactor.ts';

describe('a secret by its name', () => {
  it.each([
    'token',
    'access_token',
    'accessToken',
    'request_token',
    'enctoken',
    'refreshToken',
    'secret',
    'apiSecret',
    'api_key',
    'apiKey',
    'API-KEY',
    'password',
    'passwd',
    'pin',
    'PIN',
    'mpin',
    'user_pin',
    'userPin',
    'totp',
    'totpSecret',
    'otp',
    'Authorization',
    'checksum',
    'Cookie',
    'set-cookie',
    'launchKey',
    'credentials',
    'request_key',
    'requestKey',
    'auth_code',
    'authCode',
    'hsm_key',
    'refresh_token',
    'access_key',
    'accessKey',
    'appIdHash',
    'twofa_value',
    'jwt',
  ])('%s', (key) => {
    expect(isSecretKey(key)).toBe(true);
  });

  it.each([
    'instrument',
    'instrument_token',
    'instrumentToken',
    'exchangeTokens',
    'spinning',
    'pinned',
    'key',
    'price',
    '',
  ])('%s is none', (key) => {
    expect(isSecretKey(key)).toBe(false);
  });
});

describe('a text', () => {
  it.each([
    ['GET /session?api_key=abcd1234&v=3', `GET /session?api_key=${HIDDEN}&v=3`],
    ['wss://ws.kite.trade?api_key=k1&access_token=t2', `wss://ws.kite.trade?api_key=${HIDDEN}&access_token=${HIDDEN}`],
    ['{"access_token":"xyz","user":"AB"}', `{"access_token":"${HIDDEN}","user":"AB"}`],
    ['{"body":"{\\"enctoken\\":\\"xyz==\\"}"}', `{"body":"{\\"enctoken\\":\\"${HIDDEN}\\"}"}`],
    ['Authorization: token abc:def', `Authorization: ${HIDDEN}`],
    ["headers { authorization: 'token abc:def', a: 1 }", `headers { authorization: '${HIDDEN}', a: 1 }`],
    ['password = hunter2, then', `password = ${HIDDEN}, then`],
    ['pin: 123456', `pin: ${HIDDEN}`],
    ['totp=000111', `totp=${HIDDEN}`],
    ['{"request_key":"abc","fy_id":"XX"}', `{"request_key":"${HIDDEN}","fy_id":"XX"}`],
    ['http://127.0.0.1/?auth_code=abc&state=s', `http://127.0.0.1/?auth_code=${HIDDEN}&state=s`],
    ['{"hsm_key": "abc", "refresh_token": "def"}', `{"hsm_key": "${HIDDEN}", "refresh_token": "${HIDDEN}"}`],
    ['user_id=AB1234&request_id=1&twofa_value=123456', `user_id=AB1234&request_id=1&twofa_value=${HIDDEN}`],
    ['?access_key=abc', `?access_key=${HIDDEN}`],
    ['said eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln-b_Z twice', `said ${HIDDEN} twice`],
    ['bearer t.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_b-c, then', `bearer ${HIDDEN}, then`],
  ])('loses what is named like a secret: %s', (text, expected) => {
    expect(createRedactor().text(text)).toBe(expected);
  });

  it.each([
    'instrument_token=408065&from=1',
    'bar NSE:INFY 5m opened at 10:45, spinning: true',
    'The access token has expired.',
    'at feed.start (feed.ts:1:2), eyJ',
    'status code 403, auth: none, key: value',
    '',
  ])('keeps what is none: %s', (text) => {
    expect(createRedactor().text(text)).toBe(text);
  });

  it('loses every hidden value, written any way', () => {
    const redactor = createRedactor();
    for (const value of ['s3cr3t/+=', 'a "quoted" one']) redactor.hide(value);
    expect(redactor.text('s3cr3t/+= twice s3cr3t/+=')).toBe(`${HIDDEN} twice ${HIDDEN}`);
    expect(redactor.text('?x=s3cr3t%2F%2B%3D')).toBe(`?x=${HIDDEN}`);
    expect(redactor.text(JSON.stringify({ x: 'a "quoted" one' }))).toBe(`{"x":"${HIDDEN}"}`);
  });

  it('loses the whole of a value that contains another', () => {
    const redactor = createRedactor();
    redactor.hide('abcd');
    redactor.hide('abcd-efgh');
    expect(redactor.text('<abcd-efgh> <abcd>')).toBe(`<${HIDDEN}> <${HIDDEN}>`);
  });

  it('is not blotted out by a very short value', () => {
    const redactor = createRedactor();
    for (const value of ['', '1', '123']) redactor.hide(value);
    expect(redactor.text('1234 bars')).toBe('1234 bars');
  });

  it('never shows a hidden value, whatever surrounds it', () => {
    const value = fc.string({ minLength: 4, maxLength: 40 }).filter((text) => !HIDDEN.includes(text));
    fc.assert(
      fc.property(value, fc.string(), fc.string(), (secret, before, after) => {
        const redactor = createRedactor();
        redactor.hide(secret);
        // What is left may meet the mark and form the value anew only if the value contains the mark.
        fc.pre(!secret.includes('•'));
        expect(redactor.text(`${before}${secret}${after}`)).not.toContain(secret);
      }),
      { numRuns: 500 },
    );
  });

  it('of a megabyte is searched in no time', () => {
    const redactor = createRedactor();
    const begun = performance.now();
    redactor.text(`${'a_'.repeat(500_000)}!`);
    redactor.text(`${'token'.repeat(200_000)}!`);
    redactor.text(`${'eyJ-t.'.repeat(200_000)}!`);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

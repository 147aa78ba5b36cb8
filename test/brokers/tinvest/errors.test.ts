import { describe, expect, it } from 'vitest';
import { openEnvelope } from '../../../src/main/brokers/tinvest/envelope.ts';
import { certificateAdvice, certificateCode } from '../../../src/main/brokers/tinvest/errors.ts';
import { appErrorOf } from '../../support/thrown.ts';

const failure = (status: number, body: object | string, contentType = 'application/json') =>
  appErrorOf(() =>
    openEnvelope({ status, contentType, text: typeof body === 'string' ? body : JSON.stringify(body) }, ['t.secret']),
  );

describe('failures of single calls', () => {
  it.each([
    [401, { code: 16, description: 40_003 }, 'auth-expired'],
    [401, { code: 16, description: '40003' }, 'auth-expired'],
    [401, {}, 'auth-expired'],
    [403, { code: 7, description: 40_002 }, 'forbidden'],
    [403, {}, 'forbidden'],
    [404, { code: 5, description: 50_002 }, 'not-found'],
    [400, { code: 3, description: 30_011 }, 'invalid-input'],
    [400, { code: 3, description: 30_014 }, 'invalid-input'],
    [400, { code: 3 }, 'invalid-input'],
    [429, { code: 8, description: 80_002 }, 'rate-limited'],
    [429, {}, 'rate-limited'],
    [400, { code: 8, description: 80_001 }, 'rate-limited'],
    [500, { code: 13, description: 70_001 }, 'network'],
    [503, { code: 14 }, 'network'],
    [503, {}, 'network'],
    [501, { code: 12 }, 'not-supported'],
    [418, {}, 'invalid-input'],
  ])('HTTP %i %j is %s', (status, body, code) => {
    const error = failure(status, body);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/^T-Invest .*\.$/);
  });

  it('are told in the venue’s words, without the token', () => {
    const error = failure(400, { code: 3, message: `${'x'.repeat(300)} t.secret`, description: 30_011 });
    expect(error.message).toContain('"xxx');
    expect(error.message.length).toBeLessThan(400);
    expect(failure(500, { message: 'token t.secret' }).message).toContain('token …');
  });

  it.each([
    [200, '<html>', 'text/html', 'network'],
    [302, '', '', 'network'],
    [401, 'no', 'text/plain', 'auth-expired'],
    [429, 'slow down', 'text/plain', 'rate-limited'],
    [200, '{"candles":[', 'application/json', 'network'],
    [200, '[]', 'application/json', 'network'],
  ])('HTTP %i, text %j of type %j, is %s', (status, text, contentType, code) => {
    expect(failure(status, text, contentType).code).toBe(code);
  });

  it('an answer opens', () => {
    expect(openEnvelope({ status: 200, contentType: 'application/json', text: '{"candles":[]}' }, [])).toEqual({
      candles: [],
    });
  });
});

describe('certificate errors', () => {
  it('are told from others, with the code as it stands in a sentence', () => {
    expect(certificateCode('The certificate … choose that file there. (SELF_SIGNED_CERT_IN_CHAIN)')).toBe(
      'SELF_SIGNED_CERT_IN_CHAIN',
    );
    expect(certificateCode('T-Invest cannot be reached. (ECONNRESET)')).toBeUndefined();
    for (const code of ['ECONNRESET', undefined, 'SUBPROTOCOL_MISSING'])
      expect(certificateAdvice(code, false)).toBeUndefined();
    expect(certificateAdvice('CERT_HAS_EXPIRED', true)).toContain('date and time');
    expect(certificateAdvice('ERR_TLS_CERT_ALTNAME_INVALID', true)).toContain('address of the server');
  });
});

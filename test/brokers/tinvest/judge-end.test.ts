import { describe, expect, it } from 'vitest';
import { hasNoStream, isTokenRefused, judgeEnd } from '../../../src/main/brokers/tinvest/judge-end.ts';
import type { SocketEnd } from '../../../src/main/brokers/transport/socket.ts';

const refused = (httpStatus: number): SocketEnd => ({ kind: 'refused', httpStatus });
const closed = (code: number): SocketEnd => ({ kind: 'lost', reason: 'closed', code });
const failed = (failure: string): SocketEnd => ({ kind: 'lost', reason: 'failed', failure });

describe('the end of a stream', () => {
  it.each([
    ['HTTP 401', refused(401), { kind: 'stop', reason: 'auth-expired' }],
    ['HTTP 403', refused(403), { kind: 'stop', reason: 'auth-expired' }],
    ['HTTP 404', refused(404), { kind: 'stop', reason: 'failed' }],
    ['HTTP 429', refused(429), { kind: 'wait', ms: 120_000 }],
    ['4003 INVALID_ARGUMENT', closed(4_003), { kind: 'stop', reason: 'failed' }],
    ['4007 PERMISSION_DENIED', closed(4_007), { kind: 'stop', reason: 'auth-expired' }],
    ['4008 RESOURCE_EXHAUSTED', closed(4_008), { kind: 'wait', ms: 60_000 }],
    ['4016 UNAUTHENTICATED', closed(4_016), { kind: 'stop', reason: 'auth-expired' }],
    ['3000 Unauthorized', closed(3_000), { kind: 'stop', reason: 'auth-expired' }],
    ['3003 Forbidden', closed(3_003), { kind: 'stop', reason: 'auth-expired' }],
    ['an unknown root', failed('SELF_SIGNED_CERT_IN_CHAIN'), { kind: 'stop', reason: 'failed' }],
    ['an expired certificate', failed('CERT_HAS_EXPIRED'), { kind: 'stop', reason: 'failed' }],
    ['a handshake that does not fit', failed('SUBPROTOCOL_MISSING'), { kind: 'retry' }],
  ])('%s', (_case, end, verdict) => {
    expect(judgeEnd(end, undefined, false)).toMatchObject(verdict);
  });

  it.each([
    ['HTTP 502', refused(502)],
    ['4004 DEADLINE_EXCEEDED', closed(4_004)],
    ['1001 going away', closed(1_001)],
    ['1012 service restart', closed(1_012)],
    ['a cut', failed('ECONNRESET')],
    ['no name', failed('ENOTFOUND')],
  ])('%s is left to the usual rules', (_case, end) => {
    expect(judgeEnd(end, undefined, false)).toBeUndefined();
  });

  it('goes by what the stream told before, where the code itself says nothing', () => {
    expect(judgeEnd(closed(1_000), 8, false)).toMatchObject({ kind: 'wait', ms: 60_000 });
    expect(judgeEnd(closed(4_016), 8, false)).toMatchObject({ reason: 'auth-expired' });
    expect(judgeEnd(failed('ECONNRESET'), 3, false)).toMatchObject({ kind: 'stop', reason: 'failed' });
  });

  it('advises about the CA file according to whether there is one', () => {
    const message = (hasFile: boolean): string => {
      const verdict = judgeEnd(failed('SELF_SIGNED_CERT_IN_CHAIN'), undefined, hasFile);
      return verdict?.kind === 'stop' ? verdict.message : '';
    };
    expect(message(false)).toMatch(/gosuslugi\.ru\/crt.*fingerprint.*CA file of T-Invest in Settings/);
    expect(message(true)).toMatch(/does not come from the authority in the CA file/);
  });

  it('tells a refused token, and a place without a stream', () => {
    expect([refused(401), closed(4_016), closed(3_000)].every(isTokenRefused)).toBe(true);
    expect([refused(403), refused(404), closed(4_003), failed('ECONNRESET')].some(isTokenRefused)).toBe(false);
    expect([404, 405, 501].map(refused).every(hasNoStream)).toBe(true);
    expect([refused(401), refused(429), refused(503), closed(4_004)].some(hasNoStream)).toBe(false);
  });
});

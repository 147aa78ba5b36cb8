import { describe, expect, it } from 'vitest';
import { openCsv, openEnvelope } from '../../../src/main/brokers/fyers/envelope.ts';

const json = (status: number, body: unknown) => ({
  status,
  contentType: 'application/json',
  text: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('an answer of Fyers', () => {
  it('is opened where it says ok, also in the body of a redirect', () => {
    expect(openEnvelope(json(200, { s: 'ok', candles: [] }), [])).toEqual({
      isEmpty: false,
      body: { s: 'ok', candles: [] },
    });
    expect(openEnvelope(json(308, { s: 'ok', Url: 'x' }), []).body).toHaveProperty('Url', 'x');
  });

  it('that there is nothing is an empty success', () => {
    expect(openEnvelope(json(200, { s: 'no_data' }), [])).toMatchObject({ isEmpty: true });
  });

  it.each([
    // Recorded from the real venue.
    [401, { code: -16, message: 'Could not authenticate the user', s: 'error' }, 'auth-expired', false],
    [401, { message: 'Please provide valid token', code: -15, s: 'error' }, 'auth-expired', false],
    [401, { s: 'error', code: -16, message: 'Token is Invalid or Expired' }, 'auth-expired', false],
    [400, { code: -437, message: 'invalid auth code', s: 'error' }, 'auth-expired', false],
    [400, { code: -501, message: 'Please provide valid refresh token', s: 'error' }, 'auth-expired', false],
    // As the documents have them.
    [200, { code: -8, message: 'Your token has expired', s: 'error' }, 'auth-expired', false],
    [400, { code: -17, message: 'Token invalid or expired', s: 'error' }, 'auth-expired', false],
    [400, { code: -50, message: 'Invalid parameter', s: 'error' }, 'invalid-input', false],
    [400, { code: -300, message: 'Invalid symbol', s: 'error' }, 'not-found', false],
    [400, { code: -352, message: 'Invalid app id', s: 'error' }, 'invalid-input', false],
    [200, { code: -429, message: 'Limit', s: 'error' }, 'rate-limited', true],
    [429, { code: -50, message: 'Limit', s: 'error' }, 'rate-limited', true],
    [403, { code: -1, message: 'Not permitted', s: 'error' }, 'forbidden', false],
    [401, { s: 'error', message: 'Who?' }, 'auth-expired', false],
    [500, { code: -1, message: 'Oops', s: 'error' }, 'network', true],
    [404, { code: -1, message: 'Nowhere', s: 'error' }, 'not-found', false],
    [200, { code: -12_345, message: 'A code nobody knows', s: 'error' }, 'invalid-input', false],
  ])('%i %o is %s', (status, body, code, retryable) => {
    expect(() => openEnvelope(json(status, body), [])).toThrow(expect.objectContaining({ code, retryable }));
  });

  it('is quoted without secrets, and not at length', () => {
    const answer = json(400, { s: 'error', code: -50, message: `token abc123 is wrong ${'x'.repeat(1_000)}` });
    expect(() => openEnvelope(answer, ['abc123', ''])).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^.{0,200}"token … is wrong x{100,200}" .{0,80}$/) }),
    );
  });

  it.each([
    ['a web page instead of data', { status: 200, contentType: 'text/html', text: '<html>' }, 'network', /a web page/],
    ['a web page with a 403', { status: 403, contentType: 'text/html', text: '<html>' }, 'network', /HTTP 403/],
    ['a web page with a 429', { status: 429, contentType: 'text/html', text: '' }, 'rate-limited', /too many requests/],
    ['a redirect elsewhere', { status: 302, contentType: '', text: '' }, 'network', /HTTP 302/],
    ['half a document', json(200, '{"s":"o'), 'network', /cannot be read/],
    ['a document that is a list', json(200, []), 'network', /cannot be read/],
    ['a document about something else', json(200, { hello: 1 }), 'network', /cannot be read/],
    ['an error that says ok', json(500, { s: 'ok' }), 'network', /HTTP 500/],
  ])('that is %s is never read as data', (_case, answer, code, message) => {
    expect(() => openEnvelope(answer, [])).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});

describe('a list of symbols', () => {
  it('is text of whatever type', () => {
    expect(openCsv({ status: 200, contentType: 'text/csv', text: 'a,b' })).toBe('a,b');
    expect(openCsv({ status: 200, contentType: 'application/octet-stream', text: 'a,b' })).toBe('a,b');
  });

  it.each([
    { status: 404, contentType: 'text/csv', text: 'a' },
    { status: 200, contentType: 'text/html', text: 'a' },
    { status: 200, contentType: '', text: '<!doctype html>' },
    { status: 200, contentType: 'application/json', text: '{}' },
  ])('is not found in %o', (answer) => {
    expect(() => openCsv(answer)).toThrow(expect.objectContaining({ code: 'network' }));
  });
});

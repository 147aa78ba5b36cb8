import { describe, expect, it } from 'vitest';
import { openCsv, openEnvelope } from '../../../src/main/brokers/kite/envelope.ts';

const json = (status: number, body: unknown) => ({
  status,
  contentType: 'application/json',
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const failure = (status: number, type: string, message = 'Why.') =>
  json(status, { status: 'error', message, error_type: type, data: null });

describe('an answer of Kite', () => {
  it('gives its data', () => {
    expect(openEnvelope(json(200, { status: 'success', data: { a: 1 } }), [])).toEqual({ a: 1 });
  });

  it.each([
    [403, 'TokenException', 'auth-expired', false],
    [403, 'PermissionException', 'forbidden', false],
    [403, 'UserException', 'forbidden', false],
    [403, 'TwoFAException', 'forbidden', false],
    [400, 'InputException', 'invalid-input', false],
    [400, 'OrderException', 'invalid-input', false],
    [429, 'NetworkException', 'rate-limited', true],
    [503, 'NetworkException', 'network', true],
    [502, 'DataException', 'network', true],
    [504, 'DataException', 'network', true],
    [500, 'GeneralException', 'network', true],
    [500, 'NobodyKnowsException', 'network', true],
    [400, 'NobodyKnowsException', 'invalid-input', false],
  ])('%i %s is %s', (status, type, code, retryable) => {
    expect(() => openEnvelope(failure(status, type), [])).toThrow(expect.objectContaining({ code, retryable }));
  });

  it('is judged by its type, not by its words, and quotes them without secrets', () => {
    const answer = failure(400, 'InputException', 'token abc123 is wrong');
    expect(() => openEnvelope(answer, ['abc123'])).toThrow(
      expect.objectContaining({ message: expect.stringContaining('"token … is wrong"') }),
    );
  });

  it.each([
    ['a web page instead of data', { status: 200, contentType: 'text/html', text: '<html>' }, 'network', /a web page/],
    ['a web page with a 403', { status: 403, contentType: 'text/html', text: '<html>' }, 'network', /HTTP 403/],
    ['a web page with a 429', { status: 429, contentType: 'text/html', text: '' }, 'rate-limited', /too many requests/],
    ['a redirect', { status: 302, contentType: '', text: '' }, 'network', /HTTP 302/],
    ['half a document', json(200, '{"status":"succ'), 'network', /cannot be read/],
    ['a document that is a list', json(200, []), 'network', /cannot be read/],
    ['an error without a type', json(500, { status: 'error' }), 'network', /HTTP 500/],
  ])('that is %s is never read as data', (_case, answer, code, message) => {
    expect(() => openEnvelope(answer, [])).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });

  it('may be CSV, whose failures are JSON', () => {
    expect(openCsv({ status: 200, contentType: 'text/csv', text: 'a,b' }, [])).toBe('a,b');
    expect(() => openCsv(failure(403, 'TokenException'), [])).toThrow(
      expect.objectContaining({ code: 'auth-expired' }),
    );
    expect(() => openCsv(json(200, { status: 'success', data: 1 }), [])).toThrow(
      expect.objectContaining({ code: 'network' }),
    );
  });
});

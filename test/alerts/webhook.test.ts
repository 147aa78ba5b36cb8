import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { AppError } from '../../src/core/errors.ts';
import { createWebhook } from '../../src/main/alerts/webhook.ts';
import { type Answer, cuts, floods, hangs, says, stalls, webhookReceiver } from '../fakes/webhook-receiver.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { fastClock, realClock } from '../support/real-clock.ts';
import { sampleAlert } from '../support/sample-alert.ts';
import { appErrorOf } from '../support/thrown.ts';
import { sampleMessage } from './sample-message.ts';

const SECRET = 'a secret of the receiver';
const NOW = Date.UTC(2026, 10, 20, 5, 15);
const never = new AbortController().signal;

function webhookTo(address: string | undefined, clock = new FakeClock(NOW) as typeof realClock) {
  const credentials = address === undefined ? {} : { address, secret: SECRET };
  return createWebhook({ clock, credentials: () => credentials });
}

async function refusedBy(answer: Answer, clock?: typeof realClock): Promise<AppError> {
  const { url } = await webhookReceiver(answer);
  const path = '/hook?key=in-the-address';
  const thrown: unknown = await webhookTo(`${url}${path}`, clock)
    .send(sampleMessage(), never)
    .catch((error: unknown) => error);
  if (!(thrown instanceof AppError)) return expect.unreachable('it should have been refused');
  const told = `${thrown.message} ${JSON.stringify(thrown.context)} ${String(thrown.cause)} ${thrown.stack}`;
  for (const hidden of ['in-the-address', SECRET, url.slice(7)]) expect(told).not.toContain(hidden);
  return thrown;
}

describe('a webhook', () => {
  it('posts what happened as JSON, with an id that any try has', async () => {
    const { url, received } = await webhookReceiver();
    const webhook = webhookTo(`${url}/hook?key=1`);
    await webhook.send(sampleMessage(), never);
    await webhook.send(sampleMessage({ isLate: true }), never);
    const [first, second] = received;
    expect(first?.path).toBe('/hook?key=1');
    expect(first?.headers['content-type']).toBe('application/json');
    expect(first?.headers['tickscope-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(second?.headers['tickscope-id']).toBe(first?.headers['tickscope-id']);
    expect(JSON.parse(first?.body ?? '')).toEqual({
      version: 1,
      id: first?.headers['tickscope-id'],
      kind: 'alert',
      world: 'market',
      late: false,
      title: 'BUY RELIANCE · 5m',
      text: 'EMA cross: EMA 9 crossed above EMA 21, RSI 58.3 · 1,412.30 at 10:45',
      alerts: [
        {
          id: sampleAlert().id,
          rule: { id: 'ema-cross', name: 'EMA cross' },
          side: 'buy',
          instrument: 'NSE:RELIANCE',
          timeframe: '5m',
          barTime: '2026-11-20T05:10:00.000Z',
          price: 1_412.3,
          values: { 'ema(9)': 1_411.2, 'ema(21)': 1_410.9, 'rsi(14)': 58.3 },
          text: 'EMA 9 crossed above EMA 21, RSI 58.3',
          inputs: 'whole',
          raisedAt: '2026-11-20T05:15:00.000Z',
        },
      ],
    });
  });

  it.each([
    [{ isTest: true }, 'test'],
    [{ alerts: [sampleAlert(), sampleAlert({ side: 'sell', barTime: 1 as EpochMs })] }, 'digest'],
    [{ world: 'replay' as const }, 'alert'],
  ])('says of what kind it is: %j', async (other, kind) => {
    const { url, received } = await webhookReceiver();
    await webhookTo(url).send(sampleMessage(other), never);
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      kind,
      world: 'market',
      ...('world' in other && other),
    });
  });

  it('signs each try, as another implementation of HMAC agrees', async () => {
    const { url, received } = await webhookReceiver();
    await webhookTo(url).send(sampleMessage(), never);
    const [{ headers, body }] = received as [(typeof received)[number]];
    const [, seconds = '', signature = ''] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['tickscope-signature'])) ?? [];
    expect(Number(seconds)).toBe(NOW / 1_000);
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('raw', Buffer.from(SECRET), hmac, false, ['verify']);
    const holds = (text: string) => crypto.subtle.verify('HMAC', key, Buffer.from(signature, 'hex'), Buffer.from(text));
    expect(await holds(`${seconds}.${body}`)).toBe(true);
    expect(await holds(`${Number(seconds) + 1}.${body}`), 'another time').toBe(false);
    expect(await holds(`${seconds}.${body} `), 'another text').toBe(false);
  });

  it('signs so that the code in the documentation agrees', async () => {
    const { url, received } = await webhookReceiver();
    await webhookTo(url).send(sampleMessage(), never);
    const [{ headers, body }] = received as [(typeof received)[number]];
    const docs = readFileSync('docs/alerts.md', 'utf8');
    const code = /```js\n(.*?)```/s.exec(docs)?.[1] ?? '';
    const { isFromTickscope } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    const header = String(headers['tickscope-signature']);
    expect(isFromTickscope(header, body, SECRET, NOW)).toBe(true);
    expect(isFromTickscope(header, body, SECRET, NOW + 301_000), 'too old').toBe(false);
    expect(isFromTickscope(header, `${body} `, SECRET, NOW)).toBe(false);
    expect(isFromTickscope(header, body, 'another secret', NOW)).toBe(false);
    expect(isFromTickscope('t=1,v1=abc', body, SECRET, NOW)).toBe(false);
    expect(isFromTickscope('', body, SECRET, NOW)).toBe(false);
  });
});

describe('a receiver', () => {
  it.each([
    ['with another 2xx', says(202)],
    ['with HTML', says(200, '<html>thanks</html>', { 'content-type': 'text/html' })],
    ['with more than anybody reads', says(200, 'x'.repeat(5_000_000))],
    ['and never stops talking', floods],
  ])('that answers %s has it', async (_case, answer) => {
    const { url } = await webhookReceiver(answer);
    await expect(webhookTo(url).send(sampleMessage(), never)).resolves.toBeUndefined();
  });

  it.each([408, 425, 429, 500, 502, 503, 504])('that answers %i is tried again', async (status) => {
    const error = await refusedBy(says(status, '<html>oops</html>'));
    expect(error.retryable).toBe(true);
    expect(error.message).toContain(`HTTP ${status}`);
    expect(error.context).toEqual({ status });
  });

  it.each([400, 401, 403, 404, 405, 410, 413, 422])('that answers %i is not', async (status) => {
    const error = await refusedBy(says(status));
    expect(error.retryable).toBe(false);
    expect(error.message).toContain(`HTTP ${status}`);
  });

  it.each([301, 302, 303, 307, 308])('that sends on with %i is not followed', async (status) => {
    const other = await webhookReceiver();
    const error = await refusedBy(says(status, '', { location: other.url }));
    expect(error.retryable).toBe(false);
    expect(error.message).toContain('another address, which is not followed');
    expect(other.received).toEqual([]);
  });

  it.each([
    ['120', 120],
    ['Fri, 20 Nov 2026 05:16:30 GMT', 90],
    ['Fri, 20 Nov 2026 05:00:00 GMT', 0],
    ['soon', undefined],
  ])('may say when: %s', async (header, seconds) => {
    for (const status of [429, 503]) {
      const { context } = await refusedBy(says(status, '', { 'retry-after': header }));
      expect(context['retryAfterSeconds']).toBe(seconds);
    }
  });

  it.each([
    ['hangs', hangs, 'did not answer within 10 seconds'],
    ['begins and never ends', stalls, 'did not answer within 10 seconds'],
    ['cuts the connection', cuts, 'cut the connection'],
  ])('that %s is tried again', async (_case, answer, words) => {
    const error = await refusedBy(answer, fastClock(100));
    expect(error.retryable).toBe(true);
    expect(error.message).toContain(words);
  });

  it('that answers slowly, but in time, has it', async () => {
    const { url } = await webhookReceiver((response) => {
      setTimeout(() => response.end(), 50);
    });
    await expect(webhookTo(url, fastClock(100)).send(sampleMessage(), never)).resolves.toBeUndefined();
  });

  it('that is not there is tried again', async () => {
    const error: AppError = await webhookTo('http://127.0.0.1:1/hook', realClock)
      .send(sampleMessage(), never)
      .then(
        () => expect.unreachable(),
        (thrown) => thrown,
      );
    expect(error.code).toBe('network');
    expect(error.message).toBe('The webhook refused the connection. Tickscope tries again.');
  });

  it('is no longer waited for when Tickscope ends', async () => {
    const { url, received } = await webhookReceiver(hangs);
    const stop = new AbortController();
    const sending = webhookTo(url).send(sampleMessage(), stop.signal);
    await expect.poll(() => received.length).toBe(1);
    stop.abort();
    await expect(sending).rejects.toThrow();
  });
});

describe('the fields of a webhook', () => {
  it.each(['https://x.example/hook', 'http://127.0.0.1:8080/a', 'http://localhost/', 'http://[::1]:9/'])(
    'may have the address %s',
    (address) => {
      expect(() => webhookTo(undefined).check({ address, secret: SECRET })).not.toThrow();
    },
  );

  it.each([
    'http://x.example/key-in-it',
    'ftp://127.0.0.1/key-in-it',
    'key-in-it',
    'http://127.0.0.1.example/key-in-it',
  ])('may not have the address %s, which is not quoted', async (address) => {
    const error = appErrorOf(() => webhookTo(undefined).check({ address }));
    expect(error.message).toContain('must begin with https://');
    expect(`${error.message}${String(error.cause)}`).not.toContain('key-in-it');
    await expect(webhookTo(address).send(sampleMessage(), never)).rejects.toThrow('must begin with https://');
  });

  it('may be removed, and are known by name only', () => {
    expect(() => webhookTo(undefined).check({ address: '', secret: '' })).not.toThrow();
    expect(appErrorOf(() => webhookTo(undefined).check({ secret: 'short' })).message).toContain('16 characters');
    const webhook = webhookTo('https://x.example');
    expect([webhook.isReady(), webhook.fieldsSet()]).toEqual([true, ['address', 'secret']]);
    expect([webhookTo(undefined).isReady(), webhookTo(undefined).fieldsSet()]).toEqual([false, []]);
    expect(webhook.fields.map(({ secret }) => secret)).toEqual([true, true]);
  });
});

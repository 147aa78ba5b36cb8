import { get } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import type { BrokerLogin } from '../../../src/main/brokers/broker-module.ts';
import { serveWeb } from '../../../src/main/shells/web/serve-web.ts';
import { startDesk } from '../../logins/desk.ts';
import { fakeEngine } from '../../support/fake-engine.ts';

/** A venue whose page brings back a code; `good` is the right one. */
const login: BrokerLogin = {
  page: (_context, redirect, state) => `https://venue.test/?${new URLSearchParams({ redirect, state })}`,
  async finish(_context, query) {
    if (query.get('code') !== 'good') throw new AppError('auth-expired', 'The venue refused it. Log in again.');
    return { accessToken: 'fresh-token' };
  },
};

/** The web door over a real login desk. */
async function openDoor(ofVenue: BrokerLogin = login) {
  const parts = startDesk(ofVenue);
  const engine = fakeEngine();
  const door = await serveWeb({ ...engine, logins: parts.desk }, { port: 0, pageDir: 'no page here' });
  onTestFinished(() => door.close());
  const state = async (): Promise<string> => new URL(await parts.desk.page('hand')).searchParams.get('state') ?? '';
  /** As a browser that another site sends here: no cookie is with it. */
  const comeBack = async (query: Record<string, string>, broker = 'hand', method = 'GET') => {
    const at = `http://127.0.0.1:${door.port}/login/${broker}?${new URLSearchParams(query)}`;
    const response = await fetch(at, { method, headers: { 'sec-fetch-site': 'cross-site' }, redirect: 'manual' });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  return { ...parts, engine, door, state, comeBack };
}

describe('a browser that comes back from a venue', () => {
  it('is let in by the state of its login alone, once', async () => {
    const { state, comeBack, vault, told } = await openDoor();
    const query = { state: await state(), code: 'good' };
    const { status, text, headers } = await comeBack(query);
    expect({ status, text }).toEqual({
      status: 200,
      text: 'Tickscope is logged in at Hand Broker. This page can be closed.\n',
    });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy'), 'the code goes nowhere else').toBe('no-referrer');
    expect(vault.read('hand')).toMatchObject({ accessToken: 'fresh-token' });
    expect(told).toEqual(['hand']);
    expect((await comeBack(query)).status).toBe(403);
  });

  it.each([
    ['a wrong state', { state: 'A'.repeat(43), code: 'good' }, 'hand'],
    ['no state', { code: 'good' }, 'hand'],
    ['another broker', {}, 'other'],
  ])('is sent away with %s, in a sentence, and the login still waits', async (_case, query, broker) => {
    const { state, comeBack, told } = await openDoor();
    const right = await state();
    const sentAway = await comeBack({ ...query }, broker);
    expect(sentAway.status).toBe(403);
    expect(sentAway.text).toContain('Begin again in Tickscope.');
    expect(told).toEqual([]);
    expect((await comeBack({ state: right, code: 'good' })).status).toBe(200);
  });

  it('is sent away when nobody asked, or ten minutes later', async () => {
    const { state, comeBack, clock } = await openDoor();
    expect((await comeBack({ state: '', code: 'good' })).status).toBe(403);
    const late = await state();
    clock.advance(600_000);
    expect((await comeBack({ state: late, code: 'good' })).status).toBe(403);
  });

  it('is told what the venue refused', async () => {
    const { state, comeBack } = await openDoor();
    expect(await comeBack({ state: await state(), code: 'bad' })).toMatchObject({
      status: 400,
      text: 'The venue refused it. Log in again.\n',
    });
  });

  it('uses nothing up by looking ahead', async () => {
    const { state, comeBack } = await openDoor();
    const query = { state: await state(), code: 'good' };
    expect((await comeBack(query, 'hand', 'HEAD')).status).toBe(403);
    expect((await comeBack(query, 'hand', 'POST')).status).toBe(405);
    expect((await comeBack(query)).status).toBe(200);
  });

  it('is not let in by a foreign name that resolves here', async () => {
    const { state, door } = await openDoor();
    const path = `/login/hand?${new URLSearchParams({ state: await state(), code: 'good' })}`;
    const status = await new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port: door.port, path, headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });
    expect(status).toBe(403);
  });

  it.each(['/login/', '/login', '/login/Hand', '/login/hand/more', '/login/..%2fhand'])(
    'finds no door at %s',
    async (path) => {
      const { door } = await openDoor();
      expect((await fetch(`http://127.0.0.1:${door.port}${path}`)).status).toBe(403);
    },
  );

  it('does not keep the door from closing while the venue is slow', async () => {
    let [begun, ended] = [false, false];
    const { state, comeBack, door, engine } = await openDoor({
      ...login,
      finish: (_context, _query, stop) =>
        new Promise((_resolve, reject) => {
          begun = true;
          stop.addEventListener('abort', () => {
            ended = true;
            reject(stop.reason);
          });
        }),
    });
    const waiting = expect(comeBack({ state: await state(), code: 'good' })).rejects.toThrow();
    await expect.poll(() => begun).toBe(true);
    await door.close();
    await waiting;
    expect(ended).toBe(true);
    expect(engine.reported).toEqual([]);
  });
});

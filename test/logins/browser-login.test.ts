import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import type { BrokerLogin } from '../../src/main/brokers/broker-module.ts';
import { startDesk } from './desk.ts';

const never = new AbortController().signal;

const login: BrokerLogin = {
  page: (_context, redirect, state) => `https://venue.test/login?${new URLSearchParams({ redirect, state })}`,
  async finish(_context, query) {
    if (query.get('code') !== 'good') throw new AppError('auth-expired', 'Hand Broker refused the login. Try again.');
    return { accessToken: 'fresh-token' };
  },
};
const stateOf = (page: string): string => new URL(page).searchParams.get('state') ?? '';
const answer = (state: string, code = 'good') => new URLSearchParams({ state, code });

describe('a login on the venue’s page', () => {
  it('is opened with a secret of its own and the registered address', async () => {
    const { desk, vault } = startDesk(login);
    const first = await desk.page('hand');
    expect(new URL(first).searchParams.get('redirect')).toBe('http://127.0.0.1:4210/login/hand');
    expect(stateOf(first)).toMatch(/^[\w-]{43}$/);
    expect(stateOf(await desk.page('hand'))).not.toBe(stateOf(first));
    vault.write('hand', { redirectUrl: ' http://localhost:4210/login/hand ' });
    expect(new URL(await desk.page('hand')).searchParams.get('redirect')).toBe('http://localhost:4210/login/hand');
  });

  it('is finished once: saved, told to the engine, and said on the page', async () => {
    const { desk, vault, told } = startDesk(login);
    const state = stateOf(await desk.page('hand'));
    expect(await desk.finish('hand', answer(state), never)).toEqual({
      kind: 'done',
      sentence: 'Tickscope is logged in at Hand Broker. This page can be closed.',
    });
    expect(vault.read('hand')).toMatchObject({ accessToken: 'fresh-token' });
    expect(told).toEqual(['hand']);
    expect(await desk.finish('hand', answer(state), never)).toMatchObject({ kind: 'unknown' });
    expect(told).toEqual(['hand']);
  });

  it.each([
    ['no secret', new URLSearchParams({ code: 'good' })],
    ['another secret', answer('A'.repeat(43))],
    ['an empty one', answer('')],
  ])('is not finished with %s, and still waits', async (_case, query) => {
    const { desk, told } = startDesk(login);
    const state = stateOf(await desk.page('hand'));
    expect(await desk.finish('hand', query, never)).toMatchObject({ kind: 'unknown' });
    expect(told).toEqual([]);
    expect(await desk.finish('hand', answer(state), never)).toMatchObject({ kind: 'done' });
  });

  it('is waited for ten minutes, and not before it began or after it was called off', async () => {
    const { desk, clock } = startDesk(login);
    expect(await desk.finish('hand', answer(''), never)).toMatchObject({ kind: 'unknown' });
    expect(await desk.finish('nobody', answer(''), never)).toMatchObject({ kind: 'unknown' });
    const late = stateOf(await desk.page('hand'));
    clock.advance(10 * 60_000);
    expect(await desk.finish('hand', answer(late), never)).toMatchObject({ kind: 'unknown' });
    const off = stateOf(await desk.page('hand'));
    desk.callOff('hand');
    expect(await desk.finish('hand', answer(off), never)).toMatchObject({ kind: 'unknown' });
  });

  it('that the venue refuses is told in its sentence, once', async () => {
    const { desk, told, vault } = startDesk(login);
    const state = stateOf(await desk.page('hand'));
    const refused = { kind: 'refused', sentence: 'Hand Broker refused the login. Try again.' };
    expect(await desk.finish('hand', answer(state, 'bad'), never)).toEqual(refused);
    expect(await desk.finish('hand', answer(state), never)).toMatchObject({ kind: 'unknown' });
    expect(told).toEqual([]);
    expect(vault.read('hand')['accessToken']).toBeUndefined();
  });

  it('is finished although the engine has trouble with what it got', async () => {
    const onCredentials = () => Promise.reject(new AppError('network', 'Hand Broker cannot be reached.'));
    const { desk, logger } = startDesk(login, { onCredentials });
    const state = stateOf(await desk.page('hand'));
    expect(await desk.finish('hand', answer(state), never)).toMatchObject({ kind: 'done' });
    expect(logger.lines.at(-1)).toContain('cannot be reached');
  });

  it('is not begun where the browser would never come back', async () => {
    const elsewhere = startDesk(login, { doorOrigin: () => 'http://127.0.0.1:5000' }).desk;
    await expect(elsewhere.page('hand')).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/sends the browser to http:\/\/127.0.0.1:4210\/login\/hand .*--port/),
    });
    const { desk, vault } = startDesk(login);
    for (const redirectUrl of [
      'https://example.com/cb',
      'http://127.0.0.1:4210/login/kite',
      'javascript:alert(1)',
      'x',
    ]) {
      vault.write('hand', { redirectUrl });
      await expect(desk.page('hand'), redirectUrl).rejects.toMatchObject({ code: 'invalid-input' });
    }
    const window = startDesk(login, { doorOrigin: () => undefined });
    window.vault.write('hand', { redirectUrl: 'https://example.com/cb' });
    expect(await window.desk.page('hand'), 'a window watches any address').toContain('example.com');
  });

  it('is refused in a sentence where there is none', async () => {
    await expect(startDesk(undefined).desk.page('hand')).rejects.toMatchObject({ code: 'not-supported' });
    const page = (): string => {
      throw new AppError('invalid-input', 'Enter the API key first.');
    };
    await expect(startDesk({ ...login, page }).desk.page('hand')).rejects.toThrow('Enter the API key first.');
  });
});

import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import type { BrokerLogin, LoginContext } from '../../src/main/brokers/broker-module.ts';
import { startDesk } from './desk.ts';

const never = new AbortController().signal;
const MINUTE = 60_000;

/** A login that answers what it is told to, in order, and counts. */
function loginThat(...answers: readonly (AppError | Readonly<Record<string, string>>)[]) {
  const asked: LoginContext[] = [];
  const login: BrokerLogin = {
    async unattended(context) {
      const answer = answers[Math.min(asked.length, answers.length - 1)];
      asked.push(context);
      if (answer instanceof AppError) throw answer;
      return answer ?? {};
    },
  };
  return { login, asked };
}
const refusal = new AppError('auth-expired', 'Hand Broker refused the password.');

describe('a login by itself', () => {
  it('goes by what the vault holds, and saves what it gets', async () => {
    const { login, asked } = loginThat({ accessToken: 'fresh', requestToken: '' });
    const { desk, vault, told } = startDesk(login);
    expect(await desk.logIn('hand', never)).toBe(true);
    expect(asked).toMatchObject([
      {
        credentials: { user: 'AB1234', password: 'hunter22' },
        endpoints: { login: 'http://127.0.0.1:1' },
        options: { region: 'in' },
      },
    ]);
    expect(vault.written.at(-1)).toEqual({ accessToken: 'fresh', requestToken: '' });
    expect(told, 'who asked knows').toEqual([]);
  });

  it('is not tried while a field is missing, or where there is no such login', async () => {
    const { login, asked } = loginThat({});
    const { desk, vault } = startDesk(login);
    vault.write('hand', { password: '  ' });
    expect(await desk.logIn('hand', never)).toBe(false);
    expect(asked).toEqual([]);
    expect(await startDesk(undefined).desk.logIn('hand', never)).toBe(false);
    await expect(desk.logIn('nobody', never)).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('is made once, however many ask at the same time', async () => {
    let answer = (_fields: Readonly<Record<string, string>>): void => undefined;
    let asked = 0;
    const { desk } = startDesk({
      unattended: () => {
        asked += 1;
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
    });
    const all = Promise.all([desk.logIn('hand', never), desk.logIn('hand', never), desk.logIn('hand', never)]);
    await Promise.resolve();
    answer({ accessToken: 'fresh' });
    expect(await all).toEqual([true, true, true]);
    expect(asked).toBe(1);
  });

  it('rests after a refusal, twice as long each time', async () => {
    const { login, asked } = loginThat(refusal);
    const { desk, clock } = startDesk(login);
    const pauses: number[] = [];
    for (let minute = 0; minute <= 100; minute += 1) {
      const before = asked.length;
      await expect(desk.logIn('hand', never)).rejects.toMatchObject({
        code: 'auth-expired',
        message: expect.stringContaining('refused the password'),
      });
      if (asked.length > before) pauses.push(minute);
      clock.advance(MINUTE);
    }
    expect(pauses).toEqual([0, 1, 3, 7, 15, 31, 61, 91]);
  });

  it('says how long it rests', async () => {
    const { desk, clock } = startDesk(loginThat(refusal).login);
    await expect(desk.logIn('hand', never)).rejects.toThrow(/^Hand Broker refused the password\.$/);
    clock.advance(15_000);
    await expect(desk.logIn('hand', never)).rejects.toThrow('again in 45 seconds at the earliest');
  });

  it('does not rest once a credential was corrected', async () => {
    const { login, asked } = loginThat(refusal, { accessToken: 'fresh' });
    const { desk, vault } = startDesk(login);
    await expect(desk.logIn('hand', never)).rejects.toThrow();
    vault.write('hand', { password: 'corrected' });
    expect(await desk.logIn('hand', never)).toBe(true);
    expect(asked).toHaveLength(2);
  });

  it('rests a little when the venue cannot be reached', async () => {
    const { login, asked } = loginThat(new AppError('network', 'Hand Broker cannot be reached.'), { accessToken: 'x' });
    const { desk, clock } = startDesk(login);
    await expect(desk.logIn('hand', never)).rejects.toMatchObject({ code: 'network' });
    await expect(desk.logIn('hand', never)).rejects.toMatchObject({ code: 'network' });
    expect(asked).toHaveLength(1);
    clock.advance(5_000);
    expect(await desk.logIn('hand', never)).toBe(true);
  });

  it('does not log in again and again when every login is refused at once', async () => {
    const { login, asked } = loginThat({ accessToken: 'fresh' });
    const { desk, clock } = startDesk(login);
    expect(await desk.logIn('hand', never)).toBe(true);
    clock.advance(10_000);
    await expect(desk.logIn('hand', never)).rejects.toMatchObject({ message: expect.stringContaining('50 seconds') });
    clock.advance(50_000);
    expect(await desk.logIn('hand', never)).toBe(true);
    expect(asked).toHaveLength(2);
  });

  it('gives way to the page where the venue wants to see a person, and asks no more for a while', async () => {
    const wantsPerson = new AppError('auth-expired', 'Approve the app.', { context: { wantsPerson: 1 } });
    const { login, asked } = loginThat(wantsPerson);
    const { desk, logger } = startDesk(login);
    expect(await desk.logIn('hand', never)).toBe(false);
    expect(await desk.logIn('hand', never)).toBe(false);
    expect(asked).toHaveLength(1);
    expect(logger.lines[0]).toContain('Approve the app.');
  });

  it('ends with the reason of a stop, which is no refusal', async () => {
    const stop = new AbortController();
    const { desk } = startDesk({
      unattended: (_context, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    });
    const failed = expect(desk.logIn('hand', stop.signal)).rejects.toThrow('enough');
    stop.abort(new Error('enough'));
    await failed;
  });
});

import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { createRefusedLogins } from '../../src/main/brokers/refused-logins.ts';
import { FakeClock } from '../support/fake-clock.ts';

function start(answer: AppError | string) {
  const clock = new FakeClock(1_800_000_000_000);
  const refused = createRefusedLogins<string>();
  let asked = 0;
  const logIn = (...fields: readonly string[]) =>
    refused.guard(fields, clock, async () => {
      asked += 1;
      if (answer instanceof AppError) throw answer;
      return answer;
    });
  return { clock, logIn, asked: () => asked };
}

describe('a login that was refused', () => {
  it('is not sent again for five minutes, and its refusal is told again', async () => {
    const { clock, logIn, asked } = start(new AppError('auth-expired', 'Wrong password.'));
    for (let second = 0; second < 300; second += 10) {
      await expect(logIn('user', 'wrong')).rejects.toThrow('Wrong password.');
      clock.advance(10_000);
    }
    expect(asked()).toBe(1);
    await expect(logIn('user', 'wrong')).rejects.toThrow();
    expect(asked()).toBe(2);
  });

  it('is sent at once with other fields', async () => {
    const { logIn, asked } = start(new AppError('auth-expired', 'Wrong password.'));
    await expect(logIn('user', 'wrong')).rejects.toThrow();
    await expect(logIn('user', 'other')).rejects.toThrow();
    expect(asked()).toBe(2);
  });

  it('is not kept from trying by a clock that was set back', async () => {
    const { clock, logIn, asked } = start(new AppError('auth-expired', 'Wrong password.'));
    await expect(logIn('user')).rejects.toThrow();
    clock.advance(-3_600_000);
    await expect(logIn('user')).rejects.toThrow();
    expect(asked()).toBe(2);
  });
});

describe('a login that is being tried', () => {
  it('is tried once, for all who ask meanwhile, and anew for the next', async () => {
    const refused = createRefusedLogins<string>();
    const clock = new FakeClock();
    const answers: ((answer: string) => void)[] = [];
    const logIn = () => refused.guard(['user'], clock, () => new Promise((resolve) => answers.push(resolve)));
    const both = Promise.all([logIn(), logIn()]);
    answers[0]?.('token');
    expect(await both).toEqual(['token', 'token']);
    const next = logIn();
    answers[1]?.('another');
    expect(await next).toBe('another');
  });
});

describe('another outcome', () => {
  it.each([
    ['a success', 'token'],
    ['a venue that cannot be reached', new AppError('network', 'Nobody answers.')],
  ])('is not remembered: %s', async (_case, answer) => {
    const { logIn, asked } = start(answer);
    for (const _turn of [1, 2]) await logIn('user').catch(() => undefined);
    expect(asked()).toBe(2);
  });
});

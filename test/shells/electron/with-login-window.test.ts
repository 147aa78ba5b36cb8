import { describe, expect, it } from 'vitest';
import type { LoginStart } from '../../../src/contract/events.ts';
import type { LoginOutcome } from '../../../src/main/engine/login-door.ts';
import type { LoginRoute } from '../../../src/main/shells/electron/judge-navigation.ts';
import { withLoginWindow } from '../../../src/main/shells/electron/with-login-window.ts';
import { fakeEngine } from '../../support/fake-engine.ts';

const BROWSER: LoginStart = { kind: 'browser', url: 'https://venue.test/login' };
const query = new URLSearchParams({ code: 'good', state: 's' });

/** An engine whose login goes on as told, and windows that the test answers. */
function start(begin: LoginStart, outcome: LoginOutcome = { kind: 'done', sentence: 'In.' }) {
  const engine = fakeEngine({ 'login.begin': async () => begin });
  const finished: string[] = [];
  const calledOff: string[] = [];
  const opened: { readonly route: LoginRoute; close(answer: URLSearchParams | undefined): void; focused: number }[] =
    [];
  const host = withLoginWindow(
    {
      ...engine,
      logins: {
        ...engine.logins,
        async finish(broker, brought) {
          finished.push(`${broker} ${brought}`);
          return outcome;
        },
        callOff: (broker) => void calledOff.push(broker),
      },
    },
    (route) => {
      let close = (_answer: URLSearchParams | undefined): void => undefined;
      const answer = new Promise<URLSearchParams | undefined>((resolve) => {
        close = resolve;
      });
      const window = { route, close, focused: 0 };
      opened.push(window);
      const focus = (): void => {
        window.focused += 1;
      };
      return { answer, focus };
    },
  );
  const logIn = () => host.handlers['login.begin']({ broker: 'hand' });
  return { engine, logIn, opened, finished, calledOff };
}

describe('a login in the desktop app', () => {
  it('opens no window when it was done without anybody', async () => {
    const { logIn, opened } = start({ kind: 'done' });
    expect(await logIn()).toEqual({ kind: 'done' });
    expect(opened).toEqual([]);
  });

  it('is done when the window has brought the answer', async () => {
    const { logIn, opened, finished } = start(BROWSER);
    const done = logIn();
    await expect.poll(() => opened.length).toBe(1);
    expect(opened[0]?.route).toEqual({
      start: 'https://venue.test/login',
      redirect: 'http://127.0.0.1:4210/login/hand',
    });
    opened[0]?.close(query);
    expect(await done).toEqual({ kind: 'done' });
    expect(finished).toEqual(['hand code=good&state=s']);
  });

  it('is called off by closing the window, in a sentence', async () => {
    const { logIn, opened, finished, calledOff } = start(BROWSER);
    const done = logIn();
    await expect.poll(() => opened.length).toBe(1);
    opened[0]?.close(undefined);
    await expect(done).rejects.toMatchObject({
      code: 'auth-expired',
      message: expect.stringContaining('window was closed'),
    });
    expect([finished, calledOff]).toEqual([[], ['hand']]);
  });

  it('says what the venue refused', async () => {
    const { logIn, opened } = start(BROWSER, { kind: 'refused', sentence: 'The venue refused it. Log in again.' });
    const done = logIn();
    await expect.poll(() => opened.length).toBe(1);
    opened[0]?.close(query);
    await expect(done).rejects.toMatchObject({ message: 'The venue refused it. Log in again.' });
  });

  it('has one window, however often it is begun, and another the next time', async () => {
    const { logIn, opened, engine } = start(BROWSER);
    const first = logIn();
    const second = logIn();
    await expect.poll(() => opened.length).toBe(1);
    const third = logIn();
    expect(opened[0]?.focused).toBe(1);
    opened[0]?.close(query);
    expect(await Promise.all([first, second, third])).toEqual(Array(3).fill({ kind: 'done' }));
    expect(engine.asked).toHaveLength(1);
    void logIn();
    await expect.poll(() => opened.length).toBe(2);
    opened[1]?.close(query);
  });
});

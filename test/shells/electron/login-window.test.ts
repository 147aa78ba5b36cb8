import type { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openLoginWindow } from '../../../src/main/shells/electron/login-window.ts';

/** What the double of Electron's window and session was told. */
const { windows, sessions } = vi.hoisted(() => ({
  windows: [] as FakeWindow[],
  sessions: new Map<string, EventEmitter & { asked: unknown[] }>(),
}));

interface FakeWindow extends EventEmitter {
  readonly options: Record<string, unknown> & { readonly webPreferences: Record<string, unknown> };
  readonly webContents: EventEmitter;
  readonly opener: () => unknown;
  readonly title: string;
  gone: boolean;
  fail(code: string): void;
}

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  class BrowserWindow extends Emitter {
    gone = false;
    title = '';
    opener = (): unknown => undefined;
    fail = (_code: string): void => undefined;
    webContents = Object.assign(new Emitter(), {
      setWindowOpenHandler: (opener: () => unknown) => {
        this.opener = opener;
      },
    });
    options: unknown;
    constructor(options: unknown) {
      super();
      this.options = options;
      windows.push(this as unknown as FakeWindow);
    }
    loadURL(url: string) {
      return new Promise<void>((_resolve, reject) => {
        this.fail = (code) => reject(Object.assign(new Error(`${code} loading '${url}'`), { code }));
      });
    }
    setTitle(title: string) {
      this.title = title;
    }
    focus() {}
    isDestroyed() {
      return this.gone;
    }
    destroy() {
      this.gone = true;
      this.emit('closed');
    }
  }
  const fromPartition = (name: string) => {
    const asked: unknown[] = [];
    const answered = (handler: (a: unknown, b: unknown, answer: (is: boolean) => void) => unknown) =>
      asked.push(handler(undefined, 'camera', (is) => asked.push(is)));
    const own = Object.assign(new Emitter(), {
      asked,
      setPermissionRequestHandler: answered,
      setPermissionCheckHandler: answered,
      setDevicePermissionHandler: answered,
    });
    sessions.set(name, own);
    return own;
  };
  return { BrowserWindow, session: { fromPartition } };
});

const route = { start: 'https://venue.test/login?state=s', redirect: 'http://127.0.0.1:4210/login/hand' };

/** Opens a window and gives the double of it. */
function open() {
  const login = openLoginWindow(route);
  const window = windows.at(-1);
  if (window === undefined) throw new Error('no window');
  const go = (event: 'will-navigate' | 'will-redirect', url: string, isMainFrame = true): boolean => {
    let prevented = false;
    window.webContents.emit(event, { url, isMainFrame, preventDefault: () => (prevented = true) });
    return prevented;
  };
  return { ...login, window, go };
}

beforeEach(() => {
  windows.length = 0;
  sessions.clear();
});

describe('a login window', () => {
  it('has no preload, no Node, and a session that nobody shares or keeps', () => {
    const { window } = open();
    const { partition, ...rest } = window.options.webPreferences;
    expect(rest).toEqual({ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false });
    expect(String(partition)).toMatch(/^login-[\da-f-]{36}$/);
    expect(open().window.options.webPreferences['partition']).not.toBe(partition);
  });

  it('is allowed nothing a page may ask for', () => {
    const { window } = open();
    const [own] = sessions.values();
    expect(own?.asked.filter((answer) => answer === true)).toEqual([]);
    expect(own?.asked).toContain(false);
    let kept = true;
    own?.emit('will-download', { preventDefault: () => (kept = false) });
    expect(kept).toBe(false);
    expect(window.opener()).toEqual({ action: 'deny' });
  });

  it.each(['will-redirect', 'will-navigate'] as const)(
    'takes the answer at %s, loads nothing, and closes',
    async (event) => {
      const { answer, window, go } = open();
      expect(go('will-navigate', 'https://venue.test/second-factor')).toBe(false);
      expect(go(event, `${route.redirect}?code=good&state=s`)).toBe(true);
      window.fail('ERR_ABORTED');
      expect(String(await answer)).toBe('code=good&state=s');
      expect(window.gone).toBe(true);
    },
  );

  it('goes nowhere it should not, and stays', async () => {
    const { answer, window, go } = open();
    expect(go('will-navigate', 'file:///etc/passwd')).toBe(true);
    expect(go('will-redirect', 'http://venue.test/plain')).toBe(true);
    expect(window.gone).toBe(false);
    expect(go('will-redirect', `${route.redirect}?code=frame`, false), 'a frame inside is not the page').toBe(false);
    go('will-redirect', `${route.redirect}?code=page`);
    expect(String(await answer)).toBe('code=page');
  });

  it('is no answer when the person closes it', async () => {
    const { answer, window } = open();
    window.emit('closed');
    expect(await answer).toBeUndefined();
  });

  it('says that the page cannot be reached, without its address', async () => {
    const { answer, window } = open();
    window.fail('ERR_NAME_NOT_RESOLVED');
    await expect(answer).rejects.toMatchObject({ code: 'network', message: expect.not.stringContaining('venue.test') });
    expect(window.gone).toBe(true);
  });

  it('shows whose page it is, whatever the page calls itself', () => {
    const { window } = open();
    window.webContents.emit('did-navigate', {}, 'https://kite.example/login?secret=1');
    let prevented = false;
    window.emit('page-title-updated', { preventDefault: () => (prevented = true) });
    expect([window.title, prevented]).toEqual(['Log in: kite.example', true]);
  });
});

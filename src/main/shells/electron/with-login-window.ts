import type { LoginStart } from '../../../contract/events.ts';
import { AppError } from '../../../core/errors.ts';
import type { EngineHost } from '../../engine/host.ts';
import type { LoginRoute } from './judge-navigation.ts';
import type { LoginWindow } from './login-window.ts';

/** A login that goes on, and its window once it is open. */
interface OpenLogin {
  window: LoginWindow | undefined;
  readonly done: Promise<LoginStart>;
}

/**
 * The engine, whose logins by browser happen in a window of ours: `login.begin` answers when the window has closed. It
 * is refused when the person closed it. A second click brings the window to the front.
 */
export function withLoginWindow(engine: EngineHost, open: (route: LoginRoute) => LoginWindow): EngineHost {
  const { logins } = engine;
  const openLogins = new Map<string, OpenLogin>();
  const ended = new AbortController();

  const follow = async (broker: string, { answer }: LoginWindow): Promise<LoginStart> => {
    const query = await answer;
    if (query === undefined) {
      logins.callOff(broker);
      throw new AppError('auth-expired', 'The window was closed before the login was done. Log in again to go on.');
    }
    const { kind, sentence } = await logins.finish(broker, query, ended.signal);
    if (kind !== 'done') throw new AppError('auth-expired', sentence);
    return { kind: 'done' };
  };

  const begin = async (broker: string): Promise<LoginStart> => {
    const start = await engine.handlers['login.begin']({ broker });
    if (start.kind === 'done') return start;
    const window = open({ start: start.url, redirect: logins.redirectOf(broker) });
    const login = openLogins.get(broker);
    if (login !== undefined) login.window = window;
    return follow(broker, window);
  };

  return {
    handlers: {
      ...engine.handlers,
      async 'login.begin'({ broker }) {
        const already = openLogins.get(broker);
        already?.window?.focus();
        if (already !== undefined) return already.done;
        const done = begin(broker).finally(() => openLogins.delete(broker));
        openLogins.set(broker, { window: undefined, done });
        return done;
      },
    },
    logins,
    wake: () => engine.wake(),
    report: (error) => engine.report(error),
    subscribe: (listener) => engine.subscribe(listener),
    close() {
      ended.abort();
      return engine.close();
    },
  };
}

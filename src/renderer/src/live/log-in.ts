import { useFeedStore } from '../stores/feed-store.ts';
import { type LoginTask, useLoginStore } from '../stores/login-store.ts';
import { brokerOf, useSettingsStore } from '../stores/settings-store.ts';
import { invoke } from './engine.ts';

let stopWaiting = (): void => undefined;

/**
 * Logs in at a broker: without anybody where it can, or else on the venue's page. The desktop app opens a window of
 * its own for that page; a browser opens a tab. What comes of it stands in the login store.
 */
export async function logIn(broker: string, openPage: (url: string) => void = openTab): Promise<void> {
  const { task } = useLoginStore.getState();
  if (task?.phase === 'running') return;
  become({ broker, phase: 'running', url: undefined, problem: undefined });
  try {
    const start = await invoke('login.begin', { broker });
    if (start.kind === 'done') {
      become(undefined);
      return;
    }
    if (!isWebPage(start.url)) throw new Error('The venue’s login page has no address that can be opened.');
    become({ broker, phase: 'page', url: start.url, problem: undefined });
    stopWaiting = untilLoggedIn(broker, () => become(undefined));
    if (isInBrowser()) openPage(start.url);
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'The login failed. Try again.';
    become({ broker, phase: 'failed', url: undefined, problem });
    // What failed today is no news once another way has worked.
    stopWaiting = untilLoggedIn(broker, forgetLogin);
  }
}

/** Forgets a login that nobody will finish. */
export function forgetLogin(): void {
  become(undefined);
}

/** The page is in an ordinary browser; the desktop app's window opens no others. */
export function isInBrowser(): boolean {
  return window.engine === undefined;
}

function become(task: LoginTask | undefined): void {
  stopWaiting();
  stopWaiting = () => undefined;
  useLoginStore.setState({ task });
}

/** Calls back once the broker's credentials were renewed, or its feed no longer waits for them. */
function untilLoggedIn(broker: string, onDone: () => void): () => void {
  const savedAt = () => brokerOf(useSettingsStore.getState(), broker)?.savedAt;
  const before = savedAt();
  const stops = [
    useSettingsStore.subscribe(() => {
      if (savedAt() !== before) onDone();
    }),
    useFeedStore.subscribe(({ feed }, { feed: last }) => {
      if (feed?.source === broker && last?.status.state === 'stopped' && feed.status.state !== 'stopped') onDone();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** An address of the web, and nothing that would run here. */
function isWebPage(url: string): boolean {
  return URL.canParse(url) && ['https:', 'http:'].includes(new URL(url).protocol);
}

function openTab(url: string): void {
  window.open(url, '_blank', 'noopener');
}

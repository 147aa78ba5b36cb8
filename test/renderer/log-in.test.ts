import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineClient } from '../../src/contract/client.ts';
import type { LoginStart } from '../../src/contract/events.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import { venueStates } from './fake-brokers.ts';
import { FAKE_NOW, firstSnapshot, seeded } from './fake-snapshot.ts';
import { createFrames } from './frames.ts';
import { stubBrowser } from './stub-browser.ts';

stubBrowser(createFrames().next);
const { forgetLogin, logIn } = await import('../../src/renderer/src/live/log-in.ts');
const { setEngine } = await import('../../src/renderer/src/live/engine.ts');
const { useFeedStore } = await import('../../src/renderer/src/stores/feed-store.ts');
const { useLoginStore } = await import('../../src/renderer/src/stores/login-store.ts');
const { useSettingsStore } = await import('../../src/renderer/src/stores/settings-store.ts');

const PAGE = 'https://login.example/authorize';
const { feed } = firstSnapshot(settingsSchema.parse({}), seeded(7));
const stopped = { ...feed, source: 'bank', status: { state: 'stopped', reason: 'auth-expired' } } as const;

/** An engine that answers a login in this way. */
function engineThat(answer: () => Promise<LoginStart>): { readonly asked: unknown[] } {
  const asked: unknown[] = [];
  const invoke = (_name: string, input: unknown) => {
    asked.push(input);
    return answer();
  };
  // Only this one command is given.
  setEngine({ invoke, subscribe: () => () => undefined } as unknown as EngineClient);
  return { asked };
}

describe('a login', () => {
  const opened: string[] = [];
  const begin = () => logIn('bank', (url) => opened.push(url));
  const task = () => useLoginStore.getState().task;

  beforeEach(() => {
    forgetLogin();
    opened.length = 0;
    useSettingsStore.setState({ brokers: venueStates(['appId', 'appSecret']) });
    useFeedStore.setState({ feed: stopped });
  });

  it('that needs nobody is over when the engine says so', async () => {
    const { asked } = engineThat(async () => ({ kind: 'done' }));
    const under = begin();
    expect(task()).toMatchObject({ broker: 'bank', phase: 'running' });
    await under;
    expect(asked).toEqual([{ broker: 'bank' }]);
    expect(task()).toBeUndefined();
    expect(opened).toEqual([]);
  });

  it('on a page opens it once, and is over when the credentials were renewed', async () => {
    engineThat(async () => ({ kind: 'browser', url: PAGE }));
    await begin();
    expect(opened).toEqual([PAGE]);
    expect(task()).toMatchObject({ phase: 'page', url: PAGE });
    useFeedStore.setState({ generation: 7 });
    expect(task(), 'other news change nothing').toBeDefined();
    const renewed = venueStates(['appId', 'appSecret']).map((state) => ({ ...state, savedAt: FAKE_NOW + 1 }));
    useSettingsStore.setState({ brokers: renewed as unknown as ReturnType<typeof venueStates> });
    expect(task()).toBeUndefined();
  });

  it('is over too when the feed runs again', async () => {
    engineThat(async () => ({ kind: 'browser', url: PAGE }));
    await begin();
    useFeedStore.setState({ feed: { ...stopped, status: { state: 'connecting', attempt: 1 } } });
    expect(task()).toBeUndefined();
  });

  it('opens no tab beside the desktop window, whose engine opens a window of its own', async () => {
    vi.stubGlobal('window', { ...window, engine: {} });
    engineThat(async () => ({ kind: 'browser', url: PAGE }));
    await begin();
    expect(opened).toEqual([]);
    expect(task()).toMatchObject({ phase: 'page' });
    vi.stubGlobal('window', { ...window, engine: undefined });
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'no address'])('never opens %s', async (url) => {
    engineThat(async () => ({ kind: 'browser', url }));
    await begin();
    expect(opened).toEqual([]);
    expect(task()).toMatchObject({ phase: 'failed', problem: expect.stringContaining('login page') });
  });

  it('that fails says why, and can be tried again', async () => {
    engineThat(() => Promise.reject(new Error('The one-time code was refused.')));
    await begin();
    expect(task()).toMatchObject({ phase: 'failed', problem: 'The one-time code was refused.' });
    engineThat(async () => ({ kind: 'done' }));
    await begin();
    expect(task()).toBeUndefined();
  });

  it('that failed is forgotten once another way has worked', async () => {
    engineThat(() => Promise.reject(new Error('The one-time code was refused.')));
    await begin();
    useFeedStore.setState({ feed: { ...stopped, status: { state: 'live', since: FAKE_NOW } } });
    expect(task()).toBeUndefined();
  });

  it('runs once, however often the button is pressed', async () => {
    const gate = Promise.withResolvers<LoginStart>();
    const { asked } = engineThat(() => gate.promise);
    const both = [begin(), begin()];
    gate.resolve({ kind: 'done' });
    await Promise.all(both);
    expect(asked).toHaveLength(1);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { createFakeEngine } from './fake-engine.ts';
import { createFrames } from './frames.ts';
import { stubBrowser } from './stub-browser.ts';

stubBrowser(createFrames().next);
const { tellSeen } = await import('../../src/renderer/src/live/tell-seen.ts');
const { setEngine } = await import('../../src/renderer/src/live/engine.ts');
const { SCREEN } = await import('../../src/renderer/src/live/screen-name.ts');
const { createEngineClient } = await import('../../src/renderer/src/engine-client.ts');
const { useFeedStore } = await import('../../src/renderer/src/stores/feed-store.ts');

/** A page whose visibility a test turns. */
class FakePage extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';

  become(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

describe('whether the page is seen', () => {
  let engine = createFakeEngine();
  const told = () => engine.asked.filter(({ name }) => name === 'screen.seen').map(({ input }) => input);

  beforeEach(() => {
    engine = createFakeEngine();
    setEngine(createEngineClient(engine.transport));
    useFeedStore.setState({ connected: true, generation: 1 });
  });

  it('is told at the start and at each change, under the name that watches the chart', () => {
    const page = new FakePage();
    const stop = tellSeen(page);
    page.become('hidden');
    page.become('visible');
    stop();
    page.become('hidden');
    expect(told()).toEqual([true, false, true].map((isSeen) => ({ screen: SCREEN, isSeen })));
  });

  it('is told again to an engine that came back, and not to one that is away', () => {
    const page = new FakePage();
    useFeedStore.setState({ connected: false });
    const stop = tellSeen(page);
    page.become('hidden');
    expect(told()).toEqual([]);
    useFeedStore.setState({ connected: true, generation: 2 });
    expect(told()).toEqual([{ screen: SCREEN, isSeen: false }]);
    stop();
  });
});

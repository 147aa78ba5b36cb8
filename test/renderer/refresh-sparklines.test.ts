import { beforeEach, describe, expect, it } from 'vitest';
import type { EngineClient } from '../../src/contract/client.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import type { InstrumentKey } from '../../src/core/brand.ts';
import { firstSnapshot, seeded } from './fake-snapshot.ts';
import { createFrames } from './frames.ts';
import { stubBrowser } from './stub-browser.ts';

stubBrowser(createFrames().next);
const { refreshSparklines } = await import('../../src/renderer/src/live/refresh-sparklines.ts');
const { applySnapshot } = await import('../../src/renderer/src/live/apply.ts');
const { sparklines } = await import('../../src/renderer/src/live/live-stores.ts');
const { setEngine } = await import('../../src/renderer/src/live/engine.ts');
const { setProgress, useFeedStore } = await import('../../src/renderer/src/stores/feed-store.ts');

const INFY = 'NSE:INFY' as InstrumentKey;
const first = firstSnapshot(settingsSchema.parse({}), seeded(7));
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('the lines beside the prices', () => {
  let asked = 0;
  let answer: () => Promise<unknown>;

  beforeEach(() => {
    asked = 0;
    answer = async () => ({ ...first, sparklines: { [INFY]: [1, 2, 3] } });
    const invoke = () => {
      asked += 1;
      return answer();
    };
    // Only the snapshot is asked for.
    setEngine({ invoke, subscribe: () => () => undefined } as unknown as EngineClient);
    applySnapshot({ ...first, sparklines: {} });
    useFeedStore.setState({ connected: true, progress: undefined });
  });

  it.each(['warm-up', 'history'] as const)('are asked for anew once %s is through', async (task) => {
    const stop = refreshSparklines();
    setProgress({ task, done: 1, total: 2 });
    await settled();
    expect(asked).toBe(0);
    setProgress({ task, done: 2, total: 2 });
    await settled();
    stop();
    expect(asked).toBe(1);
    expect(sparklines.of(INFY)).toEqual([1, 2, 3]);
  });

  it('have nothing to do with a scan', async () => {
    const stop = refreshSparklines();
    setProgress({ task: 'poll', done: 1, total: 2 });
    setProgress({ task: 'poll', done: 2, total: 2 });
    await settled();
    stop();
    expect(asked).toBe(0);
  });

  it('stay with their world', async () => {
    const stop = refreshSparklines();
    setProgress({ task: 'warm-up', done: 1, total: 2 });
    setProgress({ task: 'warm-up', done: 2, total: 2 });
    applySnapshot({ ...first, sparklines: { [INFY]: [9] } });
    await settled();
    stop();
    expect(sparklines.of(INFY)).toEqual([9]);
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import { createFrames } from './frames.ts';
import { stubBrowser } from './stub-browser.ts';

const stored = stubBrowser(createFrames().next);
const KEY = 'tickscope.selection';

/** The store as a page finds it after a reload. */
async function reload() {
  vi.resetModules();
  return (await import('../../src/renderer/src/stores/selection.ts')).useSelection;
}

beforeEach(() => stored.clear());

describe('what the screen looks at', () => {
  it('is remembered over a reload', async () => {
    const before = await reload();
    before.getState().select('NSE:INFY' as InstrumentKey);
    before.getState().setTimeframe('15m');
    const after = await reload();
    expect(after.getState()).toMatchObject({ instrument: 'NSE:INFY', timeframe: '15m' });
  });

  it.each([
    ['nothing', undefined],
    ['no JSON', '{'],
    ['another shape', JSON.stringify({ state: 7, version: 0 })],
    ['a timeframe that is none', JSON.stringify({ state: { timeframe: '7m', instrument: 3 }, version: 0 })],
  ])('starts with five minutes when storage holds %s', async (_case, text) => {
    if (text !== undefined) stored.set(KEY, text);
    expect((await reload()).getState()).toMatchObject({ instrument: undefined, timeframe: '5m' });
  });
});

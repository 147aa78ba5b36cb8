import { describe, expect, it } from 'vitest';
import { createFakeEngine } from './fake-engine.ts';
import { fakeOrders } from './fake-orders.ts';
import { createFrames } from './frames.ts';
import { stubBrowser } from './stub-browser.ts';

stubBrowser(createFrames().next);
// After the stub, because the stores remember through localStorage from the moment they are made.
const { applyEvents, applySnapshot } = await import('../../src/renderer/src/live/apply.ts');
const { createEngineClient } = await import('../../src/renderer/src/engine-client.ts');
const { fillCount, useOrderStore } = await import('../../src/renderer/src/stores/order-store.ts');

describe('orders on the screen', () => {
  it('come with the snapshot, and are replaced by each word of them', async () => {
    expect(fillCount(useOrderStore.getState())).toBe(0);
    const snapshot = await createEngineClient(createFakeEngine().transport).invoke('app.snapshot', null);
    applySnapshot({ ...snapshot, orders: fakeOrders() });
    expect(useOrderStore.getState().orders).toEqual(fakeOrders());
    expect(fillCount(useOrderStore.getState())).toBe(1);
    const next = fakeOrders({ positions: [], unrealised: 0 });
    applyEvents([
      { type: 'paper-orders', orders: fakeOrders({ enabled: false }) },
      { type: 'paper-orders', orders: next },
    ]);
    expect(useOrderStore.getState().orders).toEqual(next);
  });
});

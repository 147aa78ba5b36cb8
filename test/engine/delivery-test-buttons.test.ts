import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { appErrorOf } from '../support/thrown.ts';
import { deliveryRig, FakeChannel } from './delivery-rig.ts';

const down = (): never => {
  throw new AppError('network', 'It is down.');
};

describe('a test of a channel', () => {
  it('sends a sample that nobody owes, and says that it got through', async () => {
    const webhook = new FakeChannel('webhook');
    const { desk, store, clock, events } = deliveryRig([webhook]);
    await desk.test('webhook');
    expect(webhook.tried).toMatchObject([{ isTest: true, world: 'market' }]);
    expect(webhook.tried[0]?.alerts[0]?.text).toContain('This is a test alert');
    expect(store.toldAlerts()).toEqual([]);
    clock.advance(1_000);
    expect(events).toEqual(['channels-changed']);
  });

  it('answers with what went wrong, and the state says so until something gets through', async () => {
    const webhook = new FakeChannel('webhook');
    const { desk, raise, troubles } = deliveryRig([webhook]);
    webhook.answer = down;
    await expect(desk.test('webhook')).rejects.toThrow('It is down.');
    expect(desk.states()).toMatchObject([{ trouble: 'It is down.', waiting: 0 }]);
    expect(troubles, 'whoever pressed the button is told').toEqual([]);
    webhook.answer = () => undefined;
    await raise('INFY');
    expect(desk.states()).toMatchObject([{ trouble: null }]);
  });

  it('that gets through has what waited for its next try sent at once', async () => {
    const webhook = new FakeChannel('webhook');
    const { desk, raise, advance } = deliveryRig([webhook]);
    webhook.answer = down;
    await raise('INFY TCS');
    webhook.answer = () => undefined;
    await desk.test('webhook');
    await advance(0);
    expect(webhook.told).toEqual(['INFY', 'TEST', 'INFY', 'TCS']);
  });

  it('of one that lacks something says what', async () => {
    const webhook = new FakeChannel('webhook');
    webhook.isSet = false;
    const { desk } = deliveryRig([webhook]);
    await expect(desk.test('webhook')).rejects.toThrow('webhook is not set up. It needs: Address.');
    expect(appErrorOf(() => desk.save('telegram', {})).code).toBe('not-found');
  });

  it('does not wait for ever', async () => {
    const webhook = new FakeChannel('webhook');
    webhook.answer = () => new Promise(() => undefined);
    const { desk, clock } = deliveryRig([webhook]);
    const test = desk.test('webhook');
    clock.advance(30_000);
    await expect(test).rejects.toThrow('webhook did not answer within 30 seconds.');
  });

  it('of all takes those that are set up and wanted, and tells trouble as any other', async () => {
    const [desktop, telegram, webhook] = [
      new FakeChannel('desktop'),
      new FakeChannel('telegram'),
      new FakeChannel('webhook'),
    ];
    telegram.isSet = false;
    webhook.answer = down;
    const { desk, troubles, set } = deliveryRig([desktop, telegram, webhook]);
    await desk.testAll();
    expect([desktop, telegram, webhook].map(({ tried }) => tried.length)).toEqual([1, 0, 1]);
    expect(troubles.map(({ message }) => message)).toEqual(['It is down.']);
    set({ desktop: false });
    await desk.testAll();
    expect(desktop.tried).toHaveLength(1);
  });
});

describe('another network', () => {
  it('is tried at once, and what fails again goes on as before', async () => {
    const webhook = new FakeChannel('webhook');
    webhook.answer = down;
    const { desk, raise, advance } = deliveryRig([webhook]);
    await raise('INFY');
    for (const pause of [5, 10, 20, 40]) await advance(pause * 1_000);
    expect(webhook.told).toHaveLength(5);
    desk.refresh();
    await advance(0);
    expect(webhook.told).toHaveLength(6);
    await advance(5_000);
    expect(webhook.told, 'each message keeps its own pace').toHaveLength(6);
    webhook.answer = () => undefined;
    desk.refresh();
    await advance(0);
    expect(webhook.told).toHaveLength(7);
    expect(desk.states()).toMatchObject([{ waiting: 0, trouble: null }]);
  });

  it('makes no digest of what failed one by one at the same moment', async () => {
    const webhook = new FakeChannel('webhook');
    webhook.answer = down;
    const { desk, raise, advance, store } = deliveryRig([webhook]);
    await raise('INFY TCS');
    for (let times = 0; times < 5; times += 1) {
      desk.refresh();
      await advance(0);
    }
    expect(store.deliveries('webhook', 9).map(({ attempts }) => attempts)).toEqual([3, 3]);
    webhook.answer = () => undefined;
    await advance(21_000);
    expect(webhook.told.slice(-2)).toEqual(['INFY', 'TCS']);
  });
});

describe('a desk that is stopped', () => {
  it('touches nothing any more, and leaves owed what was on its way', async () => {
    const webhook = new FakeChannel('webhook');
    let arrive = (): void => undefined;
    webhook.answer = () => new Promise<void>((resolve) => (arrive = resolve));
    const { desk, raise, advance, store, outcomes } = deliveryRig([webhook]);
    await raise('INFY TCS');
    desk.stop();
    arrive();
    desk.wake();
    await advance(3_600_000);
    expect(webhook.told).toEqual(['INFY']);
    expect(outcomes('webhook')).toEqual([]);
    expect(store.deliveries('webhook', 9)).toHaveLength(2);
    store.close();
    await advance(3_600_000);
  });
});

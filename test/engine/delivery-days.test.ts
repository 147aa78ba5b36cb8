import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { AppError } from '../../src/core/errors.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { tempStore } from '../store/temp-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { deliveryRig, FakeChannel, NOON } from './delivery-rig.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const down = (): never => {
  throw new AppError('network', 'It is down.');
};
const all = () =>
  [
    new FakeChannel('desktop', { isPersonal: true, freshMs: 10 * MINUTE }),
    new FakeChannel('telegram', { isPersonal: true }),
    new FakeChannel('webhook'),
  ] as const;

describe('a burst', () => {
  it('is told one by one up to the limit, the rest in one message at the end of the minute', async () => {
    const channels = all();
    const { raise, advance, outcomes } = deliveryRig(channels, { alerts: { digestAbove: 2 } });
    await raise('A B C D');
    await advance(59_999);
    for (const { told } of channels) expect(told).toEqual(['A', 'B']);
    await advance(1);
    for (const { told } of channels) expect(told).toEqual(['A', 'B', 'C D']);
    expect(outcomes('webhook')).toEqual(['A told', 'B told', 'C told', 'D told']);
  });

  it('whose digest fails is told again as the same message, whatever came meanwhile', async () => {
    const webhook = new FakeChannel('webhook');
    const { raise, advance } = deliveryRig([webhook], { alerts: { digestAbove: 1 } });
    await raise('A B C');
    webhook.answer = down;
    await advance(MINUTE);
    await raise('D');
    webhook.answer = () => undefined;
    await advance(10_000);
    expect(webhook.told).toEqual(['A', 'B C', 'B C']);
    expect(webhook.tried[1]?.id).toBe(webhook.tried[2]?.id);
    await advance(MINUTE);
    expect(webhook.told).toEqual(['A', 'B C', 'B C', 'D']);
  });

  it('of a time without network comes as one message, not as all of them', async () => {
    const webhook = new FakeChannel('webhook');
    const { raise, advance, outcomes } = deliveryRig([webhook], { alerts: { digestAbove: 2 } });
    webhook.answer = down;
    for (const symbol of 'A B C D E F G H'.split(' ')) {
      await raise(symbol);
      await advance(MINUTE);
    }
    const before = webhook.tried.length;
    webhook.answer = () => undefined;
    for (let second = 0; second < 12 * 60; second += 1) await advance(1_000);
    expect(outcomes('webhook')).toHaveLength(8);
    expect(webhook.told.slice(before).length).toBeLessThan(8);
  });
});

describe('quiet hours', () => {
  it('keep desktop and Telegram quiet over midnight, and the webhook not', async () => {
    const channels = all();
    const clock = new FakeClock(Date.UTC(2026, 10, 20, 16, 29, 59));
    const quiet = { from: '22:00', to: '07:00' };
    const { raise, advance, outcomes } = deliveryRig(channels, { clock, alerts: { quiet } });
    await raise('BEFORE');
    await advance(1_000);
    await raise('EVENING');
    await advance(4 * HOUR);
    await raise('NIGHT');
    await advance(5 * HOUR);
    await raise('MORNING');
    const [desktop, telegram, webhook] = channels;
    expect(desktop.told).toEqual(['BEFORE', 'MORNING']);
    expect(telegram.told).toEqual(['BEFORE', 'MORNING']);
    expect(webhook.told).toEqual(['BEFORE', 'EVENING', 'NIGHT', 'MORNING']);
    expect(outcomes('telegram')).toEqual(['BEFORE told', 'EVENING quiet', 'NIGHT quiet', 'MORNING told']);
  });

  it('swallow what waited for them to begin', async () => {
    const telegram = new FakeChannel('telegram', { isPersonal: true });
    const rig = deliveryRig([telegram]);
    telegram.answer = down;
    await rig.raise('INFY');
    rig.set({ quiet: { from: '10:45', to: '11:00' } });
    telegram.answer = () => undefined;
    await rig.advance(5_000);
    expect(telegram.told).toEqual(['INFY']);
    expect(rig.outcomes('telegram')).toEqual(['INFY quiet']);
  });

  it('are those of the desktop as long as it is switched off', async () => {
    const channels = all();
    const { raise, outcomes } = deliveryRig(channels, { alerts: { desktop: false } });
    await raise('INFY');
    expect(outcomes('desktop')).toEqual(['INFY quiet']);
    expect(outcomes('telegram')).toEqual(['INFY told']);
  });
});

describe('after a restart', () => {
  it.each([
    ['ten minutes', 10 * MINUTE, ['INFY'], false],
    ['longer', 10 * MINUTE + 1, [], true],
    ['days', 72 * HOUR, [], true],
  ])(
    'of %s, what is owed is told, late where it is no news, and not on the desktop then',
    async (_case, ms, shown, late) => {
      const channels = all();
      const clock = new FakeClock(NOON);
      const before = deliveryRig(channels, { clock });
      before.owe('INFY');
      before.desk.stop();
      clock.advance(ms);
      const { desk, advance } = deliveryRig(channels, { store: before.store, clock });
      desk.wake();
      await advance(0);
      const [desktop, telegram, webhook] = channels;
      expect(desktop.told).toEqual(shown);
      expect([telegram.told, webhook.told]).toEqual([['INFY'], ['INFY']]);
      expect(webhook.tried[0]?.isLate).toBe(late);
    },
  );

  it('what was sent and not written down is sent again with the same id, digests too', async () => {
    const webhook = new FakeChannel('webhook');
    const { store, reopen } = tempStore();
    const clock = new FakeClock(NOON);
    const alerts = { digestAbove: 1 };
    const first = deliveryRig([webhook], { store, clock, alerts });
    await first.raise('A B C');
    // The program ends after the receiver took the digest and before that is on disk.
    webhook.answer = () => first.desk.stop();
    await first.advance(MINUTE);
    expect(webhook.told).toEqual(['A', 'B C']);

    webhook.answer = () => undefined;
    const again = deliveryRig([webhook], { store: reopen(), clock, alerts });
    await again.raise('D');
    await again.advance(5_000);
    expect(webhook.told).toEqual(['A', 'B C', 'D', 'B C']);
    expect(webhook.tried[3]?.id).toBe(webhook.tried[1]?.id);
    expect(again.outcomes('webhook')).toEqual(['A told', 'B told', 'C told', 'D told']);
  });

  it('nothing of a played market that was left behind pops up, and what is sent says whose prices they are', async () => {
    const channels = all();
    const past = { raisedAt: (NOON + 400 * HOUR) as EpochMs };
    const first = deliveryRig(channels, { world: 'simulated' });
    first.owe('OLD', past);
    first.desk.stop();
    const { raise } = deliveryRig(channels, { store: first.store, world: 'simulated' });
    await raise('NEW', past);
    const [desktop, telegram, webhook] = channels;
    expect(desktop.told).toEqual(['NEW']);
    expect([telegram.told, webhook.told]).toEqual([
      ['OLD', 'NEW'],
      ['OLD', 'NEW'],
    ]);
    expect(webhook.tried.map(({ world, isLate }) => [world, isLate])).toEqual([
      ['simulated', true],
      ['simulated', false],
    ]);
  });
});

describe('a store that fails', () => {
  it('makes no message twice once it works again', async () => {
    const webhook = new FakeChannel('webhook');
    const { store } = tempStore();
    let isFull = true;
    const moody: Store = {
      ...store,
      settle(...all) {
        if (isFull) throw new AppError('storage', 'The disk is full.');
        store.settle(...all);
      },
    };
    const { raise, advance, troubles, outcomes } = deliveryRig([webhook], { store: moody });
    await raise('INFY');
    await advance(MINUTE);
    expect(webhook.told).toEqual(['INFY']);
    expect(troubles[0]?.code).toBe('storage');
    isFull = false;
    await advance(5_000);
    expect(outcomes('webhook')).toEqual(['INFY told']);
    expect(webhook.told).toEqual(['INFY']);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Quote } from '../../src/core/quote.ts';
import { createFakeEngine } from './fake-engine.ts';
import { alertOf } from './fake-snapshot.ts';
import { createFrames } from './frames.ts';
import { stubBrowser } from './stub-browser.ts';

const frames = createFrames();
stubBrowser(frames.next);
// After the stub, because the stores remember through localStorage from the moment they are made.
const { applyEvents, applySnapshot } = await import('../../src/renderer/src/live/apply.ts');
const { quotes, sparklines } = await import('../../src/renderer/src/live/live-stores.ts');
const { setEngine } = await import('../../src/renderer/src/live/engine.ts');
const { createEngineClient } = await import('../../src/renderer/src/engine-client.ts');
const { useAlertStore } = await import('../../src/renderer/src/stores/alert-store.ts');
const { useChannelStore } = await import('../../src/renderer/src/stores/channel-store.ts');
const { useFeedStore } = await import('../../src/renderer/src/stores/feed-store.ts');
const { useNoticeStore } = await import('../../src/renderer/src/stores/notice-store.ts');
const { useSelection } = await import('../../src/renderer/src/stores/selection.ts');
const { useSettingsStore } = await import('../../src/renderer/src/stores/settings-store.ts');

const RELIANCE = 'NSE:RELIANCE' as InstrumentKey;
const engine = createFakeEngine();
const client = createEngineClient(engine.transport);
setEngine(client);

beforeEach(async () => {
  useSelection.setState({ instrument: undefined });
  useNoticeStore.setState({ notices: [] });
  useFeedStore.setState({ connected: true });
  applySnapshot(await client.invoke('app.snapshot', null));
});

describe('a change of the ledger', () => {
  it('is counted, for whoever shows a day to ask again', () => {
    const before = useFeedStore.getState().coverageChanges;
    applyEvents([{ type: 'coverage-changed' }, { type: 'coverage-changed' }]);
    expect(useFeedStore.getState().coverageChanges).toBe(before + 2);
  });
});

describe('news of brokers and orders', () => {
  it('replaces what is known of the credentials', () => {
    const brokers = useSettingsStore.getState().brokers.map((broker) => ({ ...broker, fieldsSet: ['accessToken'] }));
    applyEvents([{ type: 'brokers', brokers }]);
    expect(useSettingsStore.getState().brokers.at(-1)?.fieldsSet).toEqual(['accessToken']);
  });

  it('is a line for an order that moved, which stays where it was refused', () => {
    const order = {
      id: '1',
      instrument: RELIANCE,
      symbol: 'RELIANCE',
      side: 'buy',
      quantity: 10,
      filledQuantity: 10,
      averagePrice: 1_412,
      state: 'filled',
      message: undefined,
      time: 0 as EpochMs,
    } as const;
    applyEvents([
      { type: 'order', order: { ...order, state: 'in-flight' } },
      { type: 'order', order },
      { type: 'order', order: { ...order, state: 'rejected', message: 'No margin.' } },
    ]);
    expect(useNoticeStore.getState().notices).toMatchObject([
      { level: 'info', text: 'RELIANCE BUY 10 filled at 1,412.00' },
      { level: 'error', text: 'RELIANCE BUY 10 rejected: No margin.' },
    ]);
  });
});

describe('a snapshot', () => {
  it('fills every store', () => {
    expect(useSettingsStore.getState().instruments).toHaveLength(31);
    expect(useSettingsStore.getState().byKey.get(RELIANCE)?.name).toBe('Reliance Limited');
    expect(useAlertStore.getState()).toMatchObject({ unread: 2 });
    expect([...useAlertStore.getState().formingSignals.values()].map(({ instrument }) => instrument)).toEqual([
      'NSE:COALINDIA',
    ]);
    expect(useFeedStore.getState().feed?.source).toBe('simulator');
    expect(quotes.store.getState().quotes.size).toBe(31);
    expect(sparklines.of(RELIANCE)).toHaveLength(36);
  });

  it('charts the first stock, not the index, when nothing known was chosen', async () => {
    expect(useSelection.getState().instrument).toBe(RELIANCE);
    useSelection.getState().select('NSE:ITC' as InstrumentKey);
    applySnapshot(await client.invoke('app.snapshot', null));
    expect(useSelection.getState().instrument, 'a choice that still exists stays').toBe('NSE:ITC');
    useSelection.getState().select('NSE:GONE' as InstrumentKey);
    applySnapshot(await client.invoke('app.snapshot', null));
    expect(useSelection.getState().instrument).toBe(RELIANCE);
  });

  it('counts up, so that charts load again', async () => {
    const { generation } = useFeedStore.getState();
    applySnapshot(await client.invoke('app.snapshot', null));
    expect(useFeedStore.getState().generation).toBe(generation + 1);
  });
});

describe('events', () => {
  it('put a price on screen with the next frame', () => {
    const quote: Quote = { ...known(RELIANCE), ltp: 1 };
    applyEvents([{ type: 'quote', quote }]);
    expect(quotes.store.getState().quotes.get(RELIANCE)?.ltp).not.toBe(1);
    frames.paint();
    expect(quotes.store.getState().quotes.get(RELIANCE)?.ltp).toBe(1);
    expect(sparklines.of(RELIANCE).at(-1)).toBe(1);
  });

  it('list an alert once, newest first, and count the unread', () => {
    const alert = alertOf('INFY', 'buy', -1, false);
    applyEvents([{ type: 'alert', alert, told: { sound: true, spoken: false, volume: 0.6 } }]);
    applyEvents([{ type: 'alert', alert, told: { sound: true, spoken: false, volume: 0.6 } }]);
    expect(useAlertStore.getState().alerts.filter(({ id }) => id === alert.id)).toHaveLength(1);
    expect(useAlertStore.getState().alerts[0]?.id).toBe(alert.id);
    expect(useAlertStore.getState().unread).toBe(3);
    applyEvents([{ type: 'alerts-changed', alerts: [{ ...alert, read: true }] }]);
    expect(useAlertStore.getState()).toMatchObject({ unread: 0 });
  });

  it('let a forming signal come and vanish', () => {
    const { signal } = alertOf('ITC', 'sell', -1, false);
    applyEvents([{ type: 'forming-signal', instrument: signal.instrument, rule: signal.rule, signal }]);
    expect(useAlertStore.getState().formingSignals.get(`${signal.instrument} ${signal.rule}`)?.side).toBe('sell');
    applyEvents([{ type: 'forming-signal', instrument: signal.instrument, rule: signal.rule, signal: null }]);
    expect(useAlertStore.getState().formingSignals.has(`${signal.instrument} ${signal.rule}`)).toBe(false);
  });

  it('show how far a task has come, and no more once it is through', () => {
    applyEvents([{ type: 'progress', progress: { task: 'poll', done: 23, total: 50 } }]);
    expect(useFeedStore.getState().progress?.done).toBe(23);
    applyEvents([{ type: 'progress', progress: { task: 'poll', done: 50, total: 50 } }]);
    expect(useFeedStore.getState().progress).toBeUndefined();
  });

  it('forget a task that the feed has left', () => {
    const { feed } = useFeedStore.getState();
    if (feed === undefined) throw new Error('The snapshot has a feed.');
    const task = (name: 'poll' | 'history') =>
      applyEvents([{ type: 'progress', progress: { task: name, done: 23, total: 50 } }]);
    task('poll');
    applyEvents([{ type: 'feed', feed: { ...feed, mode: 'polling' } }]);
    expect(useFeedStore.getState().progress?.done, 'polling goes on').toBe(23);
    applyEvents([{ type: 'feed', feed: { ...feed, mode: 'streaming' } }]);
    expect(useFeedStore.getState().progress, 'nobody polls').toBeUndefined();
    task('history');
    applyEvents([{ type: 'feed', feed: { ...feed, mode: 'streaming' } }]);
    expect(useFeedStore.getState().progress?.task, 'history goes on').toBe('history');
    applyEvents([{ type: 'feed', feed: { ...feed, status: { state: 'stopped', reason: 'by-user' } } }]);
    expect(useFeedStore.getState().progress, 'nothing runs').toBeUndefined();
  });

  it('show the same notice once', () => {
    applyEvents([{ type: 'notice', level: 'error', text: 'The disk is full. Free some space.' }]);
    applyEvents([{ type: 'notice', level: 'error', text: 'The disk is full. Free some space.' }]);
    expect(useNoticeStore.getState().notices.map(({ text }) => text)).toEqual(['The disk is full. Free some space.']);
  });
});

describe('a change of settings', () => {
  it('is sent as a patch and comes back whole', async () => {
    expect(await useSettingsStore.getState().update({ feed: { mode: 'polling' } })).toBe(true);
    expect(engine.asked.at(-1)).toEqual({ name: 'settings.update', input: { feed: { mode: 'polling' } } });
    expect(useSettingsStore.getState().settings?.feed).toMatchObject({ mode: 'polling', pollSeconds: 60 });
  });

  it('that is refused leaves the settings alone and says why', async () => {
    expect(await useSettingsStore.getState().update({ rule: { fast: 40 } })).toBe(false);
    expect(useSettingsStore.getState().settings?.rule.fast).toBe(9);
    expect(useNoticeStore.getState().notices[0]?.text).toContain('fast EMA must be shorter');
  });

  it('asked of an engine that has gone adds no line to the bar that says so', async () => {
    useFeedStore.setState({ connected: false });
    expect(await useSettingsStore.getState().update({ rule: { fast: 40 } })).toBe(false);
    expect(useNoticeStore.getState().notices).toEqual([]);
  });
});

describe('a change of the channels', () => {
  it('is counted, for whoever shows them to ask again', () => {
    const before = useChannelStore.getState().changes;
    applyEvents([{ type: 'channels-changed' }]);
    expect(useChannelStore.getState().changes).toBe(before + 1);
  });
});

function known(instrument: InstrumentKey): Quote {
  const quote = quotes.store.getState().quotes.get(instrument);
  if (quote === undefined) throw new Error(`No quote of ${instrument}`);
  return { ...quote, time: (quote.time + 1) as EpochMs };
}

import { describe, expect, it } from 'vitest';
import { SECOND_MS } from '../../../src/core/brand.ts';
import { manySymbols } from '../../fakes/kucoin-symbols.ts';
import { JumpingClock } from './jumping-clock.ts';
import { eventually, key, startFeed } from './running-feed.ts';

/** How many topics each open connection carries. */
const loads = (venue: Awaited<ReturnType<typeof startFeed>>['venue']): readonly number[] =>
  venue.clients.filter(({ isOpen }) => isOpen).map(({ topics }) => topics.size);

describe('subscriptions at KuCoin', () => {
  it('fail alone where the topic is not known, and are not asked again', async () => {
    const { venue, feed, notes, live } = await startFeed({
      prepare: (before) => {
        before.faults.unknown.add('ETH-USDT');
      },
    });
    await live();
    await eventually(() => notes.rejects).toEqual([
      { reason: 'unknown-topic', detail: '/market/match:ETH-USDT' },
      { reason: 'unknown-topic', detail: '/market/ticker:ETH-USDT' },
    ]);
    await eventually(() => loads(venue)).toEqual([4]);
    expect(feed.connections?.()).toMatchObject([{ subscriptions: 4, errors: 2, reconnects: 0 }]);
    const asked = venue.frames.length;
    feed.watch(new Set([key('BTC-USDT'), key('ETH-USDT')]));
    await eventually(() => loads(venue)).toEqual([2]);
    expect(venue.frames.slice(asked).map(({ frame }) => frame.type)).toEqual(['unsubscribe', 'unsubscribe']);
    expect(notes.story).toBe('connecting live');
  });

  it('find the one that is not known by halves, where the venue does not say which', async () => {
    const symbols = manySymbols(20);
    const { venue, notes } = await startFeed({
      symbols,
      prepare: (before) => {
        before.faults.unknown.add('C7-USDT');
        before.faults.namesUnknown = false;
      },
    });
    await eventually(() => loads(venue)).toEqual([38]);
    await eventually(() => notes.rejects.map(({ detail }) => detail).sort()).toEqual([
      '/market/match:C7-USDT',
      '/market/ticker:C7-USDT',
    ]);
  });

  it('are divided when a frame names too many', async () => {
    const { venue, notes } = await startFeed({ symbols: manySymbols(25), venue: { mostPerFrame: 10 } });
    await eventually(() => loads(venue)).toEqual([50]);
    expect(notes.rejects).toEqual([]);
  });

  it('move to a further connection when the venue says that one is full', async () => {
    const { venue, feed, notes } = await startFeed({ symbols: manySymbols(15), venue: { mostTopics: 20 } });
    await eventually(() => loads(venue)).toEqual([15, 15]);
    expect(notes.rejects).toEqual([]);
    expect(feed.connections?.().map(({ name, subscriptions }) => [name, subscriptions])).toEqual([
      ['stream 1', 15],
      ['stream 2', 15],
    ]);
    notes.forget();
    for (const { key: name } of [{ key: 'C1-USDT' }, { key: 'C15-USDT' }]) await venue.trade(name);
    await eventually(() => notes.recent.map(({ instrument }) => instrument).sort()).toEqual([
      'KUCOIN:C1-USDT',
      'KUCOIN:C15-USDT',
    ]);
  });

  it('go to as many connections as the person’s setting asks for, a hundred topics a frame', async () => {
    const { venue, notes } = await startFeed({
      symbols: manySymbols(220),
      context: { options: { topicsPerConnection: 250 } },
    });
    await eventually(() => loads(venue)).toEqual([250, 190]);
    const sizes = venue.frames
      .filter(({ frame }) => frame.type === 'subscribe')
      .map(({ frame }) => frame.topic?.split(',').length ?? 0);
    expect(Math.max(...sizes)).toBe(100);
    expect(notes.rejects).toEqual([]);
  });

  it('are counted where no connection has room for them', async () => {
    const { venue, notes } = await startFeed({
      symbols: manySymbols(20),
      context: { options: { topicsPerConnection: 10 } },
      tuning: { mostConnections: 2 },
    });
    await eventually(() => loads(venue)).toEqual([10, 10]);
    expect(notes.rejects).toEqual([{ reason: 'too-many-topics', detail: '20 topics have no room' }]);
  });

  it('are asked once more when nobody answers, and then given up', async () => {
    const clock = new JumpingClock();
    const { venue, notes } = await startFeed({
      context: { clock },
      venue: { pingIntervalMs: 60 * SECOND_MS },
      watched: [key('BTC-USDT')],
      prepare: (before) => {
        before.faults.ignoreNext = 3;
      },
    });
    const topics = () => venue.frames.map(({ frame }) => frame.topic);
    await eventually(topics).toEqual(['/market/match:BTC-USDT', '/market/ticker:BTC-USDT']);
    clock.jump(10 * SECOND_MS);
    await eventually(() => topics().length).toBe(4);
    await eventually(() => loads(venue)).toEqual([1]);
    clock.jump(10 * SECOND_MS);
    await eventually(() => notes.rejects).toEqual([{ reason: 'unanswered', detail: '/market/match:BTC-USDT' }]);
    expect(topics()).toHaveLength(4);
    expect(loads(venue)).toEqual([1]);
  });
});

import { describe, expect, it } from 'vitest';
import { bookPush } from '../../fakes/kucoin-messages.ts';
import { eventually, key, startFeed } from './running-feed.ts';

describe('the KuCoin feed over real sockets', () => {
  it('waits for the welcome before it sends anything, and then asks for trades and best prices', async () => {
    const { venue, live } = await startFeed({
      prepare: (before) => {
        before.faults.welcomeMs = 150;
      },
    });
    await eventually(() => venue.clients.length).toBe(1);
    expect(venue.frames).toEqual([]);
    await live();
    expect(venue.clients[0]?.wasEarly).toBe(false);
    expect(venue.frames.filter(({ frame }) => frame.type === 'subscribe').map(({ frame }) => frame.topic)).toEqual([
      '/market/match:BTC-USDT,ETH-USDT,GALAX-USDT',
      '/market/ticker:BTC-USDT,ETH-USDT,GALAX-USDT',
    ]);
  });

  it('escapes the token, names itself, and asks for it with nothing in the body', async () => {
    const { venue, live } = await startFeed();
    await live();
    expect(venue.tokens).toHaveLength(1);
    expect(venue.clients[0]?.connectId).toMatch(/^tickscope-\d+$/);
    const asked = venue.requests.find(({ path }) => path.endsWith('bullet-public'));
    expect(asked).toMatchObject({ method: 'POST', bodyBytes: 0 });
  });

  it('tells trades with quantity and side, and best prices as quotes', async () => {
    const { venue, notes, live } = await startFeed();
    await live();
    notes.forget();
    const time = Date.now();
    await venue.trade('BTC-USDT', { price: '67523', size: '0.003', side: 'sell', tradeId: 'a', time });
    await venue.quote('ETH-USDT', { price: '3400.5', bestBid: '3400.4', bestAsk: '3400.6', time, sequence: '7' });
    await eventually(() => notes.pictures.length).toBe(1);
    expect(notes.recent).toEqual([
      {
        instrument: 'KUCOIN:BTC-USDT',
        ltp: 67_523,
        quantity: 0.003,
        side: 'sell',
        time,
        receivedAt: expect.any(Number),
      },
    ]);
    expect(notes.recent[0]).not.toHaveProperty('dayVolume');
    expect(notes.pictures).toMatchObject([
      { instrument: 'KUCOIN:ETH-USDT', ltp: 3_400.5, bid: 3_400.4, ask: 3_400.6, time },
    ]);
    expect(notes.bytes).toBeGreaterThan(200);
  });

  it('counts a trade once, however often it is told', async () => {
    const { venue, notes, live } = await startFeed();
    await live();
    notes.forget();
    for (const tradeId of ['a', 'b', 'a', 'b', 'c', 'a']) await venue.trade('BTC-USDT', { tradeId });
    await venue.trade('ETH-USDT', { tradeId: 'a' });
    await eventually(() => notes.recent.length).toBe(4);
    expect(notes.rejects).toEqual([]);
  });

  it('brings the order book while it is wanted, on quotes and on the next trade', async () => {
    const { venue, feed, notes, live, carries } = await startFeed({ watched: [key('BTC-USDT')] });
    await live();
    feed.books?.(true);
    await carries('/spotMarket/level2Depth5:BTC-USDT');
    notes.forget();
    // The wrong way round, as one official sample has it.
    const asks = [
      ['67523.3', '2'],
      ['67523.2', '1'],
    ] as const;
    await venue.push(bookPush({ symbol: 'BTC-USDT', bids: [['67523.1', '0.5']], asks, timestamp: Date.now() }));
    await venue.trade('BTC-USDT', { price: '67523.2' });
    await eventually(() => notes.recent.length).toBe(1);
    const book = {
      bids: [{ price: 67_523.1, quantity: 0.5, orders: undefined }],
      asks: [
        { price: 67_523.2, quantity: 1, orders: undefined },
        { price: 67_523.3, quantity: 2, orders: undefined },
      ],
    };
    expect(notes.pictures.at(-1)).toMatchObject({ bid: 67_523.1, ask: 67_523.2, book });
    expect(notes.recent[0]?.book).toEqual(book);
    feed.books?.(false);
    await eventually(() => venue.clients[0]?.topics.has('/spotMarket/level2Depth5:BTC-USDT')).toBe(false);
  });

  it('measures half the way there and back, and counts what it subscribed', async () => {
    const { feed, live } = await startFeed({ venue: { pingIntervalMs: 60, pingTimeoutMs: 50 } });
    await live();
    await eventually(() => feed.connections?.()[0]?.latencyMs).toBeTypeOf('number');
    expect(feed.connections?.()).toMatchObject([
      { name: 'stream 1', state: 'live', subscriptions: 6, reconnects: 0, rotations: 0, errors: 0 },
    ]);
    expect(feed.connections?.()[0]?.messages).toBeGreaterThanOrEqual(3);
  });

  it('logs its totals when it ends', async () => {
    const { live, stop, ran, logger } = await startFeed();
    await live();
    stop.abort();
    await ran;
    expect(logger.lines.join('\n')).toMatch(/has ended.*"connection":"stream 1".*"messages":\d+.*"errors":0/);
  });
});

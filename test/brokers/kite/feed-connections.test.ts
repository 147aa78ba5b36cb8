import { describe, expect, it } from 'vitest';
import { INFY, instrumentsFor, SBIN } from '../../fakes/kite-instruments.ts';
import { eventually } from '../../support/eventually.ts';
import { key } from './open-context.ts';
import { startFeed } from './running-feed.ts';

const order = (changes: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    type: 'order',
    data: {
      order_id: '1234567890123456789',
      status: 'OPEN',
      tradingsymbol: 'SBIN',
      instrument_token: SBIN.token,
      transaction_type: 'SELL',
      quantity: 5,
      filled_quantity: 0,
      average_price: 0,
      exchange_update_timestamp: '2026-11-20 12:00:01',
      ...changes,
    },
  });

describe('orders over the Kite ticker', () => {
  it('are told once, although each of three sockets hears of them', async () => {
    const listed = instrumentsFor(['NSE:A', 'NSE:B', 'NSE:C', 'NSE:D', 'NSE:E']);
    const { venue, notes } = await startFeed({
      listed,
      tuning: { limits: { instrumentsPerSocket: 2, sockets: 3 } },
    });
    await eventually(() => venue.ticker.subscriptions.length).toBe(3);
    await venue.send(order());
    await venue.send(order({ status: 'COMPLETE', filled_quantity: 5, average_price: 801.5 }));
    await eventually(() => notes.orders.length).toBe(2);
    await venue.send('{"type":"message","data":"the last word"}');
    expect(notes.orders).toMatchObject([
      { id: '1234567890123456789', symbol: 'SBIN', side: 'sell', state: 'open', averagePrice: undefined },
      { state: 'filled', filledQuantity: 5, averagePrice: 801.5 },
    ]);
    expect(notes.rejects).toEqual([]);
  });

  it('name the instrument where it is one of ours, and are counted where they are none', async () => {
    const { venue, notes, reach, trade } = await startFeed({ watched: [key('INFY')] });
    await reach('live');
    await venue.send(order());
    await venue.send(order({ quantity: 'five' }));
    await venue.send('{"type":"order"}');
    await venue.send(order({ status: 'COMPLETE', filled_quantity: 5 }));
    await venue.send(order({ guid: 'late' }));
    await eventually(() => notes.rejects.map(({ reason }) => reason)).toEqual(['bad-order', 'bad-order', 'late-order']);
    expect(notes.orders.map(({ instrument, state }) => `${instrument} ${state}`)).toEqual([
      'NSE:SBIN open',
      'NSE:SBIN filled',
    ]);
    await trade(INFY.token);
    await eventually(() => notes.recent.at(-1)?.ltp, 'prices go on').toBe(101);
  });
});

describe('the connections of the Kite feed', () => {
  it('are counted, one entry a socket', async () => {
    const listed = instrumentsFor(['NSE:A', 'NSE:B', 'NSE:C']);
    const { venue, session, notes, reach, trade } = await startFeed({
      listed,
      tuning: { limits: { instrumentsPerSocket: 2, sockets: 3 } },
    });
    await eventually(() => venue.ticker.subscriptions.map(({ size }) => size)).toEqual([2, 1]);
    await reach('live');
    await venue.send('not json');
    await eventually(() => notes.rejects.length).toBe(2);
    expect(session.feed.connections?.()).toMatchObject([
      { name: 'ticker 1', state: 'live', reconnects: 0, rotations: 0, errors: 1, drops: 0, subscriptions: 2 },
      { name: 'ticker 2', state: 'live', reconnects: 0, rotations: 0, errors: 1, drops: 0, subscriptions: 1 },
    ]);
    venue.kill();
    await reach('waiting');
    await reach('live');
    await trade(...listed.map(({ token }) => token));
    await eventually(() => notes.recent.length).toBeGreaterThan(3);
    const [first] = session.feed.connections?.() ?? [];
    expect(first).toMatchObject({ reconnects: 1, errors: 2 });
    expect(first?.messages).toBeGreaterThan(2);
    expect(first?.bytes).toBeGreaterThan(300);
    expect(first?.lastDataAt).toBeGreaterThan(0);
  });

  it('keep their counts when the feed has ended', async () => {
    const { session, stop, ran } = await startFeed();
    stop.abort();
    await ran;
    expect(session.feed.connections?.()).toMatchObject([{ name: 'ticker 1', state: 'stopped' }]);
  });

  it('are looked at when the computer wakes up: a dead one is replaced at once', async () => {
    const { venue, session, notes, reach } = await startFeed({ watched: [key('INFY')] });
    await reach('live');
    venue.kill();
    await reach('waiting');
    session.feed.wake?.();
    await reach('live');
    expect(notes.statuses.filter(({ state }) => state === 'waiting')).toHaveLength(1);
  });
});

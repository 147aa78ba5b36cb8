import { describe, expect, it } from 'vitest';
import { GAZP, instrumentsFor, SBER } from '../../fakes/tinvest-frames.ts';
import { eventually } from '../../support/eventually.ts';
import { fastClock } from '../../support/real-clock.ts';
import { key } from './open-context.ts';
import { MARKET_HOURS, startFeed } from './running-feed.ts';

describe('the T-Invest feed over real sockets', () => {
  it('asks for trades, last price and status, and tells trades with quantity and side', async () => {
    const { venue, notes, clock, reach, subscriptions } = await startFeed({ watched: [key('SBER')] });
    await reach('live');
    await eventually(subscriptions).toEqual([`info ${SBER.uid}`, `lastPrice ${SBER.uid}`, `trades ${SBER.uid}`]);
    expect(venue.stream.requests[0]).toBe('{"pingSettings":{"pingDelayMs":20000}}');
    const time = Math.floor(clock.now());
    venue.trade({ uid: SBER.uid, price: 250.07, quantity: 3, side: 'sell', time });
    venue.trade({ uid: SBER.uid, price: 250.07, quantity: 3, side: 'sell', time });
    await eventually(() => notes.tickCount).toBe(2);
    expect(notes.recent[0]).toMatchObject({ instrument: 'MOEX:SBER', ltp: 250.07, quantity: 3, side: 'sell', time });
    expect(notes.recent.every(({ dayVolume }) => dayVolume === undefined)).toBe(true);
  });

  it('shows the last price it gets on subscribing, and takes it for no trade', async () => {
    const { notes, reach } = await startFeed({ watched: [key('SBER')] });
    await reach('live');
    await eventually(() => notes.pictures.length).toBe(1);
    expect(notes.pictures).toMatchObject([{ instrument: 'MOEX:SBER', ltp: SBER.price }]);
    expect(notes.tickCount).toBe(0);
  });

  it('leaves out the broker’s own deals', async () => {
    const { venue, notes, clock, reach } = await startFeed({ watched: [key('SBER')] });
    await reach('live');
    const deal = { uid: SBER.uid, price: 250, quantity: 1, time: Math.floor(clock.now()) };
    venue.trade({ ...deal, source: 'DEALER' });
    venue.trade({ ...deal, price: 251 });
    await eventually(() => notes.tickCount).toBe(1);
    expect(notes.recent[0]?.ltp).toBe(251);
  });

  it('brings the order book while it is wanted, of the depth that is set', async () => {
    const { venue, session, notes, clock, reach, trade, subscriptions } = await startFeed({
      watched: [key('SBER')],
      options: { bookDepth: '20' },
    });
    await reach('live');
    session.feed.books?.(true);
    await eventually(subscriptions).toContain(`orderbook ${SBER.uid} 20`);
    venue.book({ uid: SBER.uid, bids: [[250.01, 4]], asks: [[250.03, 6]], time: Math.floor(clock.now()) });
    await eventually(() => notes.pictures.at(-1)?.bid).toBe(250.01);
    expect(notes.pictures.at(-1)).toMatchObject({ ltp: SBER.price, ask: 250.03 });
    trade(SBER);
    await eventually(() => notes.recent.at(-1)?.book).toEqual({
      bids: [{ price: 250.01, quantity: 4 }],
      asks: [{ price: 250.03, quantity: 6 }],
    });
    session.feed.books?.(false);
    await eventually(subscriptions).not.toContain(`orderbook ${SBER.uid} 20`);
    trade(SBER);
    await eventually(() => notes.tickCount).toBe(2);
    expect(notes.recent.at(-1)?.book).toBeUndefined();
  });

  it('refuses books that cannot be, and shows none then', async () => {
    const { venue, session, notes, clock, reach, trade, subscriptions } = await startFeed({ watched: [key('SBER')] });
    await reach('live');
    session.feed.books?.(true);
    await eventually(subscriptions).toContain(`orderbook ${SBER.uid} 10`);
    const time = Math.floor(clock.now());
    venue.book({ uid: SBER.uid, bids: [[250, 1]], asks: [[251, 1]], time });
    venue.book({ uid: SBER.uid, bids: [[252, 1]], asks: [[251, 1]], time: time + 1 });
    venue.book({ uid: SBER.uid, bids: [[250, 1]], asks: [[251, 1]], time: time + 2, isConsistent: false });
    trade(SBER);
    await eventually(() => notes.tickCount).toBe(1);
    expect(notes.rejects.map(({ reason }) => reason)).toEqual(['crossed-book', 'inconsistent-book']);
    expect(notes.recent[0]?.book).toBeUndefined();
  });

  it('tells the venue’s own candles, and when they have closed', async () => {
    const { venue, session, notes, reach, clock, subscriptions } = await startFeed({ watched: [key('SBER')] });
    await reach('live');
    session.feed.candles?.(['1m', '15m', '45s']);
    const of = (name: string) => `candles ${SBER.uid} SUBSCRIPTION_INTERVAL_${name}`;
    await eventually(subscriptions).toEqual(expect.arrayContaining([of('ONE_MINUTE'), of('FIFTEEN_MINUTES')]));
    expect(subscriptions().filter((id) => id.startsWith('candles'))).toHaveLength(2);
    const minute = Math.floor(clock.now() / 60_000) * 60_000 - 120_000;
    const bar = { uid: SBER.uid, interval: 'ONE_MINUTE', open: 250, high: 251, low: 249, close: 250.5, volume: 12 };
    venue.candle({ ...bar, time: minute });
    venue.candle({ ...bar, time: minute + 60_000, close: 250.2 });
    venue.candle({ ...bar, time: minute, volume: 13 });
    await eventually(() => notes.candles.length).toBeGreaterThanOrEqual(4);
    const told = notes.candles.map(({ candle, closed }) => [candle.openTime - minute, candle.volume, closed]);
    expect(told.slice(0, 4)).toEqual([
      [0, 12, false],
      [0, 12, true],
      [60_000, 12, false],
      [0, 13, true],
    ]);
    expect(notes.candles[0]?.candle).toMatchObject({ instrument: 'MOEX:SBER', timeframe: '1m', high: 251 });
    await eventually(() => notes.candles.at(-1)).toMatchObject({ closed: true, candle: { openTime: minute + 60_000 } });
  });

  it('divides a long list among four streams, and no more', async () => {
    const listed = instrumentsFor(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I']);
    const { venue, notes, trade, session } = await startFeed({
      listed,
      tuning: { limits: { perStream: 2, streams: 4 } },
    });
    const counts = () =>
      [...venue.stream.clients].map(
        ({ subscriptions }) => subscriptions.filter((id) => id.startsWith('trades')).length,
      );
    await eventually(counts).toEqual([2, 2, 2, 2]);
    expect(notes.rejects).toEqual([{ reason: 'too-many-subscriptions', detail: '1 have no room' }]);
    trade(...listed);
    await eventually(() => new Set(notes.recent.map(({ instrument }) => instrument)).size).toBe(8);
    await eventually(() => session.feed.connections?.().map(({ name, state }) => `${name} ${state}`)).toEqual(
      [1, 2, 3, 4].map((place) => `stream ${place} live`),
    );
  });

  it('opens another stream when the venue calls one full sooner than expected', async () => {
    const { venue, subscriptions, notes } = await startFeed({
      venueOptions: { rules: { mostSubscriptions: 2, pingScale: 200 } },
    });
    await eventually(() => subscriptions().filter((id) => id.startsWith('trades')).length).toBe(3);
    expect(venue.stream.clients.size).toBe(2);
    expect(notes.rejects).toEqual([]);
  });

  it('measures the round trip, and counts per connection', async () => {
    const { session, reach, venue } = await startFeed({ watched: [key('SBER'), key('GAZP')] });
    await reach('live');
    await eventually(() => session.feed.connections?.()[0]?.latencyMs).toBeGreaterThanOrEqual(0);
    await eventually(() => session.feed.connections?.()[0]?.subscriptions).toBe(6);
    venue.send('not json');
    await eventually(() => session.feed.connections?.()[0]?.errors).toBe(1);
    expect(session.feed.connections?.()).toMatchObject([{ name: 'stream 1', reconnects: 0, state: 'live' }]);
  });

  it('takes a hundred thousand trades and loses none', async () => {
    const { venue, notes, reach, clock } = await startFeed({ clock: fastClock(1, MARKET_HOURS) });
    await reach('live');
    const [total, batch] = [100_000, 500];
    for (let sent = 0; sent < total; sent += batch) {
      for (let index = 0; index < batch; index += 1)
        for (const client of venue.stream.clients)
          client.trade({ uid: GAZP.uid, price: 178.5, quantity: 1, time: Math.floor(clock.now()) });
      await eventually(() => notes.tickCount).toBe(sent + batch);
    }
    expect(notes.rejects).toEqual([]);
    expect(notes.drops).toBe(0);
  }, 120_000);
});

import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { NIFTY, RELIANCE, SBIN, symbolsFor } from '../../fakes/fyers-symbols.ts';
import { eventually } from '../../support/eventually.ts';
import { fastClock } from '../../support/real-clock.ts';
import { key } from './open-context.ts';
import { MARKET_HOURS, startFeed } from './running-feed.ts';

describe('the Fyers feed over real sockets', () => {
  it('logs in, asks for all values, and tells ticks as the venue sent them', async () => {
    const { venue, notes, reach, seconds } = await startFeed({ watched: [key('SBIN'), key('NIFTY 50')] });
    await reach('live');
    await eventually(() => venue.data.clients[0]?.topics.size).toBe(2);
    const [client] = venue.data.clients;
    expect([...(client?.topics ?? [])]).toEqual(['sf|nse_cm|3045', 'if|nse_cm|Nifty 50']);
    expect(client?.requests.slice(0, 2)).toMatchObject([
      { type: 'login', key: venue.login.hsmKey, mode: 'P' },
      { type: 'mode', channels: new Set([11]), mode: 'F' },
    ]);
    expect(client?.requests).toContainEqual({ type: 'ping' });
    await eventually(() => notes.tickCount).toBe(2);
    notes.forget();
    const now = seconds();
    await venue.tick(SBIN, {
      ltp: 806.4,
      v: 3_045_212,
      ltt: now,
      fdtm: now,
      ltq: 5,
      bp: 806.35,
      sp: 806.45,
      h: 810.5,
      lo: 800,
    });
    await venue.tick(NIFTY, { iv: 24_612.35, tvalue: now });
    await eventually(() => notes.recent.length).toBe(2);
    const time = now * 1_000;
    expect(notes.recent).toMatchObject([
      {
        instrument: 'NSE:SBIN',
        ltp: 806.4,
        dayVolume: 3_045_212,
        bid: 806.35,
        ask: 806.45,
        dayHigh: 810.5,
        dayLow: 800,
        previousClose: 800,
        time,
      },
      { instrument: 'NSE:NIFTY 50', ltp: 24_612.35, previousClose: 24_500, time },
    ]);
    expect(notes.recent[1]?.dayVolume, 'an index has no volume').toBeUndefined();
    expect(notes.rejects).toEqual([]);
  });

  it('takes a move of the orders for no trade, and acknowledges it all the same', async () => {
    const { venue, notes, reach, trade } = await startFeed({ watched: [key('SBIN')] });
    await reach('live');
    await trade(SBIN);
    await eventually(() => notes.recent.at(-1)?.ltp).toBe(101);
    const before = notes.tickCount;
    for (const bp of [100.5, 100.6, 100.7, 100.8]) await venue.tick(SBIN, { bp });
    await trade(SBIN);
    await eventually(() => notes.recent.at(-1)?.ltp).toBe(102);
    expect(notes.tickCount).toBe(before + 1);
    expect(notes.recent.at(-1)?.bid).toBe(100.8);
    await eventually(() => venue.data.clients[0]?.requests.filter(({ type }) => type === 'acknowledge')).toHaveLength(
      3,
    );
  });

  it('brings the order book with each trade while it is wanted, and not before or after', async () => {
    const { venue, session, notes, reach, trade } = await startFeed({ watched: [key('SBIN')] });
    await reach('live');
    const bookOfNext = async (): Promise<unknown> => {
      notes.forget();
      await trade(SBIN);
      await eventually(() => notes.recent.length).toBe(1);
      return notes.recent[0]?.book;
    };
    const topics = () => [...(venue.data.clients[0]?.topics ?? [])];
    expect(await bookOfNext()).toBeUndefined();
    session.feed.books?.(true);
    await eventually(topics).toEqual(['sf|nse_cm|3045', 'dp|nse_cm|3045']);
    await venue.book(SBIN, { bp: 99.95, bq: 10, bno1: 2, sp: 100.05, bs: 5, sno1: 1 });
    expect(await bookOfNext()).toEqual({
      bids: [{ price: 99.95, quantity: 10, orders: 2 }],
      asks: [{ price: 100.05, quantity: 5, orders: 1 }],
    });
    session.feed.books?.(false);
    await eventually(topics).toEqual(['sf|nse_cm|3045']);
    expect(await bookOfNext(), 'an old book is no book').toBeUndefined();
  });

  it('in lite mode shows prices, and makes no trades of them', async () => {
    const { venue, notes, reach } = await startFeed({ watched: [key('SBIN')], options: { lite: true } });
    await reach('live');
    await eventually(() => venue.data.clients[0]?.mode).toBe('L');
    await venue.tick(SBIN, { ltp: 812.5, v: 5_000 });
    await eventually(() => notes.pictures.at(-1)?.ltp).toBe(812.5);
    expect(notes.pictures.at(-1)).toMatchObject({ dayVolume: undefined, instrument: 'NSE:SBIN' });
    expect(notes.tickCount).toBe(0);
  });

  it('comes back after the connection is cut, and asks for what is wanted by then', async () => {
    const { venue, session, notes, reach, trade } = await startFeed({ watched: [key('SBIN')] });
    await reach('live');
    await trade(SBIN);
    await eventually(() => notes.recent.at(-1)?.ltp).toBe(101);
    const before = notes.tickCount;
    venue.kill();
    await reach('waiting');
    session.feed.watch(new Set([key('SBIN'), key('RELIANCE')]));
    await reach('live');
    await eventually(() => notes.tickCount, 'the snapshot of SBIN repeated what we know').toBe(before + 1);
    expect(notes.recent.at(-1)?.instrument).toBe('NSE:RELIANCE');
    notes.forget();
    await trade(SBIN, RELIANCE);
    await eventually(() => notes.recent.map(({ instrument }) => instrument)).toEqual(['NSE:SBIN', 'NSE:RELIANCE']);
  });

  it('asks for thousands in few frames, and says what has no place', async () => {
    const listed = symbolsFor(Array.from({ length: 3_200 }, (_none, place) => `S${place}`));
    const { venue, notes, session, trade } = await startFeed({ listed, tuning: { mostTopics: 3_100 } });
    await eventually(() => venue.data.clients[0]?.topics.size).toBe(3_100);
    const frames = venue.data.clients[0]?.requests.filter(({ type }) => type === 'subscribe');
    expect(frames?.map((frame) => 'topics' in frame && frame.topics.length)).toEqual([1_500, 1_500, 100]);
    expect(notes.rejects).toMatchObject([{ reason: 'not-streamed', detail: expect.stringContaining('and 95 more') }]);
    await eventually(() => notes.tickCount).toBe(3_100);
    await trade(...listed);
    await eventually(() => notes.tickCount).toBe(6_200);
    expect(session.feed.connections?.()).toMatchObject([{ name: 'data', state: 'live', subscriptions: 3_100 }, {}]);
  });

  it('takes a hundred thousand ticks and loses none', async () => {
    const listed = symbolsFor(Array.from({ length: 50 }, (_none, place) => `S${place}`));
    const { venue, notes, reach, seconds } = await startFeed({ listed, clock: fastClock(1, MARKET_HOURS) });
    await reach('live');
    await eventually(() => notes.tickCount).toBe(listed.length);
    const rounds = 2_000;
    for (let round = 1; round <= rounds; round += 1) {
      const values = { ltp: 100 + (round % 100) / 20, v: 1_000 + round, fdtm: seconds() };
      await venue.tickAll(new Map(listed.map((symbol) => [symbol, values])));
      await setImmediate();
    }
    await eventually(() => notes.tickCount).toBe((rounds + 1) * listed.length);
    expect(notes.rejects).toEqual([]);
    expect(notes.recent.slice(-50).every(({ dayVolume }) => dayVolume === 1_000 + rounds)).toBe(true);
  }, 120_000);
});

describe('a flood', () => {
  it('is told as dropped, and asked for anew', async () => {
    const { venue, notes, reach, trade } = await startFeed({ watched: [key('SBIN')] });
    await reach('live');
    await trade(SBIN);
    const flood = Array.from({ length: 50_000 }, (_none, place) =>
      venue.tick(SBIN, { ltp: 900, bq: place, v: 20_000 + place }),
    );
    await Promise.all(flood);
    await eventually(() => notes.drops).toBeGreaterThan(0);
    await eventually(() => venue.data.clients[0]?.requests).toContainEqual({
      type: 'snapshot',
      topics: ['sf|nse_cm|3045'],
    });
    await eventually(() => notes.recent.at(-1)).toMatchObject({ ltp: 900, dayVolume: 69_999 });
    expect(notes.story).toBe('connecting live');
  });
});

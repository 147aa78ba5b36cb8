import { describe, expect, it } from 'vitest';
import { FAKE_SYMBOLS } from '../../fakes/fcs-venue.ts';
import { eventually } from '../../support/eventually.ts';
import { fastClock } from '../../support/real-clock.ts';
import { key } from './open-context.ts';
import { MARKET_HOURS, startFeed } from './running-feed.ts';

const EURUSD = key('FX:EURUSD');
const BTCUSDT = key('BINANCE:BTCUSDT');
const ONE = { watched: [EURUSD], context: { options: { dayCandles: false } } };

describe('the FCS feed over real sockets', () => {
  it('waits for the welcome, then joins the minutes and the days of everything, each once', async () => {
    const { venue, joined } = await startFeed({ venueOptions: { welcomeMs: 200 } });
    await joined(6);
    const joins = venue.socket.heard.filter(({ type }) => type === 'join_symbol');
    expect(joins.map(({ symbol, timeframe }) => `${symbol} ${timeframe}`)).toEqual([
      ...FAKE_SYMBOLS.map((symbol) => `${symbol} 1`),
      ...FAKE_SYMBOLS.map((symbol) => `${symbol} 1D`),
    ]);
    expect(venue.socket.heard.filter(({ isEarly }) => isEarly)).toEqual([]);
  });

  it('makes ticks of the minute’s candle, with what its volume grew by and the best prices', async () => {
    const { venue, notes, joined, reach } = await startFeed(ONE);
    await joined(1);
    await venue.trade(EURUSD, 1.1745, 10);
    await venue.trade(EURUSD, 1.1747, 5);
    await reach('live');
    await eventually(() => notes.tickCount).toBe(2);
    expect(notes.recent).toMatchObject([
      { instrument: EURUSD, ltp: 1.1745, quantity: 10 },
      { instrument: EURUSD, ltp: 1.1747, quantity: 5, ask: 1.1847, bid: 1.1647 },
    ]);
  });

  it('shows asks and bids, and makes no trade of them', async () => {
    const { venue, notes, joined } = await startFeed(ONE);
    await joined(1);
    await venue.trade(EURUSD, 1.1745, 10);
    await venue.askbid(EURUSD, 1.17449, 1.17452);
    await eventually(() => notes.pictures.length).toBe(1);
    expect(notes.pictures).toMatchObject([{ instrument: EURUSD, ltp: 1.1745, bid: 1.17449, ask: 1.17452 }]);
    expect(notes.tickCount).toBe(1);
  });

  it('shows the day’s prices beside', async () => {
    const { venue, notes, joined } = await startFeed({ watched: [EURUSD] });
    await joined(2);
    await venue.trade(EURUSD, 1.17, 3);
    await venue.trade(EURUSD, 1.18, 4);
    await eventually(() => notes.pictures.at(-1)).toMatchObject({
      dayOpen: 1.17,
      dayHigh: 1.18,
      dayLow: 1.17,
      dayVolume: 7,
      ltp: 1.18,
    });
    expect(notes.recent.every(({ dayVolume }) => dayVolume === undefined)).toBe(true);
  });

  it('tells the venue’s own candles of all nine timeframes while they are wanted', async () => {
    const { venue, session, notes, joined } = await startFeed(ONE);
    await joined(1);
    session.feed.candles?.(['1m', '5m', '15m', '30m', '1h', '4h', '1d', '1w', '1mo', '2h']);
    await joined(9);
    await venue.trade(EURUSD, 1.1745, 10);
    await eventually(() => notes.candles.length).toBe(9);
    expect(notes.candles.map(({ candle }) => candle.timeframe)).toEqual([
      '1m',
      '5m',
      '15m',
      '30m',
      '1h',
      '4h',
      '1d',
      '1w',
      '1mo',
    ]);
    expect(notes.candles[0]).toMatchObject({
      candle: { instrument: EURUSD, close: 1.1745, volume: 10 },
      closed: false,
    });
    // A Friday of currencies begins on Thursday at 17:00 in New York.
    expect(notes.candles[6]?.candle.openTime).toBe(Date.parse('2026-11-19T22:00:00Z'));
    session.feed.candles?.([]);
    await joined(1);
    expect(venue.socket.heard.filter(({ type }) => type === 'leave_symbol')).toHaveLength(8);
  });

  it('leaves everything with one word when nothing is wanted any more, and ignores what comes late', async () => {
    const { venue, session, notes, joined } = await startFeed();
    await joined(6);
    session.feed.watch(new Set());
    await eventually(() => venue.socket.heard.at(-1)?.type).toBe('remove_all');
    const before = notes.tickCount;
    await venue.socket.send(
      '{"type":"price","symbol":"FX:EURUSD","timeframe":"1","prices":{"mode":"candle","t":1,"o":1,"h":1,"l":1,"c":1}}',
    );
    await venue.socket.send('{"type":"something new"}');
    await eventually(() => notes.rejects).toEqual([{ reason: 'unknown-type', detail: 'something new' }]);
    expect(notes.tickCount).toBe(before);
  });

  it('answers the server’s ping, pings by itself, and measures the way', async () => {
    const { venue, session, joined } = await startFeed({ clock: fastClock(20, MARKET_HOURS) });
    await joined(6);
    await venue.socket.send('{"type":"ping"}');
    await eventually(() => venue.socket.heard.filter(({ type }) => type === 'pong')).toHaveLength(1);
    const pong = venue.socket.heard.find(({ type }) => type === 'pong');
    expect(pong?.timestamp).toBeGreaterThan(MARKET_HOURS);
    await eventually(() => venue.socket.heard.filter(({ type }) => type === 'ping').length).toBeGreaterThan(1);
    const [first, second] = venue.socket.heard.filter(({ type }) => type === 'ping');
    expect((second?.timestamp ?? 0) - (first?.timestamp ?? 0)).toBeGreaterThanOrEqual(24_900);
    expect(session.feed.connections?.()[0]).toMatchObject({
      name: 'prices',
      state: 'connecting',
      subscriptions: 6,
      latencyMs: expect.any(Number),
    });
  });

  it('joins everything again after a cut, by full names, and goes on counting where it was', async () => {
    const { venue, session, notes, joined, reach } = await startFeed(ONE);
    await joined(1);
    await venue.trade(EURUSD, 1.1745, 10);
    await reach('live');
    venue.socket.kill();
    await reach('waiting');
    session.feed.watch(new Set([EURUSD, BTCUSDT]));
    await joined(2);
    expect(venue.socket.rooms).toEqual([['FX:EURUSD 1', 'BINANCE:BTCUSDT 1']]);
    await venue.trade(EURUSD, 1.1746, 5);
    await eventually(() => notes.recent.at(-1)).toMatchObject({ ltp: 1.1746, quantity: 5 });
    expect(notes.recent.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0)).toBe(15);
    expect(session.feed.connections?.()[0]).toMatchObject({ reconnects: 1, state: 'live' });
  });

  it('carries no more symbols than the settings say', async () => {
    const { notes, joined } = await startFeed({ context: { options: { mostSymbols: 2 } } });
    await joined(4);
    expect(notes.rejects).toEqual([{ reason: 'too-many-instruments', detail: '1 instruments have no room' }]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import type { OpenContext } from '../../../src/main/brokers/broker-module.ts';
import { fcs } from '../../../src/main/brokers/fcs/index.ts';
import { openFcs } from '../../../src/main/brokers/fcs/session.ts';
import { type FcsVenue, startFcsVenue } from '../../fakes/fcs-venue.ts';
import { eventually } from '../../support/eventually.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { fastClock } from '../../support/real-clock.ts';
import { contextFor, guessOf, key } from './open-context.ts';

const never = new AbortController().signal;
const NOON = Date.parse('2026-11-20T12:00:00Z');
const DAY_START = Date.parse('2026-11-20T00:00:00Z') / 1_000;

let venue: FcsVenue;
beforeEach(async () => {
  venue = await startFcsVenue({ symbols: ['FX:EURUSD', 'BINANCE:BTCUSDT', 'NASDAQ:AAPL', 'KRAKEN:DOGEUSD'] });
});
afterEach(() => venue.close());

const fastContext = (changes: Partial<OpenContext> = {}) =>
  contextFor(venue, { clock: fastClock(100, NOON), options: { requestsPerMinute: 600 }, ...changes });

describe('opening FCS', () => {
  it('asks nothing of the venue for what a list of ours knows', async () => {
    const session = await fcs.open(fastContext());
    expect(session.instruments).toMatchObject([
      { key: 'FX:EURUSD', segment: 'fx', priceDecimals: 5, tickSize: 0.00001, name: 'Euro / US dollar' },
      { key: 'BINANCE:BTCUSDT', segment: '24x7', priceDecimals: 2, tickSize: 0.01 },
      { key: 'NASDAQ:AAPL', segment: 'us', priceDecimals: 2, tickSize: 0.01 },
    ]);
    expect(session).toMatchObject({ quotes: {}, history: {}, playback: undefined });
    expect(venue.requests).toEqual([]);
  });

  it('looks at symbols nobody knows: their decimals, and whether they are there', async () => {
    venue.setRows('KRAKEN:DOGEUSD', '1D', [[DAY_START, 0.14121, 0.15, 0.14, 0.1443, 7]]);
    const context = fastContext({
      instruments: ['KRAKEN:DOGEUSD', 'KRAKEN:NOSUCH', 'FX:EURUSD', 'NSE:NIFTY 50'].map(guessOf),
    });
    const session = await openFcs(context);
    expect(session.instruments).toMatchObject([
      { key: 'KRAKEN:DOGEUSD', segment: '24x7', priceDecimals: 5, tickSize: 0.00001, lotSize: 1 },
      { key: 'FX:EURUSD' },
    ]);
    expect(venue.requests.map(({ path }) => path)).toEqual(['/crypto/latest']);
    const log = context.logger.lines.join('\n');
    expect(log).toContain('can have no such symbols; they are left out. {"instruments":"NSE:NIFTY 50"}');
    expect(log).toContain('does not have these symbols; they are left out. {"instruments":"KRAKEN:NOSUCH"}');
  });

  it.each([
    ['is down', 500],
    ['never answers', 'hang'],
    ['sends a web page', 'html'],
  ] as const)('guesses, and opens all the same, when the venue %s', async (_what, fault) => {
    venue.faults.api = fault;
    const instruments = ['FX:NZDJPY', 'ONA:XAUUSD', 'KRAKEN:DOGEUSD', 'NYSE:IBM'].map(guessOf);
    const context = fastContext({ instruments });
    const session = await openFcs(context, { jitter: () => 0 });
    expect(session.instruments.map(({ segment, priceDecimals }) => [segment, priceDecimals])).toEqual([
      ['fx', 3],
      ['fx', 2],
      ['24x7', 4],
      ['us', 2],
    ]);
    expect(context.logger.lines.join()).toContain('decimals are a guess');
  });

  it('uses the public demo key where there is none, for the live feed only', async () => {
    const context = fastContext({ credentials: {}, instruments: ['KRAKEN:DOGEUSD', 'FX:EURUSD'].map(guessOf) });
    const session = await openFcs(context);
    expect([session.quotes, session.history]).toEqual([undefined, undefined]);
    expect(context.logger.lines.join()).toContain('demo key is used, for the live feed only');
    const stop = new AbortController();
    session.feed.watch(new Set([key('FX:EURUSD')]));
    const ran = session.feed.run(new FeedNotes(), stop.signal);
    await eventually(() => venue.socket.rooms[0]).toEqual(['FX:EURUSD 1', 'FX:EURUSD 1D']);
    expect(venue.requests).toEqual([]);

    // A key of one's own, while the session lives.
    await session.renew?.({ accessKey: venue.accessKey });
    expect(session).toMatchObject({ quotes: {}, history: {} });
    await expect(session.renew?.({ accessKey: 'two words' })).rejects.toMatchObject({ code: 'invalid-input' });
    stop.abort();
    await ran;
  });

  it.each([
    ['an address that is none', { endpoints: { ws: 'https://user:password@host' } }, 'TICKSCOPE_FCS_WS_URL'],
    ['a key with a space', { credentials: { accessKey: 'pass word' } }, 'access key'],
  ])('refuses %s, without quoting it', async (_what, changes, expected) => {
    const failed = fcs.open(fastContext(changes));
    await expect(failed).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining(expected) });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('pass') });
  });
});

describe('quotes of FCS', () => {
  const day = (c: number) => [[DAY_START, 1.17, 1.18, 1.16, c, 91_230]] as const;

  it('come one request a market, with the day’s prices', async () => {
    venue.setRows('FX:EURUSD', '1D', day(1.1746));
    venue.setRows('BINANCE:BTCUSDT', '1D', [[DAY_START - 86_400, 10, 12, 9, 11, 5]]);
    const session = await openFcs(fastContext());
    const ticks = await session.quotes?.quotes(
      [key('FX:EURUSD'), key('BINANCE:BTCUSDT'), key('NASDAQ:AAPL'), key('FX:NOSUCH')],
      never,
    );
    expect(ticks).toMatchObject([
      {
        instrument: 'FX:EURUSD',
        ltp: 1.1746,
        dayOpen: 1.17,
        dayHigh: 1.18,
        dayLow: 1.16,
        dayVolume: 91_230,
        ask: 1.1846,
      },
      { instrument: 'BINANCE:BTCUSDT', ltp: 11, time: (DAY_START * 1_000 - 1) as EpochMs },
    ]);
    expect(ticks?.[0]?.time).toBeGreaterThanOrEqual(NOON);
    expect(venue.requests.map(({ path, fields }) => [path, fields['symbol'], fields['period']])).toEqual([
      ['/forex/latest', 'FX:EURUSD', '1D'],
      ['/crypto/latest', 'BINANCE:BTCUSDT', '1D'],
      ['/stock/latest', 'NASDAQ:AAPL', '1D'],
    ]);
  });

  it('keep to the budget: three requests, and the next a minute later', async () => {
    const clock = fastClock(200, NOON);
    const session = await openFcs(fastContext({ clock, options: { requestsPerMinute: 3 } }));
    const began = clock.now();
    const keys = ['FX:EURUSD', 'BINANCE:BTCUSDT', 'NASDAQ:AAPL'].map(key);
    await session.quotes?.quotes(keys, never);
    expect(clock.now() - began).toBeLessThan(50_000);
    // Also of a session that was opened meanwhile: the vendor counts by key.
    const next = await openFcs(fastContext({ clock, options: { requestsPerMinute: 3 } }));
    await next.quotes?.quotes(keys.slice(0, 1), never);
    expect(clock.now() - began).toBeGreaterThanOrEqual(60_000);
  });

  it('wait a minute after "too many", and stop at a refused key', async () => {
    const clock = fastClock(200, NOON);
    venue.faults.api = 429;
    const session = await openFcs(fastContext({ clock }), { jitter: () => 0 });
    const began = clock.now();
    const answer = session.quotes?.quotes([key('FX:EURUSD')], never);
    await eventually(() => venue.requests.length).toBe(1);
    venue.faults.api = undefined;
    expect(await answer).toEqual([]);
    expect(clock.now() - began).toBeGreaterThanOrEqual(59_000);
    await session.renew?.({ accessKey: 'stolen' });
    const asked = venue.requests.length;
    await expect(session.quotes?.quotes([key('FX:EURUSD')], never)).rejects.toMatchObject({
      code: 'auth-expired',
      message: expect.not.stringContaining('stolen'),
    });
    expect(venue.requests.length).toBe(asked + 1);
  });

  it.each(['html', 'rubbish', 'redirect', 500] as const)(
    'fail in a sentence at %s, after three attempts',
    async (fault) => {
      venue.faults.api = fault;
      const session = await openFcs(fastContext(), { jitter: () => 0 });
      await expect(session.quotes?.quotes([key('FX:EURUSD')], never)).rejects.toMatchObject({
        code: 'network',
        message: expect.stringMatching(/^FCS .*\.$/),
      });
      expect(venue.requests).toHaveLength(3);
    },
  );
});

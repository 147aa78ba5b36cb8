import { describe, expect, it } from 'vitest';
import { fetchDepth } from '../../../src/main/brokers/fyers/depth.ts';
import { fetchMarketStatus, isNseOpen } from '../../../src/main/brokers/fyers/market-status.ts';
import { createFyersQuotes } from '../../../src/main/brokers/fyers/quotes.ts';
import { type FakeSymbol, NIFTY, SBIN, symbolsFor } from '../../fakes/fyers-symbols.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { QuietLogger } from '../../support/quiet-logger.ts';
import { instrumentOf, key, keyOf } from './open-context.ts';

const never = new AbortController().signal;
const NOW = 1_795_000_000_000;

function answering(answer: (url: URL) => Readonly<Record<string, unknown>>) {
  const urls: URL[] = [];
  const api = {
    get(path: string) {
      const url = new URL(path, 'http://fake');
      urls.push(url);
      return Promise.resolve({ isEmpty: false, body: answer(url) });
    },
  };
  return { api, urls };
}

function quotesOf(d: readonly unknown[], symbols: readonly FakeSymbol[] = [SBIN, NIFTY]) {
  const { api, urls } = answering(() => ({ s: 'ok', d }));
  const logger = new QuietLogger();
  const instruments = symbols.map((symbol) => ({
    instrument: instrumentOf(symbol),
    ticker: symbol.ticker,
    fyToken: symbol.fyToken,
    topics: undefined,
  }));
  const source = createFyersQuotes({ api, instruments, clock: new FakeClock(NOW), logger });
  return { ask: () => source.quotes([...symbols.map(keyOf), key('NOSUCH')], never), urls, logger };
}

describe('quotes', () => {
  it('are read as the venue writes them, with its own time', async () => {
    const v = {
      lp: 806.4,
      tt: '1690953622',
      volume: 3_045_212,
      bid: 806.35,
      ask: 806.45,
      open_price: 800,
      high_price: 811,
      low_price: 0,
      prev_close_price: 801,
    };
    const { ask, urls } = quotesOf([
      { n: 'NSE:SBIN-EQ', s: 'ok', v },
      { n: 'NSE:NIFTY50-INDEX', s: 'ok', v: { lp: 24_500, volume: 0, bid: 0, ask: 0 } },
    ]);
    expect(await ask()).toEqual([
      {
        instrument: 'NSE:SBIN',
        ltp: 806.4,
        dayVolume: 3_045_212,
        bid: 806.35,
        ask: 806.45,
        previousClose: 801,
        dayOpen: 800,
        dayHigh: 811,
        dayLow: undefined,
        time: 1_690_953_622_000,
        receivedAt: NOW,
      },
      {
        instrument: 'NSE:NIFTY 50',
        ltp: 24_500,
        dayVolume: undefined,
        bid: undefined,
        ask: undefined,
        previousClose: undefined,
        dayOpen: undefined,
        dayHigh: undefined,
        dayLow: undefined,
        time: NOW,
        receivedAt: NOW,
      },
    ]);
    expect(urls.map(({ search }) => search)).toEqual(['?symbols=NSE%3ASBIN-EQ%2CNSE%3ANIFTY50-INDEX']);
  });

  it('leave out a symbol that is refused, has not traded, or makes no sense', async () => {
    const { ask, logger } = quotesOf([
      { n: 'NSE:SBIN-EQ', s: 'error', v: { code: -300, errmsg: 'Invalid symbol', s: 'error' } },
      { n: 'NSE:NIFTY50-INDEX', s: 'ok', v: { lp: 'high' } },
      { n: 'NSE:OTHER-EQ', s: 'ok', v: { lp: 1 } },
      null,
      7,
    ]);
    expect(await ask()).toEqual([]);
    expect(logger.lines).toEqual([expect.stringContaining('NIFTY 50')]);
    expect(await quotesOf([{ n: 'NSE:SBIN-EQ', s: 'ok', v: { lp: 0 } }]).ask()).toEqual([]);
  });

  it('are asked for fifty at a time', async () => {
    const symbols = symbolsFor(Array.from({ length: 120 }, (_none, place) => `S${place}`));
    const { ask, urls } = quotesOf([], symbols);
    await ask();
    expect(urls.map(({ searchParams }) => searchParams.get('symbols')?.split(',').length)).toEqual([50, 50, 20]);
  });

  it('encode what an address may not hold', async () => {
    const { ask, urls } = quotesOf([], symbolsFor(['M&M']));
    await ask();
    expect(urls[0]?.search).toBe('?symbols=NSE%3AM%26M-EQ');
  });

  it('that are none are an error', async () => {
    const { api } = answering(() => ({ s: 'ok' }));
    const parts = {
      api,
      instruments: [{ instrument: instrumentOf(SBIN), ticker: SBIN.ticker, fyToken: SBIN.fyToken, topics: undefined }],
      clock: new FakeClock(NOW),
      logger: new QuietLogger(),
    };
    await expect(createFyersQuotes(parts).quotes([key('SBIN')], never)).rejects.toMatchObject({ code: 'network' });
  });
});

describe('depth', () => {
  it('is read with both sides, empty places left out', async () => {
    const level = { price: 606.25, volume: 20, ord: 1 };
    const none = { price: 0, volume: 0, ord: 0 };
    const { api } = answering(() => ({ d: { 'NSE:SBIN-EQ': { bids: [level, none], ask: [none], c: 600 } } }));
    expect(await fetchDepth(api, 'NSE:SBIN-EQ', never)).toEqual({
      bids: [{ price: 606.25, quantity: 20, orders: 1 }],
      asks: [],
    });
    const empty = answering(() => ({ d: { 'NSE:SBIN-EQ': { bids: [], ask: [] } } }));
    expect(await fetchDepth(empty.api, 'NSE:SBIN-EQ', never)).toBeUndefined();
    await expect(fetchDepth(answering(() => ({ d: {} })).api, 'NSE:SBIN-EQ', never)).rejects.toMatchObject({
      code: 'network',
    });
  });
});

describe('the state of the markets', () => {
  const nse = { exchange: 10, segment: 10, market_type: 'NORMAL', status: 'OPEN' };

  it('is read entry by entry', async () => {
    const { api } = answering(() => ({
      marketStatus: [nse, { exchange: 'x' }, { ...nse, segment: 11, status: 'CLOSED' }],
    }));
    const markets = await fetchMarketStatus(api, never);
    expect(markets.map(({ segment, status }) => [segment, status])).toEqual([
      [10, 'OPEN'],
      [11, 'CLOSED'],
    ]);
    expect(isNseOpen(markets)).toBe(true);
    expect(isNseOpen(markets.slice(1))).toBeUndefined();
    await expect(fetchMarketStatus(answering(() => ({})).api, never)).rejects.toMatchObject({ code: 'network' });
  });
});

import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import { createKiteQuotes } from '../../../src/main/brokers/kite/quotes.ts';
import { type FakeInstrument, INFY, instrumentsFor, NIFTY } from '../../fakes/kite-instruments.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { QuietLogger } from '../../support/quiet-logger.ts';
import { instrumentOf, key } from './open-context.ts';

const now = Date.parse('2021-06-08T15:46:00+05:30') as EpochMs;
const never = new AbortController().signal;

function source(answer: (keys: readonly string[]) => unknown, listed: readonly FakeInstrument[] = [INFY, NIFTY]) {
  const asked: (readonly string[])[] = [];
  const logger = new QuietLogger();
  const api = {
    get(_endpoint: string, path: string): Promise<unknown> {
      const url = new URL(path, 'http://fake');
      expect(url.pathname).toBe('/quote');
      const keys = url.searchParams.getAll('i');
      asked.push(keys);
      return Promise.resolve(answer(keys));
    },
  };
  const instruments = listed.map((listing) => ({
    instrument: instrumentOf(listing),
    token: listing.token,
    quoteKey: `NSE:${listing.tradingSymbol}`,
  }));
  return { quotes: createKiteQuotes({ api, instruments, clock: new FakeClock(now), logger }), asked, logger };
}

/** As recorded from the real venue, for one instrument; fields nobody reads left out. */
const RECORDED = {
  instrument_token: 408_065,
  timestamp: '2021-06-08 15:45:56',
  last_trade_time: '2021-06-08 15:45:52',
  last_price: 1412.95,
  volume: 7_360_198,
  net_change: 0,
  ohlc: { open: 1396, high: 1421.75, low: 1395.55, close: 1389.65 },
};

describe('kite quotes', () => {
  it('reads price, day and the exchange’s time, which is Indian wall-clock time', async () => {
    const { quotes } = source(() => ({ 'NSE:INFY': RECORDED }));
    expect(await quotes.quotes([key('INFY')], never)).toEqual([
      {
        instrument: 'NSE:INFY',
        ltp: 1412.95,
        dayVolume: 7_360_198,
        previousClose: 1389.65,
        dayOpen: 1396,
        dayHigh: 1421.75,
        dayLow: 1395.55,
        time: Date.parse('2021-06-08T10:15:56Z'),
        receivedAt: now,
      },
    ]);
  });

  it('asks for all in one request, by names that survive a URL', async () => {
    const { quotes, asked } = source(() => ({}), instrumentsFor(['NSE:M&M', 'NSE:NIFTY 50', 'NSE:BAJAJ-AUTO']));
    await quotes.quotes([key('M&M'), key('NIFTY 50'), key('BAJAJ-AUTO')], never);
    expect(asked).toEqual([['NSE:M&M', 'NSE:NIFTY 50', 'NSE:BAJAJ-AUTO']]);
  });

  it('asks for at most five hundred at once', async () => {
    const keys = Array.from({ length: 1_001 }, (_none, index) => `NSE:S${index}`);
    const { quotes, asked } = source(
      (batch) => Object.fromEntries(batch.map((each) => [each, { last_price: 5 }])),
      instrumentsFor(keys),
    );
    expect(
      await quotes.quotes(
        keys.map((each) => key(each.slice(4))),
        never,
      ),
    ).toHaveLength(1_001);
    expect(asked.map(({ length }) => length)).toEqual([500, 500, 1]);
  });

  it('leaves out what Kite does not answer for, and what has not traded yet', async () => {
    const { quotes, logger } = source(() => ({ 'NSE:INFY': { ...RECORDED, last_price: 0 } }));
    expect(await quotes.quotes([key('INFY'), key('NIFTY 50'), key('NOSUCH')], never)).toEqual([]);
    expect(logger.lines).toEqual([]);
  });

  it('leaves out a quote that makes no sense, names it, and keeps the others', async () => {
    const { quotes, logger } = source(() => ({
      'NSE:INFY': { last_price: 'a lot' },
      'NSE:NIFTY 50': { last_price: 24_500.5, timestamp: 'soon', volume: 0 },
    }));
    expect(await quotes.quotes([key('INFY'), key('NIFTY 50')], never)).toEqual([
      { instrument: 'NSE:NIFTY 50', ltp: 24_500.5, time: now, receivedAt: now },
    ]);
    expect(logger.lines.join()).toContain('NSE:INFY');
  });

  it('asks nothing when it knows none of them', async () => {
    const { quotes, asked } = source(() => ({}));
    expect(await quotes.quotes([key('NOSUCH')], never)).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('says so when the answer is no list of quotes', async () => {
    const { quotes } = source(() => 'surprise');
    await expect(quotes.quotes([key('INFY')], never)).rejects.toMatchObject({ code: 'network' });
  });
});

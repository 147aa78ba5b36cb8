import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kucoin } from '../../../src/main/brokers/kucoin/index.ts';
import { BTC, ETH, GALA, HALTED, manySymbols } from '../../fakes/kucoin-symbols.ts';
import { type KucoinVenue, startKucoinVenue } from '../../fakes/kucoin-venue.ts';
import { fastClock } from '../../support/real-clock.ts';
import { contextFor, guessOf, key } from './open-context.ts';

const never = new AbortController().signal;
let venue: KucoinVenue;

beforeEach(async () => {
  venue = await startKucoinVenue();
});

afterEach(() => venue.close());

describe('opening KuCoin', () => {
  it('takes sizes and names from the venue’s own list, in one request', async () => {
    const session = await kucoin.open(contextFor(venue));
    expect(session.instruments).toEqual([
      { ...guessOf('BTC-USDT'), segment: '24x7', tickSize: 0.1, priceDecimals: 1, lotSize: 0.00000001 },
      { ...guessOf('ETH-USDT'), segment: '24x7', tickSize: 0.01, priceDecimals: 2, lotSize: 0.0000001 },
      {
        ...guessOf('GALAX-USDT'),
        name: 'GALA-USDT',
        segment: '24x7',
        tickSize: 0.00001,
        priceDecimals: 5,
        lotSize: 0.0001,
      },
    ]);
    expect(venue.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /api/v2/symbols']);
  });

  it('keeps a name that says more than the symbol', async () => {
    const named = { ...guessOf('BTC-USDT'), name: 'Bitcoin' };
    const session = await kucoin.open(contextFor(venue, { instruments: [named] }));
    expect(session.instruments[0]?.name).toBe('Bitcoin');
  });

  it('leaves out what the venue does not have, does not trade, or what is of another exchange, and says so', async () => {
    const foreign = { ...guessOf('BTC-USDT'), key: 'BINANCE:BTC-USDT' as never };
    const context = contextFor(venue, {
      instruments: [guessOf('BTC-USDT'), guessOf('NO-USDT'), guessOf(HALTED.symbol), foreign],
    });
    const session = await kucoin.open(context);
    expect(session.instruments.map((each) => each.key)).toEqual([key('BTC-USDT')]);
    expect(context.logger.lines.join()).toContain('NO-USDT, OLD-USDT, BTC-USDT');
    await expect(kucoin.open(contextFor(venue, { instruments: [guessOf('NO-USDT')] }))).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('opens on the list of before while KuCoin is down', async () => {
    const clock = fastClock(20);
    const first = contextFor(venue, { clock });
    await kucoin.open(first);
    venue.faults.api = 503;
    const session = await kucoin.open(contextFor(venue, { clock, cacheDir: first.cacheDir }));
    expect(session.instruments).toHaveLength(3);
    expect(session.instruments[0]?.tickSize).toBe(0.1);
  });

  it.each([
    ['a web page', 'html', 'network'],
    ['rubbish', 'rubbish', 'network'],
    ['a redirect', 'redirect', 'network'],
    ['"too many"', 429, 'rate-limited'],
    ['"trouble of our own"', 500, 'network'],
    ['an empty list', 'empty', 'network'],
    ['an error in a good answer', { code: '400100', msg: 'Invalid Parameter.' }, 'invalid-input'],
    ['"closed to your country"', { code: '400200', msg: 'Not allowed.' }, 'forbidden'],
  ] as const)('gives up on a venue that answers %s, in a sentence', async (_case, fault, code) => {
    if (fault === 'empty') venue.faults.empty = true;
    else venue.faults.api = fault;
    venue.faults.resetMs = 20;
    await expect(kucoin.open(contextFor(venue, { clock: fastClock(20) }))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/KuCoin .*\.$/),
    });
  });

  it('refuses an address that is none, without quoting it', async () => {
    for (const endpoints of [{ api: 'ftp://user:password@host' }, { api: venue.apiUrl, ws: 'http://password' }]) {
      const failed = kucoin.open(contextFor(venue, { endpoints }));
      await expect(failed).rejects.toMatchObject({
        code: 'invalid-input',
        message: expect.stringContaining('TICKSCOPE_KUCOIN_'),
      });
      await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('password') });
    }
  });
});

describe('prices looked at', () => {
  it('are asked one by one of a few instruments', async () => {
    const session = await kucoin.open(contextFor(venue));
    await venue.quote('BTC-USDT', {
      price: '67523.4',
      bestBid: '67523.3',
      bestAsk: '67523.5',
      time: 1_729_816_058_766,
    });
    const ticks = await session.quotes?.quotes([key('BTC-USDT'), key('ETH-USDT'), key('NO-USDT')], never);
    expect(ticks).toEqual([
      {
        instrument: key('BTC-USDT'),
        ltp: 67_523.4,
        bid: 67_523.3,
        ask: 67_523.5,
        time: 1_729_816_058_766,
        receivedAt: expect.any(Number),
      },
    ]);
    expect(venue.requests.slice(1).map(({ path, query }) => `${path} ${query.get('symbol')}`)).toEqual([
      '/api/v1/market/orderbook/level1 BTC-USDT',
      '/api/v1/market/orderbook/level1 ETH-USDT',
    ]);
  });

  it('are asked all at once of many, whose figures of 24 hours are no figures of the day', async () => {
    await venue.close();
    const symbols = [BTC, ETH, GALA, ...manySymbols(30)];
    venue = await startKucoinVenue({ symbols });
    const session = await kucoin.open(contextFor(venue, {}, symbols));
    await venue.quote('BTC-USDT', { price: '67523.4' });
    await venue.quote('C3-USDT', { price: '5.5', bestBid: '5.4', bestAsk: '5.6' });
    const ticks = await session.quotes?.quotes(
      session.instruments.map((each) => each.key),
      never,
    );
    expect(venue.requests.slice(1).map(({ path }) => path)).toEqual(['/api/v1/market/allTickers']);
    expect(ticks).toHaveLength(2);
    expect(ticks?.[1]).toEqual({
      instrument: key('C3-USDT'),
      ltp: 5.5,
      bid: 5.4,
      ask: 5.6,
      time: expect.any(Number),
      receivedAt: expect.any(Number),
    });
  });

  it('wait as long as the venue says when there were too many requests', async () => {
    const session = await kucoin.open(contextFor(venue));
    await venue.quote('BTC-USDT');
    venue.faults.api = 429;
    venue.faults.resetMs = 1_500;
    const asked = Date.now();
    const answer = session.quotes?.quotes([key('BTC-USDT')], never);
    await new Promise<void>((resolve) => {
      const look = setInterval(() => {
        if (venue.requests.length < 2) return;
        clearInterval(look);
        resolve();
      }, 5);
    });
    venue.faults.api = undefined;
    expect(await answer).toHaveLength(1);
    expect(Date.now() - asked).toBeGreaterThanOrEqual(1_450);
    expect(venue.requests).toHaveLength(3);
  });

  it('stop when told to', async () => {
    const session = await kucoin.open(contextFor(venue));
    venue.faults.api = 'hang';
    const stop = new AbortController();
    const answer = expect(session.quotes?.quotes([key('BTC-USDT')], stop.signal)).rejects.toThrow('enough');
    stop.abort(new Error('enough'));
    await answer;
  });
});

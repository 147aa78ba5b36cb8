import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { KiteConnect } from 'kiteconnect';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { kiteLogin } from '../../../src/main/brokers/kite/broker-login.ts';
import { openKite } from '../../../src/main/brokers/kite/session.ts';
import { FAKE_INSTRUMENTS, INFY, MAHINDRA, NIFTY } from '../../fakes/kite-instruments.ts';
import type { FakeTick } from '../../fakes/kite-packets.ts';
import { type KiteVenue, startKiteVenue } from '../../fakes/kite-venue.ts';
import { eventually } from '../../support/eventually.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { realClock } from '../../support/real-clock.ts';
import { contextFor, key } from './open-context.ts';

const { version } = createRequire(import.meta.url)('kiteconnect/package.json') as { readonly version: string };
const never = new AbortController().signal;
let venue: KiteVenue;

beforeEach(async () => {
  venue = await startKiteVenue({ keepsLimits: false });
});

afterEach(() => venue.close());

interface OfficialTick {
  readonly instrument_token: number;
  readonly mode: string;
  readonly last_price: number;
  readonly volume_traded?: number;
  readonly ohlc?: { readonly open: number; readonly high: number; readonly low: number; readonly close: number };
  readonly exchange_timestamp?: string;
}

/** Starts the official ticker; what it says arrives in the lists. */
function startOfficialTicker(tokens: readonly number[], accessToken = venue.accessToken) {
  const script = join(import.meta.dirname, 'official-ticker.ts');
  const args = [script, `${venue.wsUrl}/`, venue.apiKey, accessToken, tokens.join(',')];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  onTestFinished(async () => {
    child.stdin?.end();
    await ended;
  });
  const ticks: OfficialTick[] = [];
  const events: { readonly event: string; readonly value: unknown }[] = [];
  if (child.stdout !== null) {
    createInterface(child.stdout).on('line', (line) => {
      const said = JSON.parse(line) as { readonly event: string; readonly value: unknown };
      if (said.event === 'ticks') ticks.push(...(said.value as OfficialTick[]));
      else events.push(said);
    });
  }
  return { ticks, events };
}

describe(`the official client, kiteconnect ${version}, at the fake venue`, () => {
  it('connects, subscribes and receives the values our feed receives', async () => {
    const official = startOfficialTicker([INFY.token, NIFTY.token]);
    const session = await openKite(contextFor(venue, FAKE_INSTRUMENTS));
    const notes = new FeedNotes();
    const stop = new AbortController();
    session.feed.watch(new Set([key('INFY'), key('NIFTY 50')]));
    const ran = session.feed.run(notes, stop.signal);
    const wanted = { [INFY.token]: 'full', [NIFTY.token]: 'full' };
    await eventually(() => venue.ticker.subscriptions.map((each) => Object.fromEntries(each))).toEqual([
      wanted,
      wanted,
    ]);
    // Both have the picture of the subscription before the trades begin.
    await eventually(() => official.ticks.filter(({ mode }) => mode === 'full').length).toBe(2);
    await eventually(() => notes.tickCount).toBe(2);
    official.ticks.length = 0;
    notes.forget();

    const time = Math.floor(Date.now() / 1_000) * 1_000;
    const trades: readonly FakeTick[] = Array.from({ length: 40 }, (_none, step) => ({
      token: step % 2 === 0 ? INFY.token : NIFTY.token,
      ltp: 1_500 + step * 0.05,
      dayVolume: 5_000 + step,
      lastQuantity: 1 + step,
      averagePrice: 1_499.95,
      open: 1_490.1,
      high: 1_510.35,
      low: 1_480.2,
      close: 1_495.75,
      lastTradeTime: time + step * 1_000,
      exchangeTime: time + step * 1_000,
      buy: [{ quantity: 10, price: 1_499.9, orders: 2 }],
    }));
    for (const trade of trades) await venue.tick(trade);
    await eventually(() => official.ticks.length).toBe(trades.length);
    await eventually(() => notes.recent.length).toBe(trades.length);

    const names = new Map([INFY, NIFTY].map(({ token, tradingSymbol }) => [token, key(tradingSymbol)]));
    expect(
      official.ticks.map((tick) => ({
        instrument: names.get(tick.instrument_token),
        ltp: tick.last_price,
        dayVolume: tick.volume_traded,
        previousClose: tick.ohlc?.close,
        dayOpen: tick.ohlc?.open,
        dayHigh: tick.ohlc?.high,
        dayLow: tick.ohlc?.low,
        time: Date.parse(tick.exchange_timestamp ?? ''),
      })),
    ).toEqual(notes.recent.map(({ receivedAt: _ours, ...rest }) => rest));
    stop.abort();
    await ran;
  });

  it('is turned away with a dead token, as we are', async () => {
    const official = startOfficialTicker([INFY.token], 'yesterdays-token');
    await eventually(() => official.events).toContainEqual({
      event: 'error',
      value: 'Unexpected server response: 403',
    });
  });

  it('logs in, and reads instruments, quotes and history as we do', async () => {
    const client = new KiteConnect({ api_key: venue.apiKey, root: venue.apiUrl } as ConstructorParameters<
      typeof KiteConnect
    >[0]);
    const session = await client.generateSession(venue.issueRequestToken(), venue.apiSecret);
    expect(session.access_token).toBe(venue.accessToken);
    expect(await client.getProfile()).toMatchObject({ user_id: 'AB1234', broker: 'ZERODHA' });

    const ours = await openKite(contextFor(venue, FAKE_INSTRUMENTS));
    const listed = await client.getInstruments('NSE');
    expect(
      listed.filter(({ tradingsymbol }) => tradingsymbol).map(({ tradingsymbol }) => key(String(tradingsymbol))),
    ).toEqual(ours.instruments.map((instrument) => instrument.key));

    const time = Math.floor(Date.now() / 1_000) * 1_000;
    await venue.tick({ token: MAHINDRA.token, ltp: 3_601.25, dayVolume: 42, close: 3_590, exchangeTime: time });
    const quotes = await client.getQuote(['NSE:M&M', 'NSE:NOSUCH']);
    expect(Object.keys(quotes)).toEqual(['NSE:M&M']);
    expect(await ours.quotes?.quotes([key('M&M')], never)).toMatchObject([
      { ltp: quotes['NSE:M&M']?.last_price, dayVolume: quotes['NSE:M&M']?.volume, previousClose: 3_590, time },
    ]);

    const request = { instrument: key('INFY'), timeframe: '5m' } as const;
    const [from, to] = [Date.parse('2026-11-19T09:15:00+05:30'), Date.parse('2026-11-19T15:15:00+05:30')];
    const theirs = await client.getHistoricalData(INFY.token, '5minute', '2026-11-19 09:15:00', '2026-11-19 15:14:59');
    const candles = await ours.history?.candles({ ...request, from: from as never, to: to as never }, never);
    expect(candles).toHaveLength(72);
    expect(
      candles?.map(({ openTime, open, high, low, close, volume }) => [openTime, open, high, low, close, volume]),
    ).toEqual(
      theirs.map(({ date, open, high, low, close, volume }) => [date.getTime(), open, high, low, close, volume]),
    );
  });

  it('opens the same login page, and hears of the same orders', async () => {
    const client = new KiteConnect({ api_key: venue.apiKey });
    const page = new URL(
      kiteLogin.page?.({ clock: realClock, credentials: venue.person, endpoints: {}, options: {} }, '', 's') ?? '',
    );
    const theirs = new URL(client.getLoginURL());
    page.searchParams.delete('redirect_params');
    expect([page.origin, page.pathname, ...page.searchParams].sort()).toEqual(
      [theirs.origin, theirs.pathname, ...theirs.searchParams].sort(),
    );

    const official = startOfficialTicker([INFY.token]);
    await eventually(() => official.events.map(({ event }) => event)).toContain('connect');
    const session = await openKite(contextFor(venue, FAKE_INSTRUMENTS));
    const notes = new FeedNotes();
    const stop = new AbortController();
    session.feed.watch(new Set([key('INFY')]));
    const ran = session.feed.run(notes, stop.signal);
    await eventually(() => venue.ticker.clients.size).toBe(2);
    const order = {
      order_id: '1953341975595868160',
      status: 'COMPLETE',
      tradingsymbol: 'INFY',
      instrument_token: INFY.token,
      transaction_type: 'BUY',
      quantity: 2,
      filled_quantity: 2,
      average_price: 1_573.7,
    };
    await venue.send(JSON.stringify({ type: 'order', data: order }));
    await eventually(() => notes.orders.length).toBe(1);
    await eventually(() => official.events.find(({ event }) => event === 'order')?.value).toEqual(order);
    expect(notes.orders).toMatchObject([{ id: order.order_id, instrument: 'NSE:INFY', averagePrice: 1_573.7 }]);
    stop.abort();
    await ran;
  });

  it('hears the venue’s refusals in the words of its documents', async () => {
    const client = new KiteConnect({ api_key: venue.apiKey, root: venue.apiUrl } as ConstructorParameters<
      typeof KiteConnect
    >[0]);
    await expect(client.generateSession('never-issued', venue.apiSecret)).rejects.toMatchObject({
      error_type: 'TokenException',
    });
    client.setAccessToken(venue.accessToken);
    await expect(client.getQuote(Array.from({ length: 501 }, (_none, index) => `NSE:S${index}`))).rejects.toMatchObject(
      {
        error_type: 'InputException',
        message: 'Too many tokens requested. Max permitted is 500.',
      },
    );
    await expect(
      client.getHistoricalData(INFY.token, 'minute', '2026-01-01 09:15:00', '2026-11-19 15:15:00'),
    ).rejects.toMatchObject({ error_type: 'InputException', message: 'interval exceeds max limit: 60 days' });
  });
});

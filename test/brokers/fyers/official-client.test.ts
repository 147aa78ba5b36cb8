import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import { openFyers } from '../../../src/main/brokers/fyers/session.ts';
import { ACCOUNT } from '../../fakes/fyers-login.ts';
import { FAKE_SYMBOLS, NIFTY, SBIN } from '../../fakes/fyers-symbols.ts';
import { type FyersVenue, startFyersVenue } from '../../fakes/fyers-venue.ts';
import { eventually } from '../../support/eventually.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { ist } from '../../support/ist.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { contextFor, key } from './open-context.ts';

const { version } = createRequire(import.meta.url)('fyers-api-v3/package.json') as { readonly version: string };
const never = new AbortController().signal;
let venue: FyersVenue;

beforeEach(async () => {
  venue = await startFyersVenue({ keepsLimits: false });
});

afterEach(() => venue.close());

type Said = Readonly<Record<string, unknown>>;

/** Starts the official client; what it says arrives in the list. */
function startOfficial(task: string, token = `${ACCOUNT.appId}:${venue.accessToken}`, ...more: readonly string[]) {
  const script = join(import.meta.dirname, 'official-client.ts');
  const symbols = `${SBIN.ticker},${NIFTY.ticker}`;
  const args = [script, task, venue.apiUrl, venue.wsUrl, token, symbols, tempFolder(), ...more];
  const env = { ...process.env, TZ: 'Asia/Kolkata' };
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], env });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  onTestFinished(async () => {
    child.stdin?.end();
    await ended;
  });
  const said: { readonly event: string; readonly value: unknown }[] = [];
  // It also prints a line of its own now and then.
  if (child.stdout !== null)
    createInterface(child.stdout).on('line', (line) => line.startsWith('{"event"') && said.push(JSON.parse(line)));
  const messages = (type: string): readonly Said[] =>
    said.flatMap(({ event, value }) =>
      event === 'message' && (value as Said)['type'] === type ? [value as Said] : [],
    );
  const of = (event: string): unknown => said.find((each) => each.event === event)?.value;
  return { child, said, messages, of };
}

describe(`the official client, fyers-api-v3 ${version}, at the fake venue`, () => {
  it('logs in, subscribes, and sees the values our feed sees', async () => {
    const official = startOfficial('data');
    const session = await openFyers(contextFor(venue, FAKE_SYMBOLS));
    const notes = new FeedNotes();
    const stop = new AbortController();
    session.feed.watch(new Set([key('SBIN'), key('NIFTY 50')]));
    session.feed.books?.(true);
    const ran = session.feed.run(notes, stop.signal);
    await eventually(() => venue.data.clients.map(({ topics }) => topics.size)).toEqual([3, 3]);
    await eventually(() => [official.messages('sf').length, official.messages('if').length]).toEqual([1, 1]);
    await eventually(() => notes.tickCount).toBe(2);
    // The official client pauses all channels but its own, and resumes that.
    await eventually(() =>
      venue.data.clients.some(({ requests }) => requests.some(({ type }) => type === 'resume')),
    ).toBe(true);
    expect(official.messages('cn')).toEqual([{ type: 'cn', s: 'ok', message: 'successful', code: 200 }]);
    await venue.book(SBIN, { bp: 806.35, bq: 20, bno1: 2, sp: 806.45, bs: 10, sno1: 1 });
    await eventually(() => official.messages('dp').length).toBe(1);
    const before = official.messages('sf').length + official.messages('if').length;
    notes.forget();

    const now = Math.floor(Date.now() / 1_000);
    for (let step = 1; step <= 30; step += 1) {
      const ltp = 806 + step * 0.05;
      await venue.tick(SBIN, {
        ltp,
        v: 2_000 + step,
        ltq: step,
        ltt: now + step,
        fdtm: now + step,
        bp: ltp - 0.05,
        sp: ltp + 0.05,
        h: 811,
        lo: 799.5,
      });
      await venue.tick(NIFTY, { iv: 24_500 + step * 0.35, tvalue: now + step });
    }
    await eventually(() => notes.recent.length).toBe(60);
    const prices = () =>
      official.said.flatMap(({ value }) => {
        const said = value as Said;
        return said?.['type'] === 'sf' || said?.['type'] === 'if' ? [said] : [];
      });
    await eventually(() => prices().length).toBe(before + 60);
    const keys: Readonly<Record<string, string>> = { [SBIN.ticker]: 'NSE:SBIN', [NIFTY.ticker]: 'NSE:NIFTY 50' };
    expect(
      prices()
        .slice(before)
        .map((tick) => ({
          instrument: keys[String(tick['symbol'])],
          ltp: tick['ltp'],
          dayVolume: tick['vol_traded_today'],
          bid: tick['bid_price'],
          ask: tick['ask_price'],
          previousClose: tick['prev_close_price'],
          dayOpen: tick['open_price'],
          dayHigh: tick['high_price'],
          dayLow: tick['low_price'],
          time: Number(tick['exch_feed_time']) * 1_000,
        })),
    ).toEqual(notes.recent.map(({ receivedAt: _ours, book: _book, ...rest }) => rest));
    const [book = {}] = official.messages('dp');
    const sbin = notes.recent.find(({ instrument }) => instrument === 'NSE:SBIN');
    expect(sbin?.book).toEqual({
      bids: [{ price: book['bid_price1'], quantity: book['bid_size1'], orders: book['bid_order1'] }],
      asks: [{ price: book['ask_price1'], quantity: book['ask_size1'], orders: book['ask_order1'] }],
    });
    stop.abort();
    await ran;
  });

  it('gets last prices alone in lite mode', async () => {
    const official = startOfficial('data');
    await eventually(() => official.messages('sf').length).toBeGreaterThan(0);
    await eventually(() => venue.data.clients[0]?.topics.size).toBe(3);
    official.child.stdin?.write('lite\n');
    await eventually(() => venue.data.clients[0]?.mode).toBe('L');
    await eventually(() => official.messages('lit')).toHaveLength(1);
    await venue.tick(SBIN, { ltp: 812.5, v: 99_999 });
    await eventually(() => official.messages('sf').at(-1)).toMatchObject({ ltp: 812.5 });
    expect(official.messages('sf').at(-1), 'the volume stays that of the snapshot').toMatchObject({
      vol_traded_today: 1_000,
    });
  });

  it('hears of orders as we do', async () => {
    const official = startOfficial('orders');
    const session = await openFyers(contextFor(venue, FAKE_SYMBOLS));
    const notes = new FeedNotes();
    const stop = new AbortController();
    const ran = session.feed.run(notes, stop.signal);
    await eventually(() => venue.orders.clients).toBe(2);
    await venue.orders.order({
      id: '808058117761',
      symbol: SBIN.ticker,
      qty: 10,
      qty_filled: 4,
      qty_remaining: 6,
      price_traded: 806.4,
      tran_side: -1,
      ord_status: 52,
      org_ord_status: 6,
      oms_msg: 'Pending',
      time_oms: '20-Nov-2026 11:59:30',
    });
    await eventually(() => notes.orders).toHaveLength(1);
    await eventually(() => official.of('orders')).toMatchObject({
      orders: {
        id: '808058117761',
        qty: 10,
        filledQty: 4,
        tradedPrice: 806.4,
        side: -1,
        status: 6,
        message: 'Pending',
      },
    });
    expect(notes.orders).toEqual([
      {
        id: '808058117761',
        instrument: 'NSE:SBIN',
        symbol: 'NSE:SBIN-EQ',
        side: 'sell',
        quantity: 10,
        filledQuantity: 4,
        averagePrice: 806.4,
        state: 'open',
        message: 'Pending',
        time: ist('2026-11-20 11:59:30'),
      },
    ]);
    expect(official.of('general')).toMatchObject({ code: 1605, s: 'ok' });
    stop.abort();
    await ran;
  });

  it('is turned away with a dead token, as we are', async () => {
    const official = startOfficial('orders', `${ACCOUNT.appId}:yesterday`);
    await eventually(() => official.of('error')).toBe('Unexpected server response: 403');
  });

  it('reads quotes, depth and history as we do, and is refused in the same words', async () => {
    const now = Math.floor(Date.now() / 1_000);
    await venue.tick(SBIN, { ltp: 806.4, v: 42, fdtm: now, bp: 806.35, bq: 20, sp: 806.45, bs: 10, h: 811, lo: 799 });
    const official = startOfficial('rest');
    const session = await openFyers(contextFor(venue, FAKE_SYMBOLS));
    await eventually(() => official.of('tooLong')).toBeDefined();

    const quotes = official.of('quotes') as { readonly d: readonly { readonly n: string; readonly v: Said }[] };
    expect(quotes.d.map(({ n }) => n)).toEqual([SBIN.ticker, NIFTY.ticker, 'NSE:NOSUCH-EQ']);
    const ours = await session.quotes?.quotes([key('SBIN'), key('NIFTY 50')], never);
    expect(ours?.map(({ ltp, bid, previousClose, time }) => [ltp, bid, previousClose, time])).toEqual(
      quotes.d
        .slice(0, 2)
        .map(({ v }) => [v['lp'], v['bid'] || undefined, v['prev_close_price'], Number(v['tt']) * 1_000]),
    );
    expect(official.of('depth')).toMatchObject({
      d: { [SBIN.ticker]: { bids: [{ price: 806.35, volume: 20 }, {}, {}, {}, {}] } },
    });
    expect(official.of('markets')).toMatchObject({ marketStatus: [{ exchange: 10, segment: 10, status: 'OPEN' }] });
    expect(official.of('profile')).toMatchObject({ s: 'ok' });

    const { candles } = official.of('days') as { readonly candles: readonly (readonly number[])[] };
    expect(candles.map(([time]) => time)).toEqual([Date.parse('2026-11-19T00:00:00Z') / 1_000]);
    const span = { from: ist('2026-11-19 00:00'), to: ist('2026-11-20 00:00') };
    const days = await session.history?.candles({ instrument: key('SBIN'), timeframe: '1d', ...span }, never);
    expect(days?.map(({ openTime, close }) => [openTime, close])).toEqual([[ist('2026-11-19 09:15'), candles[0]?.[4]]]);

    const seconds = official.of('seconds') as { readonly candles: readonly (readonly number[])[] };
    const fives = await session.history?.candles({ instrument: key('SBIN'), timeframe: '5s', ...span }, never);
    const inSession = seconds.candles.filter(([time = 0]) => time * 1_000 < ist('2026-11-19 15:15'));
    expect(inSession).toHaveLength(4_320);
    expect(
      fives?.map(({ openTime, open, high, low, close, volume }) => [openTime / 1_000, open, high, low, close, volume]),
    ).toEqual(inSession);

    expect(official.of('tooLong')).toMatchObject({ s: 'error', code: -50 });
    const from = ist('2026-01-01 09:15') as EpochMs;
    const cut = await session.history?.candles({ instrument: key('SBIN'), timeframe: '1d', from, to: span.to }, never);
    expect(cut?.length).toBeGreaterThan(200);
  });

  it('turns an auth code into a token, once, as we do', async () => {
    const code = venue.login.issueAuthCode();
    const official = startOfficial('login', undefined, ACCOUNT.appSecret, code);
    await eventually(() => official.of('login')).toMatchObject({ s: 'ok' });
    expect(official.of('login')).toMatchObject({ access_token: venue.accessToken });
    const again = startOfficial('login', undefined, ACCOUNT.appSecret, code);
    await eventually(() => again.of('login')).toEqual({ s: 'error', code: -437, message: 'invalid auth code' });
  });
});

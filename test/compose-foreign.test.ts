import { describe, expect, it } from 'vitest';
import type { CandleTable } from '../src/contract/commands.ts';
import type { SettingsPatch } from '../src/contract/settings.ts';
import type { InstrumentKey } from '../src/core/brand.ts';
import { startFcsVenue } from './fakes/fcs-venue.ts';
import { FAKE_INSTRUMENTS } from './fakes/tinvest-frames.ts';
import { startTinvestVenue } from './fakes/tinvest-venue.ts';
import { ask, closers, engineAt, snapshotOf, until } from './support/composed.ts';

type Engine = Awaited<ReturnType<typeof engineAt>>['engine'];

/** A clock for the fake, which is there before the engine's. */
function sharedClock(time: string) {
  let now = (): number => Date.parse(`2026-10-30T${time}+05:30`);
  return { now: () => now(), follow: (clock: { now(): number }) => (now = () => clock.now()) };
}

const quoteOf = async (engine: Engine, key: string) =>
  (await snapshotOf(engine)).quotes.find(({ instrument }) => instrument === key);

async function barsOf(engine: Engine, instrument: InstrumentKey, timeframe: '5s' | '1m') {
  const table = await ask(engine, 'candles.load', { instrument, timeframe, before: null, limit: 10 });
  return table as CandleTable; // the command's own answer
}

async function fcsAt(time: string, feed: SettingsPatch['feed'] = {}) {
  const shared = sharedClock(time);
  const venue = await startFcsVenue({ now: shared.now });
  closers.push(() => venue.close());
  const env = {
    TICKSCOPE_FCS_API_URL: venue.apiUrl,
    TICKSCOPE_FCS_WS_URL: venue.wsUrl,
    TICKSCOPE_FCS_ACCESS_KEY: venue.accessKey,
  };
  const lists = { fcs: { instruments: ['FX:EURUSD', 'BINANCE:BTCUSDT', 'NASDAQ:AAPL'] } };
  const opened = await engineAt(time, env, { feed: { source: 'fcs', lists, ...feed } });
  shared.follow(opened.clock);
  return { venue, ...opened };
}

describe('the whole engine on FCS', () => {
  it('streams currencies, coins and stocks, each with its own hours and decimals', async () => {
    const { venue, engine, clock } = await fcsAt('19:30:30');
    const { instruments } = await snapshotOf(engine);
    expect(instruments.map(({ key, segment }) => [key, segment])).toEqual([
      ['FX:EURUSD', 'fx'],
      ['BINANCE:BTCUSDT', '24x7'],
      ['NASDAQ:AAPL', 'us'],
    ]);
    await until(clock, async () => {
      await venue.trade('FX:EURUSD', 1.1746, 10);
      return (await quoteOf(engine, 'FX:EURUSD'))?.ltp === 1.1746;
    });
    for (const price of [1.1749, 1.1741, 1.1744]) {
      await venue.trade('FX:EURUSD', price, 10);
      await until(clock, async () => (await quoteOf(engine, 'FX:EURUSD'))?.ltp === price);
    }
    await venue.trade('NASDAQ:AAPL', 187.25, 100);
    await until(clock, async () => (await quoteOf(engine, 'NASDAQ:AAPL'))?.ltp === 187.25);
    await venue.askbid('FX:EURUSD', 1.17439, 1.17442);
    await until(clock, async () => (await quoteOf(engine, 'FX:EURUSD'))?.bid === 1.17439);
    const { forming, high, low } = await barsOf(engine, 'FX:EURUSD' as InstrumentKey, '1m');
    expect(Math.max(forming?.high ?? 0, ...high)).toBe(1.1749);
    expect(Math.min(forming?.low ?? 9, ...low)).toBe(1.1741);
    const { stats, feed } = await snapshotOf(engine);
    expect(feed.status.state).toBe('live');
    expect(stats.connections[0]).toMatchObject({ drops: 0, reconnects: 0 });
  });

  it('rests when nobody looks and no scan runs, and is back with the first look', async () => {
    const { engine, clock, venue } = await fcsAt('19:30:30');
    await until(clock, () => venue.socket.clients.size > 0);
    await ask(engine, 'settings.update', { rule: { enabled: false } });
    await ask(engine, 'screen.seen', { screen: 'one', isSeen: false });
    await until(clock, async () => {
      clock.advance(5_000);
      return (await snapshotOf(engine)).feed.status.state === 'stopped';
    });
    expect((await snapshotOf(engine)).feed.status).toMatchObject({
      reason: 'by-user',
      message: expect.stringMatching(/rests/),
    });
    await until(clock, () => venue.socket.clients.size === 0);
    await ask(engine, 'screen.seen', { screen: 'one', isSeen: true });
    await until(clock, () => venue.socket.clients.size > 0);
  });
});

async function tinvestAt(time: string, feed: SettingsPatch['feed'] = {}) {
  const shared = sharedClock(time);
  const venue = await startTinvestVenue({ now: shared.now });
  closers.push(() => venue.close());
  const env = {
    TICKSCOPE_TINVEST_API_URL: venue.apiUrl,
    TICKSCOPE_TINVEST_WS_URL: venue.wsUrl,
    TICKSCOPE_TINVEST_TOKEN: venue.token,
  };
  const [first] = FAKE_INSTRUMENTS;
  if (first === undefined) throw new Error('The fake has instruments.');
  const key = `MOEX:${first.ticker}` as InstrumentKey;
  const lists = { tinvest: { instruments: [key, 'MOEX:NOPE'] } };
  const opened = await engineAt(time, env, { feed: { source: 'tinvest', lists, ...feed } });
  shared.follow(opened.clock);
  return { venue, first, key, ...opened };
}

describe('the whole engine on T-Invest', () => {
  it('builds bars of trades, and second bars where they are recorded', async () => {
    const { venue, first, key, engine, clock } = await tinvestAt('14:30:30');
    expect((await snapshotOf(engine)).instruments.map((each) => [each.key, each.segment])).toEqual([[key, 'moex']]);
    await ask(engine, 'settings.update', { recording: { seconds: true, ticks: true } });
    await until(clock, async () => {
      venue.trade({ uid: first.uid, price: 250, quantity: 3, side: 'buy', time: clock.now() });
      return (await quoteOf(engine, key))?.ltp === 250;
    });
    for (let trade = 1; trade <= 10; trade += 1) {
      venue.trade({ uid: first.uid, price: 250 + trade, quantity: 2, side: 'sell', time: clock.now() });
      await until(clock, async () => (await quoteOf(engine, key))?.ltp === 250 + trade);
      clock.advance(900);
    }
    const { volume } = await barsOf(engine, key, '5s');
    expect(volume.filter((each) => each !== null).length).toBeGreaterThan(1);
    expect((await snapshotOf(engine)).feed.status.state).toBe('live');
  });

  it('asks for a new token when the old one is worth nothing, and goes on with it', async () => {
    const { venue, engine, clock } = await tinvestAt('14:30:30');
    await until(clock, async () => (await snapshotOf(engine)).feed.status.state === 'live');
    venue.expireToken();
    venue.stream.kill();
    await until(clock, async () => (await snapshotOf(engine)).feed.status.state === 'stopped');
    expect((await snapshotOf(engine)).feed.status).toMatchObject({ reason: 'auth-expired' });
    const attempts = venue.stream.clients.size;
    clock.advance(600_000);
    expect(venue.stream.clients.size, 'nobody knocks with a dead token').toBe(attempts);
    await ask(engine, 'credentials.save', { broker: 'tinvest', fields: { token: venue.newToken() } });
    await until(clock, async () => (await snapshotOf(engine)).feed.status.state === 'live');
  });
});

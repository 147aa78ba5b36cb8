import { describe, expect, it } from 'vitest';
import type { CandleTable } from '../src/contract/commands.ts';
import type { InstrumentKey } from '../src/core/brand.ts';
import { startKucoinVenue } from './fakes/kucoin-venue.ts';
import { ask, closers, engineAt, snapshotOf, until } from './support/composed.ts';

const BTC = 'KUCOIN:BTC-USDT' as InstrumentKey;

async function kucoinAt(time: string, feed: Readonly<Record<string, unknown>> = {}) {
  let now = (): number => Date.parse(`2026-10-30T${time}+05:30`);
  const venue = await startKucoinVenue({ now: () => now(), pingIntervalMs: 18_000, pingTimeoutMs: 10_000 });
  closers.push(() => venue.close());
  const env = { TICKSCOPE_KUCOIN_API_URL: venue.apiUrl };
  const lists = { kucoin: { instruments: ['KUCOIN:BTC-USDT', 'KUCOIN:ETH-USDT', 'KUCOIN:NOPE-USDT'] } };
  const opened = await engineAt(time, env, { feed: { source: 'kucoin', lists, ...feed } });
  now = () => opened.clock.now();
  return { venue, ...opened };
}

describe('the whole engine on KuCoin', () => {
  it('builds bars of trades, fractions and all, and shows ask and bid', async () => {
    const { venue, engine, clock } = await kucoinAt('10:00:30');
    await until(clock, async () => venue.clients.length > 0 && (await snapshotOf(engine)).instruments.length > 0);
    const { instruments } = await snapshotOf(engine);
    expect(instruments.map(({ key }) => key)).toEqual(['KUCOIN:BTC-USDT', 'KUCOIN:ETH-USDT']);
    await until(clock, async () => {
      await venue.trade('BTC-USDT', { price: '67523.1', size: '0.003' });
      return (await snapshotOf(engine)).feed.status.state === 'live';
    });
    const price = async () => (await snapshotOf(engine)).quotes.find(({ instrument }) => instrument === BTC);
    for (let trade = 1; trade <= 12; trade += 1) {
      await venue.trade('BTC-USDT', { price: `${67_500 + trade}`, size: '0.25' });
      await until(clock, async () => (await price())?.ltp === 67_500 + trade);
      clock.advance(900);
    }
    await venue.quote('BTC-USDT', { price: '67512', bestBid: '67499.9', bestAsk: '67500.2' });
    await until(clock, async () => (await price())?.bid !== undefined);
    expect(await price()).toMatchObject({ bid: 67_499.9, ask: 67_500.2 });
    const table = (await ask(engine, 'candles.load', {
      instrument: BTC,
      timeframe: '5s',
      before: null,
      limit: 10,
    })) as CandleTable;
    const volumes = table.volume.filter((volume) => volume !== null);
    expect(volumes.length).toBeGreaterThan(1);
    for (const volume of volumes.slice(1)) expect((volume * 4) % 1, 'quarters of a coin').toBe(0);
    const { stats } = await snapshotOf(engine);
    expect(stats.connections[0]).toMatchObject({ state: 'live', drops: 0 });
    expect(stats.rejects['unknown-instrument']).toBeUndefined();
  });

  it('polls in place of streaming, and goes back', async () => {
    const { venue, engine, clock } = await kucoinAt('10:00:30', { mode: 'polling' });
    await venue.quote('BTC-USDT', { price: '67500' });
    await venue.quote('ETH-USDT', { price: '3400' });
    await ask(engine, 'feed.reconnect', null);
    await until(clock, async () => (await snapshotOf(engine)).feed.status.state === 'live');
    expect((await snapshotOf(engine)).feed.mode).toBe('polling');
    await until(clock, async () => (await snapshotOf(engine)).quotes.length === 2);
    expect(venue.clients.length).toBe(0);
    await ask(engine, 'settings.update', { feed: { mode: 'streaming' } });
    await until(clock, () => venue.clients.length > 0);
  });
});

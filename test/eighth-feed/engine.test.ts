import { describe, expect, it } from 'vitest';
import type { CandleTable } from '../../src/contract/commands.ts';
import type { Examination } from '../../src/contract/doctor.ts';
import { type InstrumentKey, MINUTE_MS } from '../../src/core/brand.ts';
import { BROKERS } from '../../src/main/brokers/registry.ts';
import { ask, closers, engineAt, snapshotOf, until } from '../support/composed.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { type FakePigeon, startFakePigeon } from './fake-pigeon.ts';
import { pigeon } from './pigeon/index.ts';

const CORN = 'PIGEON:CORN' as InstrumentKey;

/** The line of the registry. */
const WITH_PIGEON = [...BROKERS, pigeon];

/** The whole engine at the Pigeon Exchange, for a person who gave user and PIN in the environment. */
async function pigeonAt(time: string, feed: object = {}, prepare: (exchange: FakePigeon) => void = () => undefined) {
  let now = (): number => Date.parse(`2026-10-30T${time}+05:30`);
  const exchange = await startFakePigeon(() => now());
  closers.push(() => exchange.close());
  prepare(exchange);
  const env = {
    TICKSCOPE_PIGEON_API_URL: exchange.apiUrl,
    TICKSCOPE_PIGEON_WS_URL: exchange.wsUrl,
    TICKSCOPE_PIGEON_USER: exchange.account.user,
    TICKSCOPE_PIGEON_PIN: exchange.account.pin,
  };
  const settings = { feed: { source: 'pigeon', ...feed } };
  const opened = await engineAt(time, env, settings, tempFolder(), WITH_PIGEON);
  now = () => opened.clock.now();
  const state = async () => (await snapshotOf(opened.engine)).feed.status.state;
  const priceOf = async (key: InstrumentKey) =>
    (await snapshotOf(opened.engine)).quotes.find(({ instrument }) => instrument === key);
  /** Until its stream is there, which tells where everything stands. */
  const streaming = () =>
    until(opened.clock, async () => (await state()) === 'live' && exchange.subscribed().length > 0);
  return { exchange, state, priceOf, streaming, ...opened };
}

describe('the whole engine on a venue it has never heard of', () => {
  it('logs in by itself and streams its first preset, as the exchange describes it', async () => {
    const { exchange, streaming, priceOf, engine, clock } = await pigeonAt('10:00:30');
    await streaming();
    expect(exchange.requests.filter((path) => path === 'login')).toHaveLength(1);
    expect(exchange.subscribed()).toEqual(['CORN', 'OATS', 'PEAS']);
    expect(exchange.tellsOffers()).toBe(true);
    const { instruments, feed } = await snapshotOf(engine);
    expect(instruments.map(({ name }) => name)).toEqual(['Maize, yellow', 'Oats, rolled', 'Peas, split']);
    expect(instruments[1]).toMatchObject({ tickSize: 0.005, priceDecimals: 3, segment: '24x7' });
    expect(feed).toMatchObject({ source: 'pigeon', label: 'Pigeon Exchange', world: 'market', mode: 'streaming' });
    expect(feed.loginUntil, 'the token tells when it ends').toBe(Date.parse('2026-10-31T10:00:00+05:30') + 30_000);
    await until(clock, async () => (await priceOf(CORN))?.bid === 201);
  });

  it('makes bars of its trades, each quantity once, and keeps them', async () => {
    const { exchange, streaming, priceOf, engine, clock } = await pigeonAt('10:00:00');
    await streaming();
    const begun = clock.now();
    for (let trade = 1; trade <= 10; trade += 1) {
      exchange.trade('CORN', 200 + trade, 4, 'buy');
      await until(clock, async () => (await priceOf(CORN))?.ltp === 200 + trade);
      clock.advance(500);
    }
    clock.advance(MINUTE_MS - (begun % MINUTE_MS));
    await until(clock, async () => {
      const input = { instrument: CORN, timeframe: '1m', before: null, limit: 5 } as const;
      const { volume, close } = (await ask(engine, 'candles.load', input)) as CandleTable;
      return volume.includes(40) && close.includes(210);
    });
  });

  it('polls it', async () => {
    const { exchange, state, priceOf, engine, clock } = await pigeonAt('10:00:30', { mode: 'polling' });
    await until(clock, async () => (await state()) === 'live');
    await until(clock, async () => (await priceOf(CORN))?.ltp === 201.5);
    expect(await priceOf(CORN)).toMatchObject({ dayVolume: 1_000 });
    expect(exchange.lines()).toBe(0);
    await ask(engine, 'settings.update', { feed: { mode: 'streaming' } });
    await until(clock, () => exchange.subscribed().length === 3);
  });

  it('asks its history for what was missed', async () => {
    const { exchange, streaming, engine, clock } = await pigeonAt('10:00:30', {}, (fake) => {
      const start = Date.parse('2026-10-30T09:00:00+05:30');
      const rows = Array.from({ length: 60 }, (_none, at) => [start + at * MINUTE_MS, 100, 102, 99, 101, 7] as const);
      fake.setBars('CORN', '1m', rows);
    });
    await streaming();
    await until(clock, async () => {
      const input = { instrument: CORN, timeframe: '1m', before: null, limit: 100 } as const;
      const table = (await ask(engine, 'candles.load', input)) as CandleTable;
      return table.volume.filter((volume) => volume === 7).length >= 59;
    });
    expect(exchange.requests).toContain('bars');
  });

  it('renews a token that died, without a person and without opening anything anew', async () => {
    const { exchange, streaming, state, events, clock } = await pigeonAt('10:00:30');
    await streaming();
    clock.advance(MINUTE_MS);
    const before = events.length;
    exchange.expire();
    await until(clock, () => exchange.requests.filter((path) => path === 'login').length === 2);
    await until(clock, async () => (await state()) === 'live' && exchange.subscribed().length === 3);
    expect(events.slice(before).some(({ type }) => type === 'reset')).toBe(false);
  });

  it('counts on its connection, and refuses its rubbish', async () => {
    const { exchange, streaming, engine, clock } = await pigeonAt('10:00:30');
    await streaming();
    exchange.send('coo\n{"t":"trade","s":"DODO","p":1,"q":1,"ts":1}');
    await until(clock, async () => (await snapshotOf(engine)).stats.rejects['unknown-instrument'] === 1);
    const { connections } = (await snapshotOf(engine)).stats;
    expect(connections).toEqual([expect.objectContaining({ name: 'prices', state: 'live', subscriptions: 3 })]);
  });

  it('has a doctor who knows it', async () => {
    const { streaming, priceOf, engine, clock } = await pigeonAt('10:00:30');
    await streaming();
    await until(clock, async () => (await priceOf(CORN)) !== undefined);
    const asked = ask(engine, 'doctor.run', { broker: 'pigeon' });
    let examination: Examination | undefined;
    asked.then((answer) => {
      examination = answer as Examination; // What the command answers.
    }, undefined);
    await until(clock, () => examination !== undefined);
    const of = (check: string) => examination?.findings.find((finding) => finding.check === check);
    for (const check of ['credentials', 'token', 'rest', 'socket', 'subscription'])
      expect(of(check), check).toMatchObject({ level: 'fine' });
    expect(of('token')?.text).toContain('until Sat 31 Oct');
  });
});

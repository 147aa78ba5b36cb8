import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BacktestReport, NoiseReport, OutcomeReport } from '../src/contract/backtest.ts';
import type { AlertEvidence } from '../src/contract/commands.ts';
import type { OrdersState } from '../src/contract/orders.ts';
import { type CheckedText, type NearMiss, type RuleBookState, ruleSchema } from '../src/contract/rules.ts';
import type { Alert } from '../src/core/alert.ts';
import { MINUTE_MS } from '../src/core/brand.ts';
import type { Proof } from '../src/core/passport.ts';
import { ask, engineAt, snapshotOf, until } from './support/composed.ts';
import { tempFolder } from './support/temp-folder.ts';

/** Fires often on any market that moves. */
const EAGER = ruleSchema.parse({
  id: 'eager',
  name: 'Eager',
  enabled: true,
  timeframe: '1m',
  buy: 'close crosses above ema(5)',
  sell: 'close crosses below ema(5) and rsi(14, 5m) < 90',
  paper: { enabled: true, quantity: 3, stop: { kind: 'percent', percent: 1 }, target: null },
});

/** A made-up market in the middle of a session, where the eager rule has just been saved. */
async function eagerMarket(dir = tempFolder()) {
  const opened = await engineAt('11:00:00', {}, { feed: { source: 'simulator', simulator: { speed: 60 } } }, dir);
  const { engine, clock, events } = opened;
  const book = (await ask(engine, 'rules.save', EAGER)) as RuleBookState;
  const fresh = (): readonly Alert[] =>
    events
      .flatMap((event) => (event.type === 'alert' && event.alert.signal.rule === 'eager' ? [event.alert] : []))
      .filter(({ late }) => !late);
  await until(clock, () => fresh().length >= 5);
  return { ...opened, dir, book, fresh };
}

describe('rules of the whole engine', () => {
  it('are kept, told to every screen, looked at and taken away again', async () => {
    const { engine, book, events } = await eagerMarket();
    expect(book.rules.map(({ rule }) => rule.id).slice(0, 1)).toEqual(['ema-cross']);
    expect(book.rules.at(-1)).toMatchObject({
      rule: { id: 'eager' },
      isShipped: false,
      resting: null,
      instruments: 51,
    });
    expect(events.some((event) => event.type === 'rules')).toBe(true);
    expect((await snapshotOf(engine)).rules.rules.at(-1)?.rule).toEqual(EAGER);
    const left = (await ask(engine, 'rules.remove', { id: 'eager' })) as RuleBookState;
    expect(left.rules.some(({ rule }) => rule.id === 'eager')).toBe(false);
    await expect(ask(engine, 'rules.save', { ...EAGER, buy: 'close crosses abov ema(5)' })).rejects.toThrow(/Eager/);
  });

  it('say what is wrong with a sentence, and what it needs', async () => {
    const { engine } = await eagerMarket();
    const check = async (text: string) =>
      (await ask(engine, 'rules.check', { text, timeframe: '5m', arithmetic: 'trading-view' })) as CheckedText;
    expect((await check('rsi(14) <')).problem).toMatchObject({ start: 9 });
    expect(await check('RSI ( 14 ) < 30')).toMatchObject({ problem: null, canonical: 'rsi(14) < 30', warnings: [] });
    expect((await check('volume > 0 and rsi(14, 1h) > 110')).warnings.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['never', 'volume']),
    );
    expect((await check('ema(20, forming 1h) > 5')).warnings.map(({ kind }) => kind)).toContain('repaints');
    expect((await check('rsi(14, 7m) > 5')).problem).not.toBeNull();
    expect((await check('ema(900, 1d) > 5')).warnings).toEqual([expect.objectContaining({ kind: 'warm-up' })]);
  });

  it('raise alerts with a passport that is proven, and exported', async () => {
    const { engine, fresh } = await eagerMarket();
    const [alert] = fresh();
    if (alert === undefined) throw new Error('Some alert was told.');
    const { link, deliveries } = (await ask(engine, 'alerts.passport', { id: alert.id })) as AlertEvidence;
    expect(deliveries, 'there is no channel here').toEqual([]);
    if (link.content.kind !== 'alert') throw new Error('The link is the alert’s own.');
    const { passport } = link.content;
    expect(passport).toMatchObject({
      ...{ alert: alert.id, timeframe: '1m', side: alert.signal.side, price: alert.signal.price },
      feed: { source: 'simulator', mode: 'streaming', status: 'live' },
      ledger: { inputs: 'whole', bar: 'live', late: false },
    });
    const { exchange, received, barClosed, judged, stored } = passport.times;
    expect([exchange, received]).not.toContain(null);
    expect(exchange ?? 0).toBeLessThan(barClosed);
    expect(barClosed).toBeLessThanOrEqual(judged);
    expect(judged).toBeLessThanOrEqual(stored);
    expect(((await ask(engine, 'alerts.prove', { id: alert.id })) as Proof).kind).toBe('reproduced');
    const { path } = (await ask(engine, 'alerts.export', { id: alert.id })) as { readonly path: string };
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ format: 'tickscope-alert', passport });
  });

  it('would have alerted before what they alert now', async () => {
    const { engine, fresh, clock } = await eagerMarket();
    await until(clock, () => fresh().length >= 15);
    const { signals } = (await ask(engine, 'rules.backtest', { rule: EAGER, sessions: 3 })) as BacktestReport;
    const told = new Set(signals.map(({ signal }) => JSON.stringify(signal)));
    expect(fresh().filter(({ signal }) => !told.has(JSON.stringify(signal)))).toEqual([]);
    const noise = (await ask(engine, 'rules.noise', { rule: EAGER, sessions: 3 })) as NoiseReport;
    expect(noise.perDay).toBeGreaterThan(100);
    expect(noise.cooldowns.map(({ perDay }) => perDay)).toEqual(
      noise.cooldowns.map(({ perDay }) => perDay).toSorted((a, b) => b - a),
    );
  });

  it('look further back once history was asked for what is not stored', async () => {
    const { engine } = await eagerMarket();
    const noise = async () => (await ask(engine, 'rules.noise', { rule: EAGER, sessions: 8 })) as NoiseReport;
    const before = await noise();
    expect(before.sessions).toBeLessThan(8);
    expect(
      before.days.every(({ count }) => count > 0),
      'days of one share alone are left out',
    ).toBe(true);
    expect(await ask(engine, 'rules.fetchPast', { rule: EAGER, sessions: 8 })).toEqual({ asked: 51, failed: 0 });
    const after = await noise();
    expect(after).toMatchObject({ sessions: 8, gaps: [] });
  });

  it('show who came nearest, and what became of those that fired', async () => {
    const { engine, clock, fresh } = await eagerMarket();
    const nearest = (await ask(engine, 'rules.nearest', { rule: null, limit: 5 })) as readonly NearMiss[];
    expect(nearest).toHaveLength(5);
    expect(nearest[0]?.clauses.length).toBeGreaterThan(0);
    const [first] = fresh();
    const due = (first?.signal.barTime ?? 0) + 20 * MINUTE_MS;
    await until(clock, async () => (await snapshotOf(engine)).stats.marketTime > due);
    const outcomes = (await ask(engine, 'outcomes.load', {
      rule: 'eager',
      instrument: null,
      days: 2,
    })) as OutcomeReport;
    const graded = outcomes.alerts.find(({ alert }) => alert === first?.id);
    expect(graded?.outcome.after15).toBeTypeOf('number');
    expect(outcomes.byRule.map(({ rule }) => rule)).toEqual(['eager']);
  });

  it('trade on paper, once a signal', async () => {
    const { engine, clock } = await eagerMarket();
    const orders = async () => (await ask(engine, 'orders.load', null)) as OrdersState;
    await until(clock, async () => (await orders()).orders.some(({ state }) => state === 'filled'));
    const state = await orders();
    expect(new Set(state.orders.map(({ ticket }) => ticket.key)).size).toBe(state.orders.length);
    const index = state.orders.filter(({ ticket }) => ticket.instrument === 'NSE:NIFTY 50');
    expect(index.every(({ state: each }) => each === 'rejected')).toBe(true);
    await ask(engine, 'settings.update', { orders: { paper: false } });
    expect((await orders()).enabled).toBe(false);
  });
});

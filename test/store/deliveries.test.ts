import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import { migrate } from '../../src/main/store/migrate.ts';
import { openRepositories } from '../../src/main/store/repositories.ts';
import { sampleAlert } from '../support/sample-alert.ts';
import { INFY, minute } from './sample-bars.ts';

const raised = (index: number, instrument: InstrumentKey = INFY) =>
  sampleAlert({ barTime: minute(index), instrument }, { raisedAt: minute(index) });

/** The tables alone, without the store around them. */
function tables() {
  const db = new Database(':memory:');
  migrate(db);
  const { alerts, deliveries } = openRepositories(db);
  const owe = (index: number, channels: readonly string[], instrument: InstrumentKey = INFY): string => {
    const alert = raised(index, instrument);
    alerts.add(alert);
    deliveries.add(alert.id, channels, minute(index));
    return alert.id;
  };
  return { db, alerts, deliveries, owe };
}

describe('what channels owe', () => {
  it('is told with its alert, oldest first, each channel by itself', () => {
    const { deliveries, owe } = tables();
    owe(2, ['webhook', 'desktop']);
    owe(1, ['webhook']);
    expect(deliveries.waiting('webhook', 9)).toEqual([
      { alert: raised(1), channel: 'webhook', attempts: 0, dueAt: minute(1) },
      { alert: raised(2), channel: 'webhook', attempts: 0, dueAt: minute(2) },
    ]);
    expect(deliveries.waiting('webhook', 1).map(({ alert }) => alert.id)).toEqual([raised(1).id]);
    expect(deliveries.waiting('desktop', 9).map(({ alert }) => alert.id)).toEqual([raised(2).id]);
    expect(deliveries.waiting('telegram', 9)).toEqual([]);
  });

  it('stands where it stood when the alert is raised again', () => {
    const { deliveries, owe } = tables();
    const id = owe(1, ['webhook', 'desktop']);
    deliveries.postpone('webhook', id, minute(9));
    deliveries.settle('desktop', id, 'told', minute(2));
    owe(1, ['webhook', 'desktop']);
    expect(deliveries.waiting('webhook', 9)).toMatchObject([{ attempts: 1, dueAt: minute(9) }]);
    expect(deliveries.waiting('desktop', 9)).toEqual([]);
  });

  it('counts its attempts, on its own channel only', () => {
    const { deliveries, owe } = tables();
    const id = owe(1, ['webhook', 'telegram']);
    for (const at of [3, 5]) deliveries.postpone('webhook', id, minute(at));
    expect(deliveries.waiting('webhook', 9)).toMatchObject([{ attempts: 2, dueAt: minute(5) }]);
    expect(deliveries.waiting('telegram', 9)).toMatchObject([{ attempts: 0, dueAt: minute(1) }]);
  });

  it.each(['told', 'failed', 'quiet'] as const)('is owed no more once it is %s, and settled once', (outcome) => {
    const { db, deliveries, owe } = tables();
    const id = owe(1, ['webhook']);
    expect(deliveries.settle('webhook', id, outcome, minute(4))).toBe(true);
    expect(deliveries.settle('webhook', id, 'told', minute(5))).toBe(false);
    deliveries.postpone('webhook', id, minute(6));
    expect(deliveries.waiting('webhook', 9)).toEqual([]);
    expect(db.prepare('SELECT state, settled_at, attempts FROM delivery').raw().all()).toEqual([
      [outcome, minute(4), 0],
    ]);
  });

  it('goes along with an alert whose symbol is renamed', () => {
    const { deliveries, owe, alerts } = tables();
    const [old, now] = ['NSE:M_M%' as InstrumentKey, 'NSE:M&M' as InstrumentKey];
    owe(1, ['webhook'], old);
    owe(2, ['webhook'], old);
    owe(2, ['webhook'], now);
    owe(3, ['webhook'], 'NSE:M_M%FIN' as InstrumentKey);
    alerts.rename(old, now);
    expect(deliveries.rename(old, now)).toBe(2);
    expect(deliveries.waiting('webhook', 9).map(({ alert }) => alert.id)).toEqual([
      raised(1, now).id,
      raised(2, now).id,
      raised(3, 'NSE:M_M%FIN' as InstrumentKey).id,
    ]);
  });

  it('is found by its index, however much was settled before', () => {
    const { db } = tables();
    const plan = db
      .prepare<[], { detail: string }>(
        "EXPLAIN QUERY PLAN SELECT 1 FROM delivery WHERE state = 'waiting' AND channel = 'webhook'",
      )
      .all();
    expect(plan.map(({ detail }) => detail).join()).toContain('delivery_waiting');
  });
});

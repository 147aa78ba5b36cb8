import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { settingsSchema } from '../../src/contract/settings.ts';
import type { Rule } from '../../src/core/rule.ts';
import { defaultRule } from '../../src/core/scanner/default-rule.ts';
import { SHIPPED_RULES } from '../../src/core/scanner/shipped-rules.ts';
import type { IntradayTimeframe } from '../../src/core/timeframe.ts';
import { createBacktestRunner } from '../../src/main/backtest/runner.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { findResources } from '../../src/main/platform/find-resources.ts';
import { loadCalendarData } from '../../src/main/platform/load-calendar.ts';
import { systemClock } from '../../src/main/platform/system-clock.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { madeUp, sessionsUpTo, wander } from '../support/session-bars.ts';
import type { Part } from './part.ts';
import type { Reading } from './reading.ts';
import { median } from './report.ts';

const NOW = ist('2026-11-20 18:00');
const STOCKS = Array.from({ length: 50 }, (_, index) => madeUp(`SHARE${index}`));
const SESSIONS = 60;
/** Days before the first session, which warm the rule. */
const WARMING = 6;
const RUNS = 5;
const NEVER = new AbortController().signal;
const MEGABYTE = 1024 * 1024;

const ofSettings: Rule = { ...defaultRule(settingsSchema.parse({}).rule), timeframe: '5m' };
const byDay = SHIPPED_RULES.find(({ id }) => id === 'rsi-dip') ?? ofSettings;

/** A file with the bars of all shares, for as long as `work` takes. */
async function withStore<Result>(
  timeframe: IntradayTimeframe,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'tickscope-bench-'));
  const store = openStore(join(folder, 'bars.db'));
  try {
    const days = sessionsUpTo(nse(), SESSIONS + WARMING, NOW);
    for (const [index, { key }] of STOCKS.entries())
      store.saveBars({ batches: [{ candles: wander(key, timeframe, days, index + 1), provenance: 'history' }] });
    return await work(store);
  } finally {
    store.close();
    rmSync(folder, { recursive: true });
  }
}

function runOver(store: Store, rule: Rule, threads?: number) {
  const data = loadCalendarData(findResources(import.meta.dirname));
  const parts = { clock: systemClock, store, calendarData: () => data, actions: [] };
  const runner = createBacktestRunner(threads === undefined ? parts : { ...parts, threads });
  const request = { rule, sessions: SESSIONS, instruments: STOCKS, now: NOW };
  return { run: () => runner.run(request, NEVER), noise: () => runner.noise(request, NEVER) };
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function medianOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  while (times.length < RUNS) times.push(await timeOf(work));
  return median(times);
}

/** What a run adds to the memory of the process at the most. */
async function memoryOf(work: () => Promise<unknown>): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 5);
  await work();
  clearInterval(look);
  return (Math.max(most, process.memoryUsage.rss()) - before) / MEGABYTE;
}

async function measure(): Promise<readonly Reading[]> {
  const within = (name: string, value: number, wanted?: string): Reading => ({
    name,
    value,
    unit: 'ms',
    ...(wanted && { wanted }),
  });
  const five = await withStore('5m', async (store) => {
    const { run, noise } = runOver(store, ofSettings);
    const first = await timeOf(run);
    const memory = await memoryOf(run);
    const stalls = monitorEventLoopDelay({ resolution: 1 });
    stalls.enable();
    const all = await medianOf(run);
    stalls.disable();
    return [
      within('default rule, bars of 5m: the first run', first),
      within('default rule, bars of 5m', all, 'under 1000'),
      within('the same in one thread', await medianOf(runOver(store, ofSettings, 1).run)),
      within('a rule that looks at 15m and 1d too', await medianOf(runOver(store, byDay).run)),
      within('noise of the default rule', await medianOf(noise)),
      // The median turn of the loop takes its resolution; the worst holds a screen up.
      within('the longest that anything else waited', stalls.max / 1e6, 'under 50'),
      { name: 'memory on top, at the most', value: memory, unit: 'MB' },
    ];
  });
  const one = await withStore('1m', async (store) => {
    const { run } = runOver(store, ofSettings);
    return [
      within('default rule on 5m, made of bars of 1m', await medianOf(run)),
      { name: 'memory on top, at the most', value: await memoryOf(run), unit: 'MB' },
    ];
  });
  return [...five, ...one];
}

async function checkAgreement(): Promise<void> {
  await withStore('5m', async (store) => {
    const word = async (threads: number): Promise<string> =>
      JSON.stringify({ ...(await runOver(store, ofSettings, threads).run()), elapsedMs: 0 });
    assert.equal(await word(2), await word(1));
    assert.ok((await runOver(store, ofSettings).run()).signals.length > 1_000);
  });
}

export const backtest: Part = {
  name: 'backtest',
  check: checkAgreement,
  jobs: [],
  measured: { title: 'backtest: 50 shares, 60 sessions, with forward returns and random entries', take: measure },
};

import type { Page } from 'playwright-core';
import { SCREEN_TIMEFRAMES, type Timeframe } from '../../src/core/timeframe.ts';
import { timeframeLabel, timeframeName } from '../../src/renderer/src/format/timeframe.ts';
import { chromiumPath, launchBrowser, NO_CHROMIUM } from '../support/browser.ts';
import { startApp } from '../support/start-app.ts';
import { type Reading, readingsText } from './reading.ts';
import { installProbe } from './screen-probe.ts';

interface Switch {
  readonly label: string;
  readonly ms: number;
}

export type ScreenReport = { readonly skipped: string } | { readonly readings: readonly Reading[] };

/** Market seconds a second: an instrument of the simulated market then trades about twenty times a second. */
const SPEED = 20;
const WATCH_MS = 10_000;
const REST_MS = 3_000;
/** Where the browser's own thrift would be measured in place of ours. */
const FLAGS = ['--disable-background-timer-throttling', '--disable-renderer-backgrounding'] as const;

/** The running app, looked at in a browser. There is no peer to race against: what counts is what a person feels. */
export async function measureScreen(): Promise<ScreenReport> {
  if (chromiumPath === undefined) return { skipped: `The screen was not measured: it ${NO_CHROMIUM}.` };
  const app = await startApp({ feed: 'simulator', speed: SPEED });
  try {
    const browser = await launchBrowser(FLAGS);
    try {
      const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
      await page.addInitScript(installProbe);
      await page.goto(app.url);
      await page.locator('.chart-panel > [role=status]', { hasText: ', 5 minutes: last' }).waitFor();
      await page.waitForTimeout(REST_MS);
      return { readings: await lookAt(page) };
    } finally {
      await browser.close();
    }
  } finally {
    await app.stop();
  }
}

async function lookAt(page: Page): Promise<readonly Reading[]> {
  const heapBefore = await heapUsed(page);
  await page.evaluate(() => window.probe.start());
  await page.waitForTimeout(WATCH_MS);
  const seen = await page.evaluate(() => window.probe.stop());
  const first = await switchThrough(page);
  const again = await switchThrough(page);
  const heapAfter = await heapUsed(page);
  const toPixel = seen.toPixel.toSorted((a, b) => a - b);
  return [
    { name: 'frames a second', value: seen.framesPerSecond, unit: '/s', wanted: '60' },
    { name: 'tasks over 50 ms in 10 s', value: seen.longTasks.length, unit: '', wanted: '0' },
    { name: 'the longest of them', value: largest(seen.longTasks), unit: 'ms' },
    { name: 'batch at the page to pixel, p50', value: quantile(toPixel, 0.5), unit: 'ms' },
    { name: 'batch at the page to pixel, p99', value: quantile(toPixel, 0.99), unit: 'ms' },
    { name: 'tick to batch in the engine, p95', value: seen.engineP95Ms, unit: 'ms', wanted: 'together below 150' },
    {
      name: 'timeframe switch, median of 17',
      value: quantile(
        again.map(({ ms }) => ms),
        0.5,
      ),
      unit: 'ms',
      wanted: 'below 100',
    },
    { name: 'timeframe switch, worst of 17', ...worst(again), wanted: 'below 100' },
    { name: 'the same when never shown before, worst', ...worst(first) },
    { name: 'JavaScript heap at the start', value: heapBefore / 1e6, unit: 'MB' },
    { name: 'JavaScript heap at the end', value: heapAfter / 1e6, unit: 'MB' },
  ];
}

/** From each press to the painted chart, ms, shortest first. */
async function switchThrough(page: Page): Promise<readonly Switch[]> {
  const switches: Switch[] = [];
  const order: readonly Timeframe[] = [...SCREEN_TIMEFRAMES].sort((a, b) => turn(a) - turn(b));
  for (const timeframe of order) {
    const label = timeframeLabel(timeframe);
    const words = [label, timeframeName(timeframe)] as const;
    const ms = await page.evaluate(([button, spoken]) => window.probe.switchTo(button, spoken), words);
    switches.push({ label, ms });
    // Longer than a person needs to press the next one.
    await page.waitForTimeout(250);
  }
  return switches.toSorted((a, b) => a.ms - b.ms);
}

/** Every fifth, round and round: short ones and long ones take turns. */
function turn(timeframe: Timeframe): number {
  return (SCREEN_TIMEFRAMES.indexOf(timeframe) * 5) % SCREEN_TIMEFRAMES.length;
}

function worst(sorted: readonly Switch[]): Omit<Reading, 'name'> {
  const last = sorted.at(-1);
  return { value: last?.ms, unit: 'ms', ...(last !== undefined && { at: last.label }) };
}

/** What is in use once the garbage is gone, bytes. */
async function heapUsed(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

function largest(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}

function quantile(sorted: readonly number[], part: number): number | undefined {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

export function screenText(report: ScreenReport): string {
  if ('skipped' in report) return `screen: ${report.skipped}\n`;
  return readingsText(`screen: fifty instruments at ${SPEED} ticks a second each, in Chromium`, report.readings);
}

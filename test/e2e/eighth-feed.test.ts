import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROKERS } from '../../src/main/brokers/registry.ts';
import { compose } from '../../src/main/compose.ts';
import type { EngineHost } from '../../src/main/engine/host.ts';
import { createFileVault } from '../../src/main/platform/file-vault.ts';
import { findResources } from '../../src/main/platform/find-resources.ts';
import { systemClock } from '../../src/main/platform/system-clock.ts';
import { serveWeb, type WebDoor } from '../../src/main/shells/web/serve-web.ts';
import { type FakePigeon, startFakePigeon } from '../eighth-feed/fake-pigeon.ts';
import { pigeon } from '../eighth-feed/pigeon/index.ts';
import { chromiumPath, launchBrowser, NO_CHROMIUM } from '../support/browser.ts';
import { ensureBuilt } from '../support/built.ts';
import { QuietLogger } from '../support/quiet-logger.ts';
import { PROJECT } from '../support/start-app.ts';
import { LARGE } from './screen-page.ts';
import { openFeedSettings } from './venue-screen.ts';

/** The registry's brokers and one more: the engine and the built page know no other word of it. */
async function startPigeonEngine(dataDir: string, exchange: FakePigeon): Promise<EngineHost> {
  const env = {
    // No test asks the exchange itself: nobody answers there.
    TICKSCOPE_NSE_URL: 'http://127.0.0.1:1',
    TICKSCOPE_PIGEON_API_URL: exchange.apiUrl,
    TICKSCOPE_PIGEON_WS_URL: exchange.wsUrl,
  };
  const warn = (): void => undefined;
  return compose({
    clock: systemClock,
    dataDir,
    resourcesDir: findResources(PROJECT),
    vault: createFileVault(join(dataDir, 'vault.json'), { clock: systemClock, env, hide: () => undefined, warn }),
    channels: [],
    logger: new QuietLogger(),
    env,
    version: '0.0.0',
    brokers: [...BROKERS, pigeon],
  });
}

describe.skipIf(chromiumPath === undefined)(`the screen of a venue it has never heard of (${NO_CHROMIUM})`, () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'eighth-feed-'));
  let exchange: FakePigeon;
  let engine: EngineHost;
  let door: WebDoor;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    ensureBuilt();
    exchange = await startFakePigeon();
    engine = await startPigeonEngine(dataDir, exchange);
    door = await serveWeb(engine, { port: 0, pageDir: join(PROJECT, 'out', 'renderer') });
    browser = await launchBrowser();
    page = await (await browser.newContext({ viewport: LARGE })).newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    await page.goto(door.link);
    await page.locator('.watch-row').first().waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await door?.close();
    await engine?.close();
    await exchange?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('has its form: what it is, credentials, options and lists', async () => {
    await openFeedSettings(page, /Pigeon Exchange no credentials set/);
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Grains and seeds of the Pigeon Exchange').waitFor();
    const { user, pin } = exchange.account;
    await page.getByRole('textbox', { name: 'User' }).fill(user);
    const secret = page.getByRole('textbox', { name: 'PIN' });
    expect(await secret.getAttribute('type')).toBe('password');
    await secret.fill(pin);
    await page.getByRole('button', { name: 'Save login' }).click();
    await page.getByRole('radio', { name: /Pigeon Exchange credentials set/ }).waitFor();
    await dialog.locator('summary', { hasText: 'Options' }).click();
    await page.getByRole('switch', { name: 'Bid and ask' }).click();
    await page.getByRole('textbox', { name: 'Requests a minute' }).waitFor();
    await dialog.locator('summary', { hasText: 'Instruments' }).click();
    await page.getByRole('button', { name: /Seeds/ }).waitFor();
  });

  it('trades there with one click', async () => {
    await page.getByRole('button', { name: 'Use Pigeon Exchange' }).click();
    await expect.poll(() => exchange.subscribed()).toEqual(['CORN', 'OATS', 'PEAS']);
    expect(exchange.tellsOffers(), 'the switch reached it').toBe(false);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    exchange.trade('OATS', 98.505, 4, 'buy');
    // Three decimals, as its step says.
    await page.locator('.watch-row', { hasText: 'OATS' }).getByText('98.505').waitFor();
    await page.locator('.live-badge', { hasText: 'LIVE' }).waitFor();
  });

  it('has nothing to complain about in the console', () => {
    expect(complaints).toEqual([]);
  });
});

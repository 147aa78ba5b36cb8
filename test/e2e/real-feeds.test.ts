import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../src/core/brand.ts';
import { INFY, RELIANCE, SBIN } from '../fakes/kite-instruments.ts';
import { type KiteVenue, startKiteVenue } from '../fakes/kite-venue.ts';
import { type KucoinVenue, startKucoinVenue } from '../fakes/kucoin-venue.ts';
import { chromiumPath, NO_CHROMIUM } from '../support/browser.ts';
import { ist } from '../support/ist.ts';
import { clockFrom, openRealScreen, type RealScreen } from './real-screen.ts';

const SHARES = [RELIANCE, INFY, SBIN];
/** Longer than a refused login is not tried again, and than one-time codes last. */
const PAUSE_MS = 2 * MINUTE_MS;

describe.skipIf(chromiumPath === undefined)(`a day at Kite, on the screen (${NO_CHROMIUM})`, () => {
  const clock = clockFrom(ist('2026-10-30 10:20'));
  let venue: KiteVenue;
  let screen: RealScreen;

  beforeAll(async () => {
    venue = await startKiteVenue({ instruments: SHARES, now: () => clock.now() });
    venue.startMarket(200);
    screen = await openRealScreen({
      clock,
      env: {
        TICKSCOPE_KITE_API_URL: venue.apiUrl,
        TICKSCOPE_KITE_WS_URL: venue.wsUrl,
        TICKSCOPE_KITE_LOGIN_URL: venue.loginUrl,
        TICKSCOPE_KITE_API_KEY: venue.person.apiKey,
        TICKSCOPE_KITE_API_SECRET: venue.person.apiSecret,
        TICKSCOPE_KITE_USER_ID: venue.person.userId,
        TICKSCOPE_KITE_PASSWORD: venue.person.password,
        TICKSCOPE_KITE_TOTP_SECRET: venue.person.totpSecret,
        TICKSCOPE_KITE_ACCESS_TOKEN: venue.accessToken,
      },
      settings: {
        feed: {
          source: 'kite',
          lists: { kite: { instruments: SHARES.map(({ tradingSymbol }) => `NSE:${tradingSymbol}`) } },
        },
      },
    });
  });
  afterAll(async () => {
    await screen?.close();
    await venue?.close();
  });

  const badge = (words: string): Locator => screen.page.locator('.live-badge', { hasText: words });
  const banner = (): Locator => screen.page.getByRole('region', { name: 'Login' });
  const strip = (word: string): Locator => screen.page.locator('.status-source', { hasText: word });
  const mode = (name: string): Locator => screen.page.locator(`.mode [data-mode=${name}]`);

  /** The token is worth nothing any more, and Kite takes no login just now. */
  async function loseLogin(): Promise<void> {
    venue.faults.login = 'locked';
    venue.expireToken();
    venue.kill();
    await badge('LOGIN NEEDED').waitFor();
    await banner().getByText('needs a login').waitFor();
  }
  /** Kite takes logins again, and those that it refused have been waited for. */
  function giveLogin(): void {
    venue.faults.login = undefined;
    clock.skip(PAUSE_MS);
  }

  it('is live, and goes on by itself after a login by one click', async () => {
    const { page } = screen;
    await badge('LIVE').waitFor();
    await page.evaluate(() => document.documentElement.setAttribute('data-test', 'not reloaded'));
    await loseLogin();
    await banner().getByRole('button', { name: 'Log in' }).click();
    await banner().getByRole('alert').getByText('too many logins').waitFor();
    giveLogin();
    await banner().getByRole('button', { name: 'Try again' }).click();
    await badge('LIVE').waitFor();
    await expect.poll(() => banner().count()).toBe(0);
    const before = await page.locator('.watch-ltp').first().textContent();
    await expect.poll(() => page.locator('.watch-ltp').first().textContent()).not.toBe(before);
    expect(await page.locator('html').getAttribute('data-test')).toBe('not reloaded');
  });

  it('goes by the schedule, holds a mode against it, and goes back, and nothing moves but the words', async () => {
    const place = async (): Promise<number | undefined> => (await mode('streaming').boundingBox())?.x;
    await expect.poll(() => screen.page.getByRole('progressbar').count()).toBe(0);
    const before = await place();
    await mode('auto').click();
    await strip('polling').waitFor();
    await expect.poll(() => venue.ticker.clients.size).toBe(0);
    await expect.poll(() => venue.requests.some(({ path }) => path === '/quote')).toBe(true);
    expect(await place()).toBe(before);

    await mode('streaming').click();
    await screen.page.getByText('Streaming is held until 14:00; then the schedule goes on.').waitFor();
    await strip('live').waitFor();
    await expect.poll(() => venue.ticker.clients.size).toBe(1);
    expect(await mode('auto').textContent()).toBe('Auto · held until 14:00');
    expect(await place()).toBe(before);

    await screen.page.getByRole('button', { name: 'Back to the schedule' }).click();
    await strip('polling').waitFor();
    await expect.poll(() => venue.ticker.clients.size).toBe(0);
    await mode('polling').click();
    await screen.page.getByRole('button', { name: 'Always polling' }).click();
    await mode('streaming').click();
    await strip('live').waitFor();
    // A scan that was under way is not shown for ever.
    await expect.poll(() => screen.page.getByRole('progressbar').count()).toBe(0);
  });

  it('finds out by itself what is wrong, with the button that mends it', async () => {
    const { page } = screen;
    await loseLogin();
    await page.getByRole('tab', { name: 'Health' }).click();
    await page.getByRole('button', { name: 'Examine' }).click();
    const finding = page.locator('.findings li', { has: page.getByRole('button', { name: 'Log in' }) }).first();
    await finding.waitFor();
    expect(await finding.getAttribute('data-level')).toBe('problem');
    giveLogin();
    await finding.getByRole('button', { name: 'Log in' }).click();
    await badge('LIVE').waitFor();
  });

  it('never tells the page a credential, and has nothing to complain about', async () => {
    const { password, apiSecret, totpSecret } = venue.person;
    const told = screen.frames.join('\n') + (await screen.page.content());
    for (const secret of [password, apiSecret, totpSecret, venue.accessToken, 'fake-request-token'])
      expect(told.includes(secret)).toBe(false);
    expect(screen.complaints).toEqual([]);
  });
});

describe.skipIf(chromiumPath === undefined)(`from market to market, on the screen (${NO_CHROMIUM})`, () => {
  let venue: KucoinVenue;
  let screen: RealScreen;
  let market: NodeJS.Timeout;

  beforeAll(async () => {
    venue = await startKucoinVenue();
    let price = 67_500;
    market = setInterval(() => {
      price += 0.1;
      void venue.trade('BTC-USDT', { price: price.toFixed(1), size: '0.0123', time: Date.now() });
    }, 100);
    screen = await openRealScreen({
      clock: clockFrom(Date.now()),
      env: { TICKSCOPE_KUCOIN_API_URL: venue.apiUrl },
      settings: { feed: { lists: { kucoin: { instruments: ['KUCOIN:BTC-USDT', 'KUCOIN:ETH-USDT'] } } } },
    });
  });
  afterAll(async () => {
    clearInterval(market);
    await screen?.close();
    await venue?.close();
  });

  async function use(name: string): Promise<void> {
    const { page } = screen;
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: 'Feed' }).click();
    await page.getByRole('radio', { name: new RegExp(name) }).click();
    await page.getByRole('button', { name: `Use ${name}` }).click();
    await page.getByRole('dialog').locator('.broker-head em', { hasText: 'in use' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  it('leaves the simulator for KuCoin, and comes back', async () => {
    const { page } = screen;
    await page.locator('.live-badge', { hasText: 'SIMULATED' }).waitFor();
    await use('KuCoin');
    await page.locator('.live-badge', { hasText: 'LIVE' }).waitFor();
    const coin = page.locator('.watch-row', { hasText: 'BTC-USDT' });
    await coin.locator('.watch-ltp', { hasText: /^6[78],\d{3}\.\d$/ }).waitFor();
    await page.locator('.chart-panel [data-field=close]', { hasText: /^6[78],\d{3}\.\d$/ }).waitFor();
    expect(await page.locator('.watch-row').count()).toBe(2);
    expect(await page.locator('body').textContent()).not.toContain('₹');

    await use('Simulated market');
    await page.locator('.live-badge', { hasText: 'SIMULATED' }).waitFor();
    await expect.poll(() => coin.count()).toBe(0);
    await page.locator('.watch-row', { hasText: 'ADANIENT' }).locator('.watch-ltp', { hasText: /\d/ }).waitFor();
    await expect.poll(() => venue.clients.some(({ isOpen }) => isOpen)).toBe(false);
    expect(screen.complaints).toEqual([]);
  });
});

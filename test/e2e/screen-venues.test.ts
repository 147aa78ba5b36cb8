import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { venueStates } from '../renderer/fake-brokers.ts';
import { chromiumPath, NO_CHROMIUM } from '../support/browser.ts';
import type { FakeScreen } from './fake-screen.ts';
import { LARGE, SMALL } from './screen-page.ts';
import { askedOf, closeSettings, FIRST, openFeedSettings, openVenueScreen, violations } from './venue-screen.ts';

/** A look of axe at the whole screen takes seconds. */
const AXE = { timeout: 400_000 };

describe.skipIf(chromiumPath === undefined)(`the settings of venues (${NO_CHROMIUM})`, () => {
  let screen: FakeScreen;
  let page: Page;

  beforeAll(async () => {
    screen = await openVenueScreen();
    page = screen.page;
  });
  afterAll(async () => {
    expect(screen?.complaints ?? []).toEqual([]);
    await screen?.close();
  });

  const fold = (name: string) => page.getByRole('dialog').locator('summary', { hasText: name });
  const lastPatch = () => askedOf(screen, 'settings.update').at(-1);

  it('offers three ways from the first line', async () => {
    const welcome = page.getByRole('complementary', { name: 'Welcome' });
    await welcome.getByRole('button', { name: 'Connect a broker' }).click();
    await expect.poll(() => page.getByRole('radio', { name: /Kite/ }).isChecked()).toBe(true);
    await closeSettings(page);
    await welcome.getByRole('button', { name: 'Replay a file' }).click();
    await expect.poll(() => page.getByRole('radio', { name: /Replay/ }).isChecked()).toBe(true);
    await closeSettings(page);
    await welcome.getByRole('button', { name: 'Look around here' }).click();
    await welcome.waitFor({ state: 'detached' });
  });

  it('lists every feed with what it lacks', async () => {
    await openFeedSettings(page, /Bank of Trades credentials missing/);
    await page.getByRole('radio', { name: /Simulated market in use no login needed/ }).waitFor();
    await page.getByRole('radio', { name: /Coin House no credentials set/ }).waitFor();
  });

  it('takes credentials by the manifest, with what is required marked, and never shows one', async () => {
    const secret = page.getByRole('textbox', { name: 'App secret' });
    expect(await secret.getAttribute('type')).toBe('password');
    expect(await secret.getAttribute('aria-required')).toBe('true');
    expect(await page.getByRole('textbox', { name: 'TOTP key' }).getAttribute('aria-required')).toBeNull();
    await secret.fill('not-a-real-secret');
    await page.getByRole('button', { name: 'Save login' }).click();
    await expect
      .poll(() => askedOf(screen, 'credentials.save').at(-1))
      .toEqual({ broker: 'bank', fields: { appSecret: 'not-a-real-secret' } });
    await expect.poll(() => page.getByText('not-a-real-secret').count()).toBe(0);
  });

  it('turns every kind of option', async () => {
    screen.engine.tell({ type: 'brokers', brokers: [...FIRST.brokers, ...venueStates(['appId', 'appSecret'])] });
    await page.getByRole('radio', { name: /Bank of Trades credentials set/ }).click();
    await fold('Options').click();
    const options = async () => (await lastPatch())?.feed?.options?.['bank'];
    await page.getByRole('switch', { name: 'Prices only' }).click();
    await expect.poll(options).toEqual({ lite: true });
    const rest = page.getByRole('textbox', { name: 'Rest when unseen' });
    await rest.fill('500');
    await rest.press('Enter');
    await page.getByRole('alert').getByText('From 0 to 120').waitFor();
    await rest.fill('15');
    await rest.press('Enter');
    await expect.poll(options).toEqual({ rest: 15 });
    await page.getByRole('textbox', { name: 'CA file' }).fill('/etc/roots.pem');
    await page.keyboard.press('Enter');
    await expect.poll(options).toEqual({ caFile: '/etc/roots.pem' });
    await page.getByRole('combobox', { name: 'Server' }).selectOption('Sandbox');
    await expect.poll(options).toEqual({ server: 'sandbox' });
    await fold('4 changed').waitFor();
  });

  it('makes a list of instruments, by one click and by hand', async () => {
    const keys = async () => (await lastPatch())?.feed?.lists?.['coins']?.instruments;
    await page.getByRole('radio', { name: /Coin House/ }).click();
    await fold('Instruments').click();
    await page.getByRole('button', { name: /^Forex/ }).click();
    await expect.poll(keys).toEqual(['FX:EURUSD', 'FX:USDJPY']);
    const add = page.getByRole('textbox', { name: 'Add' });
    await add.fill('gbpusd');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('“gbpusd” is no EXCHANGE:SYMBOL, such as COINS:BTC-USDT.').waitFor();
    await add.fill('fx:gbpusd');
    await page.keyboard.press('Enter');
    await expect.poll(keys).toEqual(['FX:EURUSD', 'FX:USDJPY', 'FX:GBPUSD']);
    await expect.poll(() => add.inputValue()).toBe('');
    await fold('3 of your own').waitFor();

    const list = page.getByRole('listbox', { name: 'Instruments watched' });
    await list.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(keys).toEqual(['FX:USDJPY', 'FX:EURUSD', 'FX:GBPUSD']);
    await page.keyboard.press('Delete');
    await expect.poll(keys).toEqual(['FX:EURUSD', 'FX:GBPUSD']);
  });

  it('sets the hours of Auto, and goes back to the usual ones', async () => {
    const rows = async () =>
      (await lastPatch())?.feed?.lists?.['coins']?.schedule?.map(({ from, mode }) => `${from} ${mode}`);
    await fold('Schedule').click();
    const first = page.getByRole('textbox', { name: 'From 09:15' });
    await first.fill('1030');
    await first.press('Enter');
    await expect.poll(rows).toEqual(['10:00 polling', '10:30 streaming', '14:00 streaming']);
    await page.getByRole('textbox', { name: 'From 10:30' }).fill('14:00');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('A row for 14:00 is there already.').waitFor();
    await page.getByRole('radiogroup', { name: 'Mode from 14:00' }).getByRole('radio', { name: 'Polling' }).click();
    await expect.poll(rows).toContain('14:00 polling');
    await page.getByRole('button', { name: 'Back to the usual' }).click();
    await expect.poll(rows).toEqual(['09:15 streaming', '10:00 polling', '14:00 streaming']);
  });

  it('chooses a second venue only for a real one', async () => {
    const second = page.getByRole('combobox', { name: 'Check and stand in' });
    await expect.poll(() => second.isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Use Coin House' }).click();
    await expect.poll(() => second.isDisabled()).toBe(false);
    await second.selectOption('Bank of Trades');
    await expect.poll(async () => (await lastPatch())?.feed).toEqual({ standby: 'bank' });
    await page.getByRole('radio', { name: /Bank of Trades stands in/ }).waitFor();
  });

  it('says why a venue cannot do a mode', async () => {
    await page.getByRole('radio', { name: /Radio/ }).click();
    await page.getByRole('button', { name: 'Use Radio Prices' }).click();
    await page.getByText('Radio Prices answers no single questions: its prices only stream.').waitFor();
    expect(await fold('Schedule').count(), 'no schedule without two modes').toBe(0);
  });

  it('is open to everyone, with everything unfolded, in both themes and sizes', AXE, async () => {
    await page.getByRole('radio', { name: /Coin House/ }).click();
    for (const name of ['Credentials', 'Instruments', 'Schedule']) {
      if ((await fold(name).locator('..').getAttribute('open')) === null) await fold(name).click();
    }
    for (const theme of ['light', 'dark']) {
      await page.evaluate((next) => {
        document.documentElement.dataset['theme'] = next;
      }, theme);
      for (const size of [LARGE, SMALL]) {
        await page.setViewportSize(size);
        expect(await violations(page), `${theme} at ${size.width}`).toEqual([]);
      }
    }
    await page.setViewportSize(LARGE);
    await closeSettings(page);
  });
});

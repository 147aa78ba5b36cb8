import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAKE_JOURNAL, fakeOrders, fakePosition } from '../renderer/fake-orders.ts';
import { chromiumPath, NO_CHROMIUM } from '../support/browser.ts';
import { ensureBuilt } from '../support/built.ts';
import { PROJECT } from '../support/start-app.ts';
import { type FakeScreen, openFakeScreen } from './fake-screen.ts';
import { SMALL, setTheme } from './screen-page.ts';

const PAGE = join(PROJECT, 'out', 'renderer');
const NONE = { positions: [], orders: [], ordersToday: 0, realisedToday: 0, unrealised: 0 };

describe.skipIf(chromiumPath === undefined)(`the Orders panel (${NO_CHROMIUM})`, () => {
  let screen: FakeScreen;
  let page: Page;
  const asked = (name: string) => screen.engine.asked.filter(([each]) => each === name).map(([, input]) => input);

  beforeAll(async () => {
    ensureBuilt();
    const held = [fakePosition(), fakePosition({ rule: 'rsi-dip', quantity: -1_25_000, unrealised: -1_23_456.5 })];
    screen = await openFakeScreen({
      pageDir: PAGE,
      snapshot: { orders: fakeOrders({ positions: held }) },
      handlers: {
        'orders.exit': async () => null,
        'orders.cancel': async () => null,
        'orders.journal': async () => FAKE_JOURNAL,
      },
    });
    page = screen.page;
    await page.getByRole('tab', { name: 'Orders' }).click();
  });
  afterAll(async () => {
    await screen?.close();
  });

  it('says first that nothing is sent to a broker', async () => {
    await expect.poll(() => page.getByRole('note').textContent()).toContain('Nothing is sent to a broker');
  });

  it('shows what is held, in lakh, with an arrow beside the colour', async () => {
    const positions = page.getByRole('list', { name: 'Positions' }).getByRole('listitem');
    await expect.poll(() => positions.count()).toBe(2);
    await expect
      .poll(() => positions.nth(0).textContent())
      .toMatch(/LONG.*INFY.*▲ \+123\.50.*10 at 1,500\.00.*1,512\.35/);
    await expect.poll(() => positions.nth(1).textContent()).toMatch(/SHORT.*▼ −1,23,456\.50.*1\.25 L at/);
  });

  it('closes a position and takes an order back, by keyboard too', async () => {
    await page
      .getByRole('button', { name: /^Exit INFY/ })
      .first()
      .click();
    await expect.poll(() => asked('orders.exit')).toEqual([{ rule: 'ema-cross', instrument: 'NSE:INFY' }]);
    const cancel = page.getByRole('button', { name: 'Cancel: Buy 10 INFY' });
    await expect.poll(() => cancel.count()).toBe(2);
    await cancel.last().focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => asked('orders.cancel')).toEqual([{ key: fakeOrders().orders[2]?.ticket.key }]);
  });

  it('has a journal under its heading', async () => {
    await page.getByText('Journal', { exact: true }).click();
    const trades = page.getByRole('list', { name: 'Journal' }).getByRole('listitem');
    await expect.poll(() => trades.count()).toBe(2);
    await expect.poll(() => trades.nth(1).textContent()).toMatch(/Short 25 M&M▼ −310\.00.*3,000\.05 → 3,012\.45 stop/);
    expect(await page.getByRole('button', { name: 'Copy the journal as CSV' }).count()).toBe(1);
  });

  it.each(['Dark', 'Light'] as const)('is open to everyone in %s, in a small window too', async (theme) => {
    await setTheme(page, theme);
    await page.setViewportSize(SMALL);
    await page.keyboard.press(']');
    await page.getByRole('note').waitFor();
    const { violations } = await new AxeBuilder({ page }).include('.orders-page').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    const tooWide = await page.locator('.orders-page').evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(tooWide).toBe(0);
    await page.keyboard.press(']');
  });

  it('says how to switch it on where there is nothing yet, and that it is off', async () => {
    screen.engine.tell({ type: 'paper-orders', orders: fakeOrders({ ...NONE, enabled: false }) });
    await page.keyboard.press(']');
    await page.getByText('No rule trades on paper yet').waitFor();
    await page.getByRole('button', { name: 'Settings' }).last().click();
    await page.getByRole('switch', { name: 'Let rules place paper orders' }).waitFor();
  });

  it('complains of nothing', () => {
    expect(screen.complaints).toEqual([]);
  });
});

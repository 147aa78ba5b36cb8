import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandInput } from '../../src/contract/commands.ts';
import { onFakeDay } from '../renderer/fake-ledger.ts';
import { FAKE_NEAR } from '../renderer/fake-scan-answers.ts';
import { chromiumPath, NO_CHROMIUM } from '../support/browser.ts';
import { ensureBuilt } from '../support/built.ts';
import type { FakeScreen } from './fake-screen.ts';
import { openScanScreen } from './scan-screen.ts';
import { atRest, SMALL } from './screen-page.ts';

/** A look of axe at the whole screen takes seconds. */
const AXE = { timeout: 400_000 };

describe.skipIf(chromiumPath === undefined)(`rules on the screen (${NO_CHROMIUM})`, () => {
  let screen: FakeScreen;
  let page: Page;

  beforeAll(async () => {
    ensureBuilt();
    screen = await openScanScreen();
    page = screen.page;
    await page.getByRole('tab', { name: 'Scan' }).click();
  });
  afterAll(async () => {
    expect(screen?.complaints ?? []).toEqual([]);
    await screen?.close();
  });

  const dialog = () => page.getByRole('dialog');
  const list = () => page.getByRole('listbox', { name: 'Completions' });
  const sentence = () => page.getByRole('textbox', { name: 'Buy when' });
  /** What the page asked of one command so far. */
  const asked = <Name extends 'rules.save' | 'rules.noise' | 'rules.backtest' | 'rules.nearest'>(name: Name) =>
    // The list holds what the wire carried, whose commands are typed by name.
    screen.engine.asked.filter(([one]) => one === name).map(([, input]) => input as CommandInput<Name>);
  const edit = async (name: string): Promise<void> => {
    await page.getByRole('button', { name, exact: true }).click();
    await dialog().waitFor();
  };
  const close = async (): Promise<void> => {
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  };

  it('lists them with what they do, how often they fired, and why one rests', async () => {
    const rules = page.getByRole('list', { name: 'Rules' }).locator('.rule-row');
    expect(await rules.locator('.rule-name').allTextContents()).toEqual([
      'EMA cross',
      'Volume surge',
      'RSI dip',
      'My breakout',
    ]);
    await rules.first().getByText('5m · all symbols · forming too · 3 today').waitFor();
    await rules.last().getByText('Its last day was 19 Nov 2026.').waitFor();
    await page.getByRole('button', { name: '2 of 30 unknown yet, 1 can never be known' }).click();
    await page.getByText('An index has no volume.').waitFor();
  });

  it('shows how often a rule would fire before it is on, and what a cooldown leaves', async () => {
    await page.getByRole('switch', { name: 'RSI dip on' }).click();
    await dialog().getByText('It would have fired 14 times a day over the last 20 sessions').waitFor();
    expect(asked('rules.noise').at(-1)).toMatchObject({ sessions: 20, rule: { id: 'rsi-dip', cooldownMinutes: 0 } });
    expect(asked('rules.save').some(({ id }) => id === 'rsi-dip')).toBe(false);
    const once = dialog().getByRole('button', { name: /^1 h/ });
    await once.click();
    expect(await once.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'Enable anyway' }).click();
    await dialog().waitFor({ state: 'detached' });
    expect(asked('rules.save').at(-1)).toMatchObject({ id: 'rsi-dip', enabled: true, cooldownMinutes: 60 });
    // Once seen, it is a switch like any other.
    for (const enabled of [false, true]) {
      await page.getByRole('switch', { name: 'RSI dip on' }).click();
      await expect.poll(() => asked('rules.save').at(-1)?.enabled).toBe(enabled);
    }
  });

  it('lists what it would have alerted, and finds back to the list from the chart', async () => {
    await edit('Volume surge');
    await page.getByRole('tab', { name: 'What would it have alerted?' }).click();
    await dialog().getByText('62 % had moved the signal’s way after 15 minutes, between').waitFor();
    const table = page.getByRole('table', { name: 'What it would have alerted' });
    expect(await table.getAttribute('aria-rowcount')).toBe('401');
    expect(await table.getByRole('row').count(), 'only those in view').toBeLessThan(40);
    await dialog().getByRole('radio', { name: 'Sells' }).click();
    await dialog().getByText('had fallen after 15 minutes').waitFor();
    const before = asked('rules.backtest').length;
    await table.getByRole('button').first().press('Enter');
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Go back to it' }).click();
    await table.waitFor();
    expect(asked('rules.backtest'), 'the answer was kept').toHaveLength(before);
    await dialog().getByText('Not looked at in full').click();
    await dialog().getByText('Two of the sessions have no bars.').waitFor();
    await close();
  });

  it('shows the default rule’s sentences, which follow the settings', async () => {
    await edit('EMA cross');
    expect(await sentence().getAttribute('aria-readonly')).toBe('true');
    await sentence().focus();
    await page.keyboard.type('x');
    expect(await sentence().textContent()).toBe('ema(9) crosses above ema(21) and rsi(14) > 50');
    await close();
  });

  it('duplicates, and deletes not by one slip', async () => {
    await page.getByRole('button', { name: 'More for My breakout' }).click();
    await page.getByRole('button', { name: 'Duplicate' }).click();
    await page.getByRole('heading', { name: 'New rule' }).waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog().waitFor({ state: 'detached' });
    expect(asked('rules.save').at(-1)).toMatchObject({ id: 'my-breakout-copy', name: 'My breakout (copy)' });
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete: press again' }).click();
    await page.getByRole('button', { name: 'My breakout', exact: true }).waitFor({ state: 'detached' });
  });

  it('shows the symbols nearest to firing, and asks again after a scan', async () => {
    const near = page.getByRole('region', { name: 'Nearest to firing' });
    await near.getByText('0.07 % away').first().waitFor();
    expect(await near.locator('.near-list > li').count()).toBe(FAKE_NEAR.length);
    const before = asked('rules.nearest').length;
    screen.engine.tell({
      type: 'scan',
      scan: {
        lastBarTime: onFakeDay('10:45'),
        judgedAt: onFakeDay('10:50'),
        instruments: 31,
        fired: 0,
        unknown: 0,
        withheld: 0,
      },
    });
    await expect.poll(() => asked('rules.nearest').length).toBeGreaterThan(before);
  });

  it.each(['dark', 'light'])('is open to everyone, %s', AXE, async (theme) => {
    const violations = async (): Promise<readonly string[]> => {
      await atRest(page);
      const { violations: found } = await new AxeBuilder({ page }).analyze();
      return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    };
    await page.evaluate((next) => {
      document.documentElement.dataset['theme'] = next;
    }, theme);
    expect(await violations(), 'the list').toEqual([]);
    await edit('Volume surge');
    await sentence().focus();
    await page.keyboard.press('End');
    await page.keyboard.type(' and rs');
    await list().waitFor();
    expect(await violations(), 'the list of completions').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByText('is not known').waitFor();
    expect(await violations(), 'an error').toEqual([]);
    await page.keyboard.press('Control+.');
    for (const name of ['How often', 'What would it have alerted?']) {
      await page.getByRole('tab', { name }).click();
      expect(await violations(), name).toEqual([]);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Leave without saving' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Import, export' }).click();
    await dialog().waitFor();
    expect(await violations(), 'files').toEqual([]);
    await close();
  });

  it('fits into the smallest window', async () => {
    await page.setViewportSize(SMALL);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('edit rule: volume');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Volume surge' }).waitFor();
    for (const name of ['Rule', 'How often', 'What would it have alerted?']) {
      await page.getByRole('tab', { name, exact: true }).click();
      await atRest(page);
      const isWide = await page
        .locator('.rule-page:not([hidden])')
        .evaluate((element) => element.scrollWidth > element.clientWidth + 1);
      expect(isWide, name).toBe(false);
    }
    await close();
  });
});

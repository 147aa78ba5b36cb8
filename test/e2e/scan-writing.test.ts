import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CommandInput } from '../../src/contract/commands.ts';
import { AppError } from '../../src/core/errors.ts';
import { chromiumPath, NO_CHROMIUM } from '../support/browser.ts';
import { ensureBuilt } from '../support/built.ts';
import type { FakeScreen } from './fake-screen.ts';
import { openScanScreen } from './scan-screen.ts';

describe.skipIf(chromiumPath === undefined)(`rules as they are written (${NO_CHROMIUM})`, () => {
  let screen: FakeScreen;
  let page: Page;
  let refusal: string | undefined;

  beforeAll(async () => {
    ensureBuilt();
    screen = await openScanScreen({
      refuse: () => (refusal === undefined ? undefined : new AppError('invalid-input', refusal)),
    });
    page = screen.page;
    await page.getByRole('tab', { name: 'Scan' }).click();
  });
  afterEach(() => {
    refusal = undefined;
  });
  afterAll(async () => {
    expect(screen?.complaints ?? []).toEqual([]);
    await screen?.close();
  });

  const dialog = () => page.getByRole('dialog');
  const list = () => page.getByRole('listbox', { name: 'Completions' });
  const sentence = () => page.getByRole('textbox', { name: 'Buy when' });
  /** The rules that were sent to be saved. */
  const saved = () =>
    // The list holds what the wire carried, whose commands are typed by name.
    screen.engine.asked.filter(([one]) => one === 'rules.save').map(([, input]) => input as CommandInput<'rules.save'>);

  it('completes a sentence while it is written, by keys alone', async () => {
    await page.getByRole('button', { name: 'New rule' }).click();
    await dialog().waitFor();
    await page.keyboard.type('Deep dip');
    await sentence().focus();
    await page.keyboard.type('rs');
    await list().getByRole('option', { name: /rsi/ }).first().waitFor();
    // A key that comes as the list opens was meant for something else, and is not taken for a choice.
    const choose = async (): Promise<string | null> => {
      await page.keyboard.press('Enter');
      return sentence().textContent();
    };
    await expect.poll(choose).toBe('rsi(14)');
    await page.keyboard.type(' < 30 and cl');
    await list().getByRole('option', { name: /close/ }).first().waitFor();
    await page.keyboard.press('Escape');
    await list().waitFor({ state: 'detached' });
    await page.keyboard.type('ose > vwap');
    await list().waitFor();
    await page.keyboard.press('Escape');
    await list().waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.getByText('The changes have not been saved.').waitFor();
    await page.getByRole('button', { name: 'Go on writing' }).click();
  });

  it('says in place what is wrong, underlines it, and puts it right', async () => {
    await sentence().focus();
    await page.keyboard.press('End');
    await page.keyboard.type(' and vwapp > 1');
    await page.getByText('“vwap”').waitFor();
    await page.locator('.cm-lintRange-error', { hasText: 'vwapp' }).waitFor();
    expect(await sentence().getAttribute('aria-invalid')).toBe('true');
    await page.keyboard.press('Control+.');
    await expect.poll(() => sentence().textContent()).toBe('rsi(14) < 30 and close > vwap and vwap > 1');
    await expect.poll(() => sentence().getAttribute('aria-invalid')).toBe('false');
  });

  it('keeps a sentence on one line, and leaves it by Tab', async () => {
    await sentence().focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('close > vwap');
    await list().waitFor();
    await page.keyboard.press('Escape');
    await list().waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await expect.poll(() => sentence().textContent()).toBe('close > vwap');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SELECT');
  });

  it('warns of what the engine finds, without holding anything up', async () => {
    await sentence().focus();
    await page.keyboard.press('End');
    await page.keyboard.type(' and volume > 1');
    await page.getByText('NIFTY 50 is an index and has no volume').waitFor();
    await page.locator('.cm-lintRange-warning').first().waitFor();
  });

  it('saves it, and says what the engine refuses', async () => {
    refusal = 'There are 500 rules already. Remove one first.';
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog().getByRole('alert').getByText(refusal).waitFor();
    refusal = undefined;
    await page.keyboard.press('Control+Enter');
    await dialog().waitFor({ state: 'detached' });
    expect(saved().at(-1)).toMatchObject({
      id: 'deep-dip',
      name: 'Deep dip',
      buy: 'close > vwap and volume > 1',
      sell: null,
      enabled: false,
    });
    await page.getByRole('button', { name: 'Deep dip', exact: true }).waitFor();
  });
});

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandInput } from '../../src/contract/commands.ts';
import type { InstrumentKey } from '../../src/core/brand.ts';
import type { Proof } from '../../src/core/passport.ts';
import { FAKE_OUTCOMES, fakeEvidence } from '../renderer/fake-scan-answers.ts';
import type { FAKE_NOW } from '../renderer/fake-snapshot.ts';
import { chromiumPath, NO_CHROMIUM } from '../support/browser.ts';
import { ensureBuilt } from '../support/built.ts';
import { NO_BOARD } from '../support/quiet-answers.ts';
import type { FakeScreen } from './fake-screen.ts';
import { openScanScreen } from './scan-screen.ts';
import { atRest } from './screen-page.ts';

const AXE = { timeout: 400_000 };
const RELIANCE = 'NSE:RELIANCE' as InstrumentKey;

describe.skipIf(chromiumPath === undefined)(`alerts that explain themselves (${NO_CHROMIUM})`, () => {
  let screen: FakeScreen;
  let page: Page;
  let proof: (alert: string) => Proof = (alert) => ({ alert, kind: 'reproduced', bars: 246 });

  beforeAll(async () => {
    ensureBuilt();
    screen = await openScanScreen({
      handlers: {
        // One alert came before there were passports.
        'alerts.passport': async ({ id }) => (id.startsWith('NSE:LT') ? null : fakeEvidence(id)),
        'alerts.prove': async ({ id }) => proof(id),
        'outcomes.load': async ({ days }) =>
          days === 1 ? { alerts: [], all: NO_BOARD, byRule: [], byInstrument: [], byHour: [] } : FAKE_OUTCOMES,
      },
    });
    page = screen.page;
  });
  afterAll(async () => {
    expect(screen?.complaints ?? []).toEqual([]);
    await screen?.close();
  });

  const card = (symbol: string) => page.locator('.alert-scroll .alert-card').filter({ hasText: symbol });
  const dialog = () => page.getByRole('dialog', { name: 'How alerts turned out' });
  const violations = async (): Promise<readonly string[]> => {
    await atRest(page);
    const { violations: found } = await new AxeBuilder({ page }).analyze();
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  };
  /** What the page asked of one command so far. */
  const asked = <Name extends 'alerts.mute' | 'alerts.export' | 'outcomes.load'>(name: Name) =>
    // The list holds what the wire carried, whose commands are typed by name.
    screen.engine.asked.filter(([one]) => one === name).map(([, input]) => input as CommandInput<Name>);

  it('name their rule', async () => {
    await card('RELIANCE').getByText('EMA cross', { exact: true }).waitFor();
  });

  it('show what they rest on: the sentence, the values, the bars and the way', async () => {
    await page.getByRole('button', { name: 'Why RELIANCE' }).click();
    const why = card('RELIANCE').locator('.alert-why');
    await why.getByText('ema(9) crosses above ema(21) and rsi(14) > 50').waitFor();
    expect(await why.locator('.passport-values tbody tr').first().locator('th, td').allTextContents()).toEqual([
      'ema(9)',
      '1,410.3100',
      '1,411.2041',
    ]);
    await why.getByText('20 Nov 10:35 · 5m · told by the venue’s history').waitFor();
    await why.getByText('+84 ms').waitFor();
    await why.getByText('10:45:00.011').waitFor();
    await why.getByText('not settled').waitFor();
  });

  it('tell when a channel had told of it', async () => {
    expect(await page.locator('.passport-path li').last().innerText()).toMatch(/Told by desktop[\s\S]*10:45:00\.214/);
  });

  it('say of one without a passport that it cannot be proved', async () => {
    await page.getByRole('button', { name: 'Why LT' }).click();
    await card('LT').getByText('It has no passport').waitFor();
    expect(await card('LT').getByRole('button', { name: 'Prove it' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Why LT' }).click();
  });

  it('are proved, or say where they differ, and are written as a file', async () => {
    const why = card('RELIANCE').locator('.alert-why');
    const prove = why.getByRole('button', { name: 'Prove it' });
    await prove.click();
    await why.getByText('Reproduced: computed again from 246 stored bars').waitFor();
    proof = (alert) => ({ alert, kind: 'differs', differences: [{ what: 'ema(9)', told: '1411.2', now: '1409.8' }] });
    await prove.click();
    await why.getByRole('cell', { name: '1409.8' }).waitFor();
    proof = (alert) => ({ alert, kind: 'tampered', reason: 'Link 40 was changed.' });
    await prove.click();
    await why.getByText('The evidence was tampered with. Link 40 was changed.').waitFor();
    await why.getByRole('button', { name: 'Export JSON' }).click();
    await why.getByText('exports/alert.json').waitFor();
    expect(asked('alerts.export').at(-1)?.id).toContain('RELIANCE');
  });

  it('are muted by rule, symbol or both, and the other way round', async () => {
    await page.getByRole('button', { name: 'Mute AXISBANK', exact: true }).click();
    await page.getByRole('button', { name: 'Mute EMA cross on AXISBANK: 1 h' }).click();
    expect(asked('alerts.mute').at(-1)).toEqual({ rule: 'ema-cross', instrument: 'NSE:AXISBANK', minutes: 60 });
    const until = await page.evaluate(() => Date.now() + 3_599_000);
    screen.engine.tell({
      type: 'mutes',
      // A time of the page's own clock.
      mutes: [{ rule: 'ema-cross', instrument: 'NSE:AXISBANK' as InstrumentKey, until: until as typeof FAKE_NOW }],
    });
    const line = page.getByRole('list', { name: 'Muted' }).getByRole('listitem');
    await line.getByText('Muted for 59 min: EMA cross on AXISBANK').waitFor();
    await line.getByRole('button', { name: /^Undo/ }).click();
    await expect.poll(() => asked('alerts.mute').at(-1)?.minutes).toBe(0);
    screen.engine.tell({ type: 'mutes', mutes: [] });
    await line.waitFor({ state: 'detached' });
  });

  it('are added up by rule, symbol and hour', async () => {
    await page.getByRole('button', { name: 'Outcomes' }).click();
    await dialog().getByText('62 % had moved the signal’s way after 15 minutes').waitFor();
    await dialog().getByRole('table', { name: 'By rule' }).getByRole('button', { name: 'Volume surge' }).waitFor();
    await dialog().getByRole('radio', { name: 'By hour' }).click();
    await dialog().getByText('09:00 to 09:59').waitFor();
    await dialog().getByRole('radio', { name: 'By symbol' }).click();
    await dialog().getByRole('button', { name: 'RELIANCE' }).click();
    await expect.poll(() => asked('outcomes.load').at(-1)).toEqual({ rule: null, instrument: RELIANCE, days: 30 });
    const before = asked('outcomes.load').length;
    screen.engine.tell({ type: 'outcomes-changed' });
    await expect.poll(() => asked('outcomes.load').length).toBeGreaterThan(before);
    await dialog().getByLabel('in the last').selectOption('1');
    await dialog().getByText('No alert in these days').waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('are found by their symbol', async () => {
    await page.getByRole('button', { name: 'Which rules hit RELIANCE?' }).click();
    await dialog().waitFor();
    await expect.poll(() => asked('outcomes.load').at(-1)?.instrument).toBe(RELIANCE);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('are found by the charted symbol from the palette', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('which rules hit');
    const before = asked('outcomes.load').length;
    await page.keyboard.press('Enter');
    await dialog().waitFor();
    await expect.poll(() => asked('outcomes.load').length).toBeGreaterThan(before);
    expect(asked('outcomes.load').at(-1)?.instrument).toBe(RELIANCE);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it.each(['dark', 'light'])('are open to everyone, %s', AXE, async (theme) => {
    await page.evaluate((next) => {
      document.documentElement.dataset['theme'] = next;
    }, theme);
    await page.getByRole('button', { name: 'Mute AXISBANK', exact: true }).click();
    expect(await violations(), 'a passport and a choice of mutes').toEqual([]);
    await page.getByRole('button', { name: 'Mute AXISBANK', exact: true }).click();
    await page.getByRole('button', { name: 'Outcomes' }).click();
    await dialog().waitFor();
    await dialog().getByLabel('in the last').selectOption('30');
    await dialog().getByRole('radio', { name: 'Each alert' }).click();
    expect(await violations(), 'outcomes').toEqual([]);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('leave, when there are none, the symbols nearest to firing', async () => {
    screen.engine.tell({ type: 'alerts-changed', alerts: [] });
    await page.getByText('No alerts yet').waitFor();
    await page.getByText('by 3 rules and found 2, which were cleared.').waitFor();
    const near = page.getByRole('region', { name: 'Nearest to firing' });
    await near.getByText('ema(9) crosses above ema(21)').first().waitFor();
    expect(await near.getByText('does not hold').count()).toBeGreaterThan(0);
    expect(await violations()).toEqual([]);
  });
});

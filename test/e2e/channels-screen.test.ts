import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelState } from '../../src/contract/channels.ts';
import { AppError } from '../../src/core/errors.ts';
import { createTelegram } from '../../src/main/alerts/telegram.ts';
import { createWebhook } from '../../src/main/alerts/webhook.ts';
import { chromiumPath, NO_CHROMIUM } from '../support/browser.ts';
import { ensureBuilt } from '../support/built.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { PROJECT } from '../support/start-app.ts';
import { type FakeScreen, openFakeScreen } from './fake-screen.ts';

/** A look of axe at the whole screen takes seconds. */
const AXE = { timeout: 400_000 };
const nothing = { clock: new FakeClock(), credentials: () => ({}) };

describe.skipIf(chromiumPath === undefined)(`channels in Settings (${NO_CHROMIUM})`, () => {
  let screen: FakeScreen;
  let page: Page;
  let isDown = true;
  let channels: readonly ChannelState[] = [
    { id: 'desktop', label: 'Desktop', fields: [] },
    createWebhook(nothing),
    createTelegram(nothing),
  ].map(({ id, label, fields }) => ({ id, label, fields, fieldsSet: [], waiting: 0, trouble: null }) as ChannelState);

  beforeAll(async () => {
    ensureBuilt();
    screen = await openFakeScreen({
      pageDir: join(PROJECT, 'out', 'renderer'),
      handlers: {
        'channels.load': async () => channels,
        'channels.save': async ({ channel, fields }) => {
          if (fields['address'] === 'http://x.example')
            throw new AppError('invalid-input', 'It must begin with https.');
          const names = Object.entries(fields);
          channels = channels.map((each) => {
            if (each.id !== channel) return each;
            const kept = each.fieldsSet.filter((name) => fields[name] !== '');
            return { ...each, fieldsSet: [...kept, ...names.flatMap(([name, value]) => (value === '' ? [] : [name]))] };
          });
          return channels;
        },
        'channels.test': async () => {
          if (isDown) throw new AppError('network', 'The webhook refused the connection. Tickscope tries again.');
          return null;
        },
      },
    });
    page = screen.page;
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: 'Alerts' }).click();
  }, AXE.timeout);

  afterAll(() => screen?.close());

  it('say how they stand, and take what they need without ever showing it', async () => {
    const summary = page.locator('summary', { hasText: 'Webhook' });
    await summary.filter({ hasText: 'not set up' }).click();
    const address = page.getByRole('textbox', { name: 'Address' });
    expect(await address.getAttribute('type')).toBe('password');
    await address.fill('http://x.example');
    await page.getByRole('button', { name: 'Save Webhook' }).click();
    await page.getByRole('alert').filter({ hasText: 'It must begin with https.' }).waitFor();
    await address.fill('https://x.example/key');
    await page.getByRole('textbox', { name: 'Signing secret' }).fill('a long enough secret');
    await page.getByRole('button', { name: 'Save Webhook' }).click();
    await summary.filter({ hasText: 'ready' }).waitFor();
    expect(await address.inputValue()).toBe('');
    expect(await address.getAttribute('placeholder')).toBe('•••••••• set');
    expect(await page.content()).not.toContain('x.example/key');
  });

  it('are tried, with what came of it', async () => {
    await page.getByRole('button', { name: 'Test Webhook' }).click();
    await page.getByRole('alert').filter({ hasText: 'The webhook refused the connection.' }).waitFor();
    isDown = false;
    await page.getByRole('button', { name: 'Test Webhook' }).click();
    await page.getByText('It got through.').waitFor();
    expect(screen.engine.asked).toContainEqual(['channels.test', { channel: 'webhook' }]);
  });

  it('show what waits the moment the engine says that something changed', async () => {
    channels = channels.map((each) => ({ ...each, waiting: 3, trouble: 'It is down.' }));
    screen.engine.tell({ type: 'channels-changed' });
    await page.locator('summary', { hasText: 'Webhook' }).filter({ hasText: '3 wait, the last one failed' }).waitFor();
    await page.locator('summary', { hasText: 'Telegram' }).filter({ hasText: 'not set up, 3 wait' }).waitFor();
  });

  it('are removed', async () => {
    await page.getByRole('button', { name: 'Remove Address' }).click();
    await page.locator('summary', { hasText: 'Webhook' }).filter({ hasText: 'something is missing' }).waitFor();
    expect(await page.getByRole('button', { name: 'Test Webhook' }).isDisabled()).toBe(true);
  });

  it('have a digest and quiet hours', async () => {
    const digest = page.getByRole('textbox', { name: 'Digest above' });
    await digest.fill('12');
    await digest.press('Enter');
    await page.getByRole('switch', { name: 'Quiet hours' }).click();
    const from = page.getByRole('textbox', { name: 'Quiet from' });
    await from.fill('late');
    await from.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'no time of day' }).waitFor();
    await from.fill('2130');
    await from.press('Enter');
    await page.getByText('Indian time, over midnight.').waitFor();
    await expect
      .poll(() => screen.engine.asked.at(-1))
      .toEqual(['settings.update', { alerts: { quiet: { from: '21:30', to: '07:00' } } }]);
    expect(screen.engine.asked).toContainEqual(['settings.update', { alerts: { digestAbove: 12 } }]);
  });

  it('can be reached by everyone', AXE, async () => {
    const { violations } = await new AxeBuilder({ page }).include('.settings-panel:not([hidden])').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect(screen.complaints).toEqual([]);
  });
});

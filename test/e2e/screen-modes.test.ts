import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FeedState } from '../../src/contract/events.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import { venueStates } from '../renderer/fake-brokers.ts';
import { FAKE_NOW } from '../renderer/fake-snapshot.ts';
import { chromiumPath, NO_CHROMIUM } from '../support/browser.ts';
import type { FakeScreen } from './fake-screen.ts';
import { LARGE } from './screen-page.ts';
import { askedOf, BANK_FEED, FIRST, openVenueScreen, STANDBY } from './venue-screen.ts';

const WEEKS_LATER = Date.parse('2026-12-28T09:15:00+05:30') as EpochMs;

describe.skipIf(chromiumPath === undefined)(`the modes of a feed (${NO_CHROMIUM})`, () => {
  let screen: FakeScreen;
  let page: Page;

  beforeAll(async () => {
    screen = await openVenueScreen({ brokers: [...FIRST.brokers, ...venueStates()], feed: BANK_FEED });
    page = screen.page;
  });
  afterAll(async () => {
    expect(screen?.complaints ?? []).toEqual([]);
    await screen?.close();
  });

  const tellFeed = (change: Partial<FeedState>) =>
    screen.engine.tell({ type: 'feed', feed: { ...BANK_FEED, ...change } });
  const mode = (name: string) => page.getByRole('radiogroup', { name: 'Mode' }).getByRole('radio', { name });

  it('goes through the modes by keys, and starts none on the way', async () => {
    await mode('Streaming').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(askedOf(screen, 'settings.update')).toEqual([]);
    await page.keyboard.press('Enter');
    await expect.poll(() => askedOf(screen, 'settings.update')).toEqual([{ feed: { mode: 'auto' } }]);
    await mode('Auto · polling until 14:00').waitFor();
    await expect.poll(() => mode('Auto').getAttribute('aria-checked')).toBe('true');
  });

  it('holds a mode until the next boundary, and goes back', async () => {
    const holds = () => askedOf(screen, 'mode.hold').map(({ mode: held }) => held);
    await mode('Streaming').click();
    await expect.poll(holds).toEqual(['streaming']);
    tellFeed({ mode: 'streaming', isHeld: true });
    await page.getByText('Streaming is held until 14:00; then the schedule goes on.').waitFor();
    await mode('Streaming held').waitFor();
    await mode('Auto · held until 14:00').waitFor();
    await mode('Streaming').click();
    await expect.poll(holds).toEqual(['streaming', null]);
    tellFeed({});
    await page.getByText('Polling runs by the schedule until 14:00.').waitFor();
    await page.getByRole('button', { name: 'Always polling' }).click();
    await expect.poll(() => askedOf(screen, 'settings.update').at(-1)).toEqual({ feed: { mode: 'polling' } });
    await expect.poll(() => mode('Polling').getAttribute('aria-checked')).toBe('true');
  });

  it('says why a mode cannot be, and does not try', async () => {
    tellFeed({ source: 'radio', label: 'Radio Prices' });
    const before = screen.engine.asked.length;
    await expect.poll(() => mode('Auto').getAttribute('aria-disabled')).toBe('true');
    await mode('Auto').focus();
    await page.keyboard.press('Enter');
    await mode('Auto').hover({ force: true });
    await page.locator('.tip', { hasText: 'Radio Prices has only one of them.' }).waitFor();
    expect(screen.engine.asked.length).toBe(before);
    tellFeed({});
  });

  it('has room for Auto beside every badge, at every width', async () => {
    const badges: readonly Partial<FeedState>[] = [
      {},
      { standby: STANDBY, isHeld: true },
      { status: { state: 'waiting', retryAt: FAKE_NOW, reason: 'The line is cut.' } },
      { status: { state: 'connecting', attempt: 12 } },
    ];
    screen.engine.tell({
      type: 'settings',
      settings: settingsSchema.parse({ feed: { mode: 'auto', source: 'bank' } }),
    });
    for (const badge of badges) {
      tellFeed(badge);
      for (let width = 720; width <= 1_920; width += 40) {
        await page.setViewportSize({ width, height: 900 });
        const over = await page.evaluate(() => {
          const bar = document.querySelector<HTMLElement>('.top-bar');
          return bar === null ? 'The bar is not there.' : bar.scrollWidth - bar.clientWidth;
        });
        expect(over, `${JSON.stringify(badge)} at ${width}`).toBe(0);
      }
    }
    screen.engine.tell({ type: 'market', market: { phase: 'closed', until: WEEKS_LATER, warning: undefined } });
    tellFeed({});
    for (const width of [1_280, 1_440, 1_480, 1_600, 1_700, 1_800]) {
      await page.setViewportSize({ width, height: 900 });
      const bar = page.locator('.top-bar');
      expect(await bar.evaluate((one) => one.scrollWidth - one.clientWidth), `closed at ${width}`).toBe(0);
    }
    await page.setViewportSize(LARGE);
  });
});

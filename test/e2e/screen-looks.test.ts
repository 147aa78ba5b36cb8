import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, NO_CHROMIUM } from '../support/browser.ts';
import { atRest, LARGE, type OpenScreen, openScreen, pricesShown, SMALL, setOption, setTheme } from './screen-page.ts';

/** A look of axe at the whole screen takes seconds, and a test takes seven of them. */
const AXE = { timeout: 400_000 };

describe.skipIf(chromiumPath === undefined)(`the looks of the screen (${NO_CHROMIUM})`, () => {
  let screen: OpenScreen;
  let page: Page;

  beforeAll(async () => {
    screen = await openScreen();
    page = screen.page;
  });
  afterAll(async () => {
    await screen?.close();
  });

  it.each(['Dark', 'Light'] as const)(
    'is open to everyone in %s, at both sizes and in every window',
    AXE,
    async (theme) => {
      await setTheme(page, theme);
      for (const key of ['Control+k', '?', 'Control+,']) {
        await page.keyboard.press(key);
        await page.getByRole('dialog').waitFor();
        expect(await violations(page), key).toEqual([]);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
      for (const size of [LARGE, SMALL]) {
        await page.setViewportSize(size);
        expect(await violations(page), `the screen at ${size.width}`).toEqual([]);
      }
      await page.setViewportSize(LARGE);
      await setOption(page, 'Colours for colour blindness');
      expect(await violations(page), 'in blue and orange').toEqual([]);
      await setOption(page, 'Colours for colour blindness');
    },
  );

  it.each([
    [1440, 0.8],
    [1440, 1.5],
    [1440, 2],
    [1024, 1],
    [1024, 2],
  ])('cuts nothing off in a window %i wide at a zoom of %d', async (width, zoom) => {
    await page.setViewportSize({ width: Math.round(width / zoom), height: Math.round(900 / zoom) });
    const tooWide = () =>
      page.evaluate(() =>
        ['.top-bar', '.workspace', '.status-strip', '.timeframes'].filter((part) => {
          const element = document.querySelector(part);
          return element === null || element.scrollWidth > element.clientWidth + 1;
        }),
      );
    await expect.poll(tooWide).toEqual([]);
    await page.setViewportSize(LARGE);
  });

  it('remembers how wide a panel was dragged, and that it was shut', async () => {
    const watchlist = page.locator('.watchlist');
    const width = async () => Math.round((await watchlist.boundingBox())?.width ?? 0);
    await expect.poll(width).toBe(312);
    const divider = page.getByRole('separator').first();
    const box = await divider.boundingBox();
    if (box === null) throw new Error('There is no divider.');
    await page.mouse.move(box.x, 400);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, 400, { steps: 4 });
    await page.mouse.up();
    await expect.poll(width).toBeCloseTo(372, -1);
    const dragged = await width();
    await page.reload();
    await pricesShown(page);
    await expect.poll(width).toBe(dragged);
    await page.keyboard.press('[');
    await watchlist.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('button', { name: 'Watchlist' }).click();
    await pricesShown(page);
    await expect.poll(width).toBe(dragged);
  });

  it('turns the alerts into a drawer where there is no room beside the chart', async () => {
    await page.setViewportSize(SMALL);
    const drawer = page.getByRole('complementary', { name: 'Alerts' });
    await expect.poll(() => drawer.count()).toBe(0);
    await page.keyboard.press(']');
    await drawer.waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await page.setViewportSize(LARGE);
  });
});

/** What axe finds, short enough to read in a failed test. */
async function violations(page: Page): Promise<readonly string[]> {
  await atRest(page);
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Examination } from '../../src/contract/doctor.ts';
import type { FeedState, LoginStart, LogLine } from '../../src/contract/events.ts';
import { AppError } from '../../src/core/errors.ts';
import { venueStates } from '../renderer/fake-brokers.ts';
import { FAKE_NOW } from '../renderer/fake-snapshot.ts';
import { chromiumPath, NO_CHROMIUM } from '../support/browser.ts';
import type { FakeScreen } from './fake-screen.ts';
import { LARGE, SMALL } from './screen-page.ts';
import { askedOf, BANK_FEED, connection, FIRST, openVenueScreen, STANDBY, violations } from './venue-screen.ts';

/** A look of axe at the whole screen takes seconds. */
const AXE = { timeout: 400_000 };
const FOUND: Examination = {
  venue: 'bank',
  label: 'Bank of Trades',
  examinedAt: FAKE_NOW,
  findings: [
    { check: 'clock', level: 'fine', text: 'The clock is right.', advice: undefined, fix: undefined },
    { check: 'token', level: 'problem', text: 'The token was refused.', advice: 'Log in again.', fix: 'log-in' },
    { check: 'socket', level: 'warning', text: 'The stream was refused.', advice: 'Poll.', fix: 'switch-to-polling' },
    { check: 'first-tick', level: 'unknown', text: 'No price can come.', advice: undefined, fix: undefined },
  ],
};
const LOG: readonly LogLine[] = [
  { time: FAKE_NOW, level: 'info', text: 'Connected to ticker 1.' },
  { time: FAKE_NOW, level: 'warn', text: 'Ticker 2 was silent.' },
];

describe.skipIf(chromiumPath === undefined)(`a feed on the screen (${NO_CHROMIUM})`, () => {
  let screen: FakeScreen;
  let page: Page;
  let login: () => Promise<LoginStart> = async () => ({ kind: 'done' });

  beforeAll(async () => {
    screen = await openVenueScreen(
      {
        brokers: [...FIRST.brokers, ...venueStates(['appId', 'appSecret'])],
        feed: BANK_FEED,
        quotes: FIRST.quotes.map((quote) => ({ ...quote, bid: 1_412.1, ask: 1_412.35, dayHigh: 1_420 })),
        stats: {
          ...FIRST.stats,
          differing: 3,
          connections: [connection('ticker 1'), connection('ticker 2', { drops: 14, state: 'waiting' })],
        },
      },
      {
        'doctor.run': async () => FOUND,
        'log.tail': async () => LOG,
        'login.begin': () => login(),
      },
    );
    page = screen.page;
  });
  afterAll(async () => {
    expect(screen?.complaints ?? []).toEqual([]);
    await screen?.close();
  });

  const tellFeed = (change: Partial<FeedState>) =>
    screen.engine.tell({ type: 'feed', feed: { ...BANK_FEED, ...change } });
  const banner = () => page.getByRole('region', { name: 'Login' });

  it('tells the engine that it is seen', async () => {
    await expect.poll(() => askedOf(screen, 'screen.seen')).toMatchObject([{ isSeen: true }]);
    const [watched] = askedOf(screen, 'chart.watch');
    expect(askedOf(screen, 'screen.seen')[0]?.screen).toBe(watched?.screen);
  });

  it('shows what the venue tells besides the price', async () => {
    const line = page.locator('.quote-line');
    await expect.poll(() => line.innerText()).toMatch(/Bid\s+1,412\.10\s+Ask\s+1,412\.35\s+H\s+1,420\.00/);
    expect(await line.getByText('Day O').isVisible(), 'what it does not tell is not there').toBe(false);
  });

  it('has the connections side by side', async () => {
    await page.getByRole('tab', { name: 'Health' }).click();
    const table = page.getByRole('region', { name: 'Connections' });
    await table.getByRole('columnheader', { name: 'ticker 2 reconnecting' }).waitFor();
    const dropped = table.getByRole('row').filter({ hasText: 'Dropped' });
    expect(await dropped.getByRole('cell').allInnerTexts()).toEqual(['0', '14']);
    await page.getByRole('contentinfo').getByText('dropped 14').waitFor();
    await page.getByRole('contentinfo').getByText('differing 3').waitFor();
  });

  it('says who carries where a second venue stands in', async () => {
    tellFeed({ standby: STANDBY });
    await page.getByText('STAND-IN LIVE').waitFor();
    await page.getByText('1,204 bars compared, 3 differed.').waitFor();
    tellFeed({});
  });

  it('starts and stops', async () => {
    const panel = page.getByRole('tabpanel');
    await panel.getByRole('button', { name: 'Stop monitoring' }).click();
    await expect.poll(() => askedOf(screen, 'feed.stop')).toHaveLength(1);
    tellFeed({ status: { state: 'stopped', reason: 'by-user' } });
    await panel.getByText('Stopped by you. Start monitoring to go on.').waitFor();
    await panel.getByRole('button', { name: 'Start monitoring' }).click();
    await expect.poll(() => askedOf(screen, 'feed.reconnect')).toHaveLength(1);
    tellFeed({});
  });

  it('examines the feed, says the worst first and offers what helps', async () => {
    await page.getByRole('button', { name: 'Examine' }).click();
    const section = page.getByRole('region', { name: 'Examination' });
    await section.getByText('1 problem, 1 warning, 1 check could not be made.').waitFor();
    expect(await section.getByRole('listitem').first().innerText()).toContain('The token was refused.');
    await section.getByRole('button', { name: 'Switch to polling' }).click();
    await expect.poll(() => askedOf(screen, 'settings.update').at(-1)).toEqual({ feed: { mode: 'polling' } });
    await section.locator('summary', { hasText: '1 fine' }).click();
    await section.getByText('The clock is right.').waitFor();
  });

  it('shows the log when it is asked for, and again on demand', async () => {
    const panel = page.getByRole('tabpanel');
    await panel.locator('summary', { hasText: 'Log' }).click();
    await panel.getByText('Ticker 2 was silent.').waitFor();
    await panel.getByRole('button', { name: 'Refresh' }).click();
    await expect.poll(() => askedOf(screen, 'log.tail')).toEqual([{ lines: 50 }, { lines: 50 }]);
    await panel.locator('summary', { hasText: 'Subscriptions' }).click();
    await panel.getByRole('listitem').filter({ hasText: 'NSE:RELIANCE' }).waitFor();
  });

  it('asks for a login once, opens its page, and thanks by going away', async () => {
    login = async () => ({ kind: 'browser', url: `${page.url().split('/').slice(0, 3).join('/')}/icon.svg` });
    tellFeed({ status: { state: 'stopped', reason: 'auth-expired' } });
    await banner().getByText('Bank of Trades needs a login.').waitFor();
    const opened = page.context().waitForEvent('page');
    await banner().getByRole('button', { name: 'Log in' }).click();
    await (await opened).close();
    await banner().getByText('Finish the login on the page that has opened.').waitFor();
    tellFeed({ status: { state: 'connecting', attempt: 1 } });
    await banner().waitFor({ state: 'detached' });
  });

  it('says why a login failed where it was tried', async () => {
    login = () => Promise.reject(new AppError('auth-expired', 'The one-time code was refused. Check the TOTP key.'));
    tellFeed({ status: { state: 'stopped', reason: 'auth-expired' } });
    await banner().getByRole('button', { name: 'Log in' }).click();
    await banner().getByRole('alert').getByText('The one-time code was refused. Check the TOTP key.').waitFor();
    login = async () => ({ kind: 'done' });
    await banner().getByRole('button', { name: 'Try again' }).click();
    await banner().getByRole('alert').waitFor({ state: 'detached' });
  });

  it('is open to everyone with all of it on screen', AXE, async () => {
    tellFeed({ status: { state: 'stopped', reason: 'auth-expired' }, loginUntil: FAKE_NOW });
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
  });

  it('tells an order that moved', async () => {
    const order = {
      id: '1',
      instrument: FIRST.instruments[1]?.key,
      symbol: 'RELIANCE',
      side: 'buy',
      quantity: 10,
      filledQuantity: 10,
      averagePrice: 1_412,
      state: 'filled',
      message: undefined,
      time: FAKE_NOW,
    } as const;
    screen.engine.tell({ type: 'order', order });
    await page.getByRole('region', { name: 'Notices' }).getByText('RELIANCE BUY 10 filled at 1,412.00').waitFor();
  });
});

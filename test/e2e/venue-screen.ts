import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import type { CommandHandlers, CommandInput, CommandName } from '../../src/contract/commands.ts';
import type { ConnectionMetrics } from '../../src/contract/connection.ts';
import type { FeedState, Snapshot, StandbyState } from '../../src/contract/events.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import { venueStates } from '../renderer/fake-brokers.ts';
import { FAKE_NOW, firstSnapshot, seeded } from '../renderer/fake-snapshot.ts';
import { ensureBuilt } from '../support/built.ts';
import { PROJECT } from '../support/start-app.ts';
import { type FakeScreen, openFakeScreen } from './fake-screen.ts';
import { atRest } from './screen-page.ts';

export const FIRST = firstSnapshot(settingsSchema.parse({}), seeded(7));

/** A real venue of the tests' own, in Auto: polling until two in the afternoon. */
export const BANK_FEED: FeedState = {
  ...FIRST.feed,
  source: 'bank',
  label: 'Bank of Trades',
  world: 'market',
  mode: 'polling',
  nextMode: { at: Date.parse('2026-11-20T14:00:00+05:30') as EpochMs, mode: 'streaming' },
  speed: 1,
};

/** A second venue that has taken over. */
export const STANDBY: StandbyState = {
  source: 'kite',
  label: 'Zerodha Kite',
  status: { state: 'live', since: FAKE_NOW },
  first: { state: 'stale', lastTickAt: FAKE_NOW },
  isCarrying: true,
  compared: 1_204,
  differing: 3,
};

export function connection(name: string, change: Partial<ConnectionMetrics> = {}): ConnectionMetrics {
  return {
    name,
    state: 'live',
    messages: 12_430,
    bytes: 8_400_000,
    errors: 0,
    drops: 0,
    reconnects: 1,
    rotations: 0,
    connectedAt: FAKE_NOW,
    lastMessageAt: FAKE_NOW,
    lastDataAt: FAKE_NOW,
    latencyMs: 12,
    subscriptions: 30,
    ...change,
  };
}

/** The page over a fake engine that knows three invented venues besides the usual feeds. */
export async function openVenueScreen(
  snapshot: Partial<Snapshot> = {},
  handlers: Partial<CommandHandlers> = {},
): Promise<FakeScreen> {
  ensureBuilt();
  return openFakeScreen({
    pageDir: join(PROJECT, 'out', 'renderer'),
    snapshot: { brokers: [...FIRST.brokers, ...venueStates()], ...snapshot },
    handlers,
  });
}

/** What the page asked of one command so far. */
export function askedOf<Name extends CommandName>(screen: FakeScreen, name: Name): readonly CommandInput<Name>[] {
  // The list holds what the wire carried, whose commands are typed by name.
  return screen.engine.asked.filter(([one]) => one === name).map(([, input]) => input as CommandInput<Name>);
}

/** What axe finds, short enough to read in a failed test. */
export async function violations(page: Page): Promise<readonly string[]> {
  await atRest(page);
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

export async function openFeedSettings(page: Page, broker: RegExp): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: 'Feed' }).click();
  await page.getByRole('radio', { name: broker }).click();
}

export async function closeSettings(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

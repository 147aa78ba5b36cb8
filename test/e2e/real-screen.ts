import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { SettingsPatch } from '../../src/contract/settings.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import { compose } from '../../src/main/compose.ts';
import type { Clock } from '../../src/main/engine/ports.ts';
import { createFileVault } from '../../src/main/platform/file-vault.ts';
import { findResources } from '../../src/main/platform/find-resources.ts';
import { logTail } from '../../src/main/platform/log-tail.ts';
import { createLogger, logFile } from '../../src/main/platform/logger.ts';
import { prepareDataDir } from '../../src/main/platform/paths.ts';
import { createRedactor } from '../../src/main/platform/redactor.ts';
import { systemClock } from '../../src/main/platform/system-clock.ts';
import { serveWeb, type WebDoor } from '../../src/main/shells/web/serve-web.ts';
import { launchBrowser } from '../support/browser.ts';
import { ensureBuilt } from '../support/built.ts';
import { PROJECT } from '../support/start-app.ts';
import { LARGE } from './screen-page.ts';

export interface RealScreenOptions {
  readonly clock: MovedWallClock;
  readonly env: Readonly<Record<string, string>>;
  readonly settings?: SettingsPatch;
}

export interface RealScreen {
  readonly page: Page;
  /** Where the web door listens. */
  readonly origin: string;
  /** What the browser's console complained of so far. */
  readonly complaints: readonly string[];
  /** Every frame of the page's WebSocket, both ways. */
  readonly frames: readonly string[];
  close(): Promise<void>;
}

/** The machine's clock, put to another time; it runs on from there. */
export interface MovedWallClock extends Clock {
  /** How far it is from the machine's. */
  readonly offset: number;
  /** Puts it on by so much; no timer hears of it. */
  skip(ms: number): void;
}

/** A clock that says `at` now. */
export function clockFrom(at: number): MovedWallClock {
  let offset = at - systemClock.now();
  return {
    now: () => (systemClock.now() + offset) as EpochMs,
    after: systemClock.after,
    get offset() {
      return offset;
    },
    skip(ms) {
      offset += ms;
    },
  };
}

/** The whole engine and its built page in a browser, at a time of one's choice, with venues where `env` says. */
export async function openRealScreen({ clock, env, settings }: RealScreenOptions): Promise<RealScreen> {
  ensureBuilt();
  const dataDir = mkdtempSync(join(tmpdir(), 'real-screen-'));
  const paths = prepareDataDir(dataDir);
  const redactor = createRedactor();
  const logger = createLogger(paths.logs, { redactor });
  let door: WebDoor | undefined;
  const origin = (): string | undefined => (door === undefined ? undefined : new URL(door.link).origin);
  const vault = createFileVault(paths.vault, {
    clock,
    env,
    hide: (value) => redactor.hide(value),
    warn: (message) => logger.warn(message),
  });
  const engine = await compose({
    clock,
    dataDir,
    resourcesDir: findResources(PROJECT),
    vault,
    channels: [],
    logger,
    // No test asks the exchange itself: nobody answers there.
    env: { TICKSCOPE_NSE_URL: 'http://127.0.0.1:1', ...env },
    version: '0.0.0',
    logTail: (lines) => logTail(logFile(paths.logs), lines),
    doorOrigin: origin,
    ...(settings && { settingsOverride: settings }),
  });
  door = await serveWeb(engine, { port: 0, pageDir: join(PROJECT, 'out', 'renderer') });
  const browser = await launchBrowser();
  const page = await (await browser.newContext({ viewport: LARGE })).newPage();
  await page.addInitScript(moveDate, clock.offset);
  const complaints: string[] = [];
  const frames: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => frames.push(String(payload)));
    socket.on('framereceived', ({ payload }) => frames.push(String(payload)));
  });
  await page.goto(door.link);
  await page.locator('.watch-row').first().waitFor();
  return {
    page,
    origin: new URL(door.link).origin,
    complaints,
    frames,
    async close() {
      await browser.close();
      await door?.close();
      await engine.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Runs in the page: its clock on the wall must say what the engine's says. */
function moveDate(offset: number): void {
  const now = Date.now;
  Date.now = () => now() + offset;
}

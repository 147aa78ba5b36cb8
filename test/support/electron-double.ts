import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumPath } from './browser.ts';
import { PROJECT } from './start-app.ts';

export interface DoubleOptions {
  readonly dataDir: string;
  readonly args?: readonly string[];
  /** An address the double lets the page go to although main forbids it. */
  readonly foreign?: string;
  /** Beside those of the test itself. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunningDouble {
  readonly page: Page;
  /** What main said on stderr so far. */
  talk(): string;
  /** Resolves to main's exit code once it has ended by itself. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

/** Runs the built main process and preload in the Electron double and attaches to its window. */
export async function startDouble({ dataDir, args = [], foreign, env }: DoubleOptions): Promise<RunningDouble> {
  const port = await freePort();
  const register = join(PROJECT, 'test', 'support', 'minihost', 'register.mjs');
  const main = join(PROJECT, 'out', 'main', 'index.js');
  const child = spawn(process.execPath, ['--import', register, main, '--data', dataDir, ...args], {
    cwd: PROJECT,
    env: {
      ...process.env,
      ...env,
      MINIHOST_CDP_PORT: String(port),
      MINIHOST_CHROMIUM: chromiumPath,
      ...(foreign !== undefined && { MINIHOST_FOREIGN: foreign }),
    },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let talk = '';
  child.stderr.on('data', (part) => {
    talk += part;
  });
  const ended = once(child, 'exit').then(([code]: unknown[]) => (typeof code === 'number' ? code : null));
  let browser: Browser | undefined;
  const stop = async (): Promise<void> => {
    await browser?.close().catch(() => undefined);
    if (child.exitCode === null) child.kill('SIGTERM');
    await ended;
  };
  try {
    browser = await attach(port, () => child.exitCode !== null);
    return { page: await windowOf(browser), talk: () => talk, ended, stop };
  } catch (cause) {
    await stop();
    throw new Error(`The window did not open: ${talk}`, { cause });
  }
}

/** Tries until the browser listens: there is no sign to wait for. */
async function attach(port: number, isOver: () => boolean): Promise<Browser> {
  for (let attempt = 0; attempt < 300 && !isOver(); attempt += 1) {
    try {
      return await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    } catch {
      await pause(100);
    }
  }
  throw new Error('The browser never listened.');
}

async function windowOf(browser: Browser): Promise<Page> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const page = browser.contexts().flatMap((context) => context.pages())[0];
    if (page?.url().startsWith('https://tickscope.app.invalid')) return page;
    await pause(100);
  }
  throw new Error('The window never showed the page.');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Source } from '../../src/contract/settings.ts';

export const PROJECT = join(import.meta.dirname, '..', '..');

export interface AppOptions {
  /** A fresh one, removed at the end, when left out. */
  readonly dataDir?: string;
  readonly feed?: Source;
  /** Market seconds per second. */
  readonly speed?: number;
  /** Further words of the command line. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunningApp {
  /** The link to open, with its launch key. */
  readonly url: string;
  readonly dataDir: string;
  readonly process: ChildProcess;
  /** What it said on stderr so far. */
  talk(): string;
  /** Asks it to end, waits, and removes a data folder that was made for it. Resolves to its exit code. */
  stop(): Promise<number | null>;
}

/** Starts the headless door as a user would, on any free port. Rejects with what it said when it does not start. */
export async function startApp({ dataDir, feed, speed, args = [], env = {} }: AppOptions = {}): Promise<RunningApp> {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'tickscope-'));
  const words = ['serve', '--port', '0', '--data', folder];
  if (feed !== undefined) words.push('--feed', feed);
  if (speed !== undefined) words.push('--speed', String(speed));
  const child = spawn(process.execPath, [join(PROJECT, 'src', 'main', 'cli.ts'), ...words, ...args], {
    cwd: PROJECT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let talk = '';
  child.stderr.on('data', (part) => {
    talk += part;
  });
  const exited = once(child, 'exit');
  const first = once(createInterface({ input: child.stdout }), 'line');
  const outcome = await Promise.race([first, exited.then(() => undefined)]);
  if (outcome === undefined) throw new Error(`The app did not start: ${talk}`);

  return {
    url: String(outcome[0]),
    dataDir: folder,
    process: child,
    talk: () => talk,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      const [code] = await exited;
      if (dataDir === undefined) rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}

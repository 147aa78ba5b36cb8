import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PROJECT } from '../support/start-app.ts';

const scratch = mkdtempSync(join(tmpdir(), 'start-'));
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

/** What `npm start` runs once the packages are there; `env` lays over an environment without display or browser. */
function start(env: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, npm_lifecycle_event: _npm, ...rest } = process.env;
  const child = spawn(process.execPath, [join(PROJECT, 'scripts', 'launch.mjs'), '--data', scratch, ...args], {
    env: { ...rest, PATH: join(scratch, 'nothing'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let talk = '';
  const linked = new Promise<string>((resolve) => {
    child.stdout.on('data', (part) => {
      out += part;
      if (out.includes('\n')) resolve(out.trim());
    });
  });
  child.stderr.on('data', (part) => {
    talk += part;
  });
  const ended = once(child, 'close').then(([code]: unknown[]) => ({ code, out, talk }));
  return { child, linked, ended };
}

/** A program in place of Electron's binary. */
function fakeElectron(name: string, script: string): Readonly<Record<string, string>> {
  const folder = join(scratch, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'electron'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'electron'), 0o755);
  return { ELECTRON_OVERRIDE_DIST_PATH: folder, DISPLAY: ':99' };
}

describe.skipIf(process.platform !== 'linux')('npm start (on Linux)', () => {
  it('opens the web door where there is no display, says so in one line, and ends when asked to', async () => {
    const { child, linked, ended } = start({}, '--port', '0');
    const link = await linked;
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(303);
    child.kill('SIGTERM');
    const { code, out, talk } = await ended;
    expect([code, out.trim()]).toEqual([0, link]);
    expect(talk.match(/^.*Electron.*$/gm)).toEqual([
      'There is no display for the Electron window, so Tickscope runs without it; open this link in a browser:',
    ]);
  });

  it('runs Electron on the project with the arguments it was given, and ends as it ends', async () => {
    const record = join(scratch, 'arguments');
    const env = fakeElectron('working', `printf '%s\\n' "$@" > '${record}'; exit 3`);
    const { code, out } = await start(env, '--feed', 'replay', '--file', 'day.csv').ended;
    expect([code, out]).toEqual([3, '']);
    const given = readFileSync(record, 'utf8').trim().split('\n');
    expect(given.filter((word) => word !== '--no-sandbox')).toEqual([
      PROJECT,
      '--data',
      scratch,
      '--feed',
      'replay',
      '--file',
      'day.csv',
    ]);
    expect(given.includes('--no-sandbox'), 'only root goes without').toBe(process.getuid?.() === 0);
  });

  it('falls back to the web door when Electron crashes at once', async () => {
    const { child, linked, ended } = start(fakeElectron('crashing', 'kill -TRAP $$'), '--port', '0');
    await linked;
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({
      code: 0,
      talk: expect.stringContaining('Electron could not start on this system, so Tickscope runs without it'),
    });
  });

  it.each([
    [['--feed', 'zerodha'], '--feed takes simulator, replay, kite'],
    [['--fullscreen'], 'Known are --feed'],
  ])('knows wrong usage before it builds anything: %j', async (args, words) => {
    const { code, out, talk } = await start({}, ...args).ended;
    expect([code, out]).toEqual([2, '']);
    expect(talk).toContain(words);
  });
});

import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../support/built.ts';
import { PROJECT } from '../support/start-app.ts';

const scratch = mkdtempSync(join(tmpdir(), 'packaging-'));
const unpacked = join(scratch, 'out', 'linux-unpacked');
const asar = (...args: readonly string[]): string =>
  run(join(PROJECT, 'node_modules', '@electron', 'asar', 'bin', 'asar.js'), args);

/** What precedes the fuses in Electron's binary, and the fuses themselves, all at their default. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const UNTOUCHED = '00000000';

function run(script: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: PROJECT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}

/** As much of an Electron as the packager touches: it copies the files and sets the fuses. */
function fakeElectron(): string {
  const folder = join(scratch, 'electron');
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  for (const name of ['electron', 'chrome-sandbox']) copyFileSync('/bin/true', join(folder, name));
  const wire = Buffer.concat([Buffer.from(FUSE_SENTINEL), Buffer.from([1, UNTOUCHED.length]), Buffer.from(UNTOUCHED)]);
  appendFileSync(join(folder, 'electron'), wire);
  for (const name of ['version', 'LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, name), '');
  const app = join(scratch, 'default-app');
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), '{}');
  asar('pack', app, join(folder, 'resources', 'default_app.asar'));
  return folder;
}

describe.skipIf(process.platform !== 'linux')('the package (built on Linux)', () => {
  let files: readonly string[] = [];
  beforeAll(() => {
    ensureBuilt();
    const flags = ['--linux', 'dir', '--publish', 'never'];
    const config = [`-c.electronDist=${fakeElectron()}`, `-c.directories.output=${join(scratch, 'out')}`];
    run(join(PROJECT, 'node_modules', 'electron-builder', 'cli.js'), [...flags, ...config]);
    files = asar('list', join(unpacked, 'resources', 'app.asar')).split('\n');
  });
  afterAll(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  it('holds main, preload and page', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        '/package.json',
        '/out/main/index.js',
        '/out/preload/index.cjs',
        '/out/renderer/index.html',
        '/out/renderer/sounds/buy.wav',
      ]),
    );
  });

  it('holds no sources, tests, documents or data', () => {
    const ours = files.filter((file) => !file.startsWith('/node_modules') && file !== '');
    expect(ours.filter((file) => !/^\/(out|package\.json)(\/|$)/.test(file))).toEqual([]);
    expect(ours.filter((file) => /\.(tsx?|map|sqlite|log|csv|env)$/.test(file))).toEqual([]);
  });

  it('holds the libraries of the main process and none of those that built it', () => {
    const libraries = new Set(files.flatMap((file) => /^\/node_modules\/([^/]+)$/.exec(file)?.[1] ?? []));
    const { dependencies } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
    expect([...libraries]).toEqual(expect.arrayContaining(Object.keys(dependencies)));
    for (const name of ['electron', 'typescript', 'vitest', 'react', 'node24-runtime'])
      expect(libraries).not.toContain(name);
  });

  it('leaves outside the archive what the system must load or start', () => {
    const outside = join(unpacked, 'resources', 'app.asar.unpacked', 'node_modules');
    expect(existsSync(join(outside, 'better-sqlite3', 'prebuilds', `linux-${process.arch}.node`))).toBe(true);
    expect(existsSync(join(outside, 'node-notifier', 'vendor'))).toBe(true);
  });

  it('carries calendar, universe and icon beside the archive', () => {
    for (const name of ['calendar/nse.json', 'universe/nifty50.json', 'icon.png'])
      expect(existsSync(join(unpacked, 'resources', name)), name).toBe(true);
  });

  it('has the switches set that keep Electron from being used for anything else', () => {
    const binary = readFileSync(join(unpacked, 'tickscope'));
    const at = binary.indexOf(FUSE_SENTINEL) + FUSE_SENTINEL.length + 2;
    const fuses = [...binary.subarray(at, at + UNTOUCHED.length).toString()].map((state) => state === '1');
    const [runAsNode, cookieEncryption, nodeOptions, inspect, asarIntegrity, onlyAsar, , fileProtocol] = fuses;
    expect({ runAsNode, cookieEncryption, nodeOptions, inspect, asarIntegrity, onlyAsar, fileProtocol }).toEqual({
      runAsNode: false,
      cookieEncryption: true,
      nodeOptions: false,
      inspect: false,
      asarIntegrity: true,
      onlyAsar: true,
      fileProtocol: false,
    });
  });
});

// The Electron binary. It is no part of the npm package: the first start fetches it from GitHub.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { passSignalsTo, ROOT, say } from './project.mjs';

const ELECTRON = join(ROOT, 'node_modules', 'electron');

/** Long enough for 110 MB on a slow line, short enough for somebody who waits. */
const PATIENCE_MS = 75_000;

/** A window can open: always so on Windows and macOS, on Linux with an X or Wayland server. */
export function hasDisplay() {
  if (process.platform === 'win32' || process.platform === 'darwin') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

export const isRoot = () => process.getuid?.() === 0;

function installedBinary() {
  const pathFile = join(ELECTRON, 'path.txt');
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(ELECTRON, 'dist');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron';
  const binary = join(folder, name);
  return existsSync(binary) ? binary : undefined;
}

/** The path of the binary, fetched if need be; or `{ reason }`, the few words why it cannot be had. */
export async function electronBinary() {
  const there = installedBinary();
  if (there !== undefined) return { binary: there };
  say('Fetching the Electron runtime, once (about 110 MB) …');
  const problem = await install();
  const fetched = installedBinary();
  return fetched === undefined ? { reason: problem ?? 'the download is incomplete' } : { binary: fetched };
}

/** Runs Electron's own installer. Resolves to what went wrong in a few words, or undefined. */
function install() {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(ELECTRON, 'install.js')], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const stopPassing = passSignalsTo(child);
    let errors = '';
    let late = false;
    child.stderr.on('data', (part) => {
      errors += part;
    });
    const timer = setTimeout(() => {
      late = true;
      child.kill();
    }, PATIENCE_MS);
    child.once('close', (code) => {
      clearTimeout(timer);
      stopPassing();
      if (late) resolve(`the download did not finish in ${PATIENCE_MS / 1_000} s`);
      else resolve(code === 0 ? undefined : explain(errors));
    });
  });
}

function explain(errors) {
  if (/fetch failed|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH/.test(errors))
    return 'github.com cannot be reached';
  if (/ENOSPC/.test(errors)) return 'the disk is full';
  const [first = ''] = errors.split('\n').filter((line) => line.trim() !== '');
  return first.slice(0, 120) || 'its installer failed';
}

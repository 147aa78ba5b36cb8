// Builds main, preload and page when a source is newer than the build. Exits 0 when the build stands.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run, say } from './project.mjs';

const SOURCES = ['src', 'package.json', 'package-lock.json', 'electron.vite.config.ts'];
const BUILT = ['main/index.js', 'main/headless.js', 'preload/index.cjs', 'renderer/index.html'];

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function isBuilt() {
  const built = BUILT.map((name) => join(ROOT, 'out', name));
  if (!built.every(existsSync)) return false;
  const oldest = Math.min(...built.map((path) => statSync(path).mtimeMs));
  return SOURCES.every((name) => newest(join(ROOT, name)) <= oldest);
}

if (!isBuilt()) {
  say('Building Tickscope …');
  const builder = join(ROOT, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  // With CI set it draws no progress bars.
  const env = { ...process.env, CI: '1' };
  process.exitCode = await run(process.execPath, [builder, 'build', '--logLevel', 'warn'], { env });
}

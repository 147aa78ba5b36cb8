// The npm packages: are they there, as the lock file says, and which Node runs the project?
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { ROOT, run, Stop, say } from './project.mjs';

const MODULES = join(ROOT, 'node_modules');
const LOCK = join(ROOT, 'package-lock.json');
const STAMP = join(MODULES, '.tickscope-lock');
/** Written by npm as the last thing it does. */
const NPM_STAMP = join(MODULES, '.package-lock.json');

const lockHash = () => createHash('sha256').update(readFileSync(LOCK)).digest('hex');

function isInstalled() {
  if (!existsSync(NPM_STAMP)) return false;
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lockHash()) return true;
  return statSync(NPM_STAMP).mtimeMs >= statSync(LOCK).mtimeMs;
}

/** Installs what package-lock.json names, when it is not there yet. Throws a Stop when that fails. */
export async function ensurePackages() {
  if (isInstalled()) return;
  say('Installing packages, once: about 500, half a gigabyte, a minute or less on a good line …');
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1_000);
  const heartbeat = setInterval(() => say(`… still installing, ${seconds()} s`), 15_000);
  // The npm that runs us, by the Node that runs us; failing that the one on the PATH, which on Windows is a batch file.
  const own = process.env.npm_execpath;
  const flags = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const inherited = { stdio: ['ignore', 2, 2] };
  try {
    const code = own?.endsWith('.js')
      ? await run(process.execPath, [own, ...flags], inherited)
      : await run('npm', flags, { ...inherited, shell: platform() === 'win32' });
    if (code > 128) throw new Stop('Interrupted while installing packages.', code);
    if (code !== 0)
      throw new Stop(
        'The packages could not be installed; the reason is above. Check the connection, then run the command again.',
      );
  } finally {
    clearInterval(heartbeat);
  }
  writeFileSync(STAMP, lockHash());
  say(`Packages installed in ${seconds()} s.`);
}

/** Older ones do not run TypeScript as it stands, or crash in better-sqlite3. */
const OLDEST_NODE = [22, 18];

/** The Node to run the project with: the one that comes with its packages on Linux, or the running one if new enough. */
export function projectNode() {
  const packaged = [join(MODULES, '.bin', 'node'), join(MODULES, `node-${platform()}-${arch()}`, 'bin', 'node')];
  for (const candidate of [...packaged, process.execPath]) {
    if (isNewEnough(candidate)) return candidate;
  }
  throw new Stop(
    `Tickscope needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.version}. Install it from https://nodejs.org and run the command again.`,
  );
}

function isNewEnough(program) {
  if (program !== process.execPath && !existsSync(program)) return false;
  const { stdout } = spawnSync(program, ['-p', 'process.versions.node'], { encoding: 'utf8' });
  const [major = 0, minor = 0] = (stdout ?? '').split('.').map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
}

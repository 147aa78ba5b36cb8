// Launches the built app: in Electron where that can be had, otherwise from the web door. Runs on the project's Node.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { LAUNCH_OPTIONS, readLaunch } from '../src/main/launch-options.ts';
import { dataDir } from '../src/main/platform/paths.ts';
import { findChromium, openAppWindow } from './app-window.mjs';
import { electronBinary, hasDisplay, isRoot } from './electron-runtime.mjs';
import { passSignalsTo, ROOT, run, runMain, Stop, say } from './project.mjs';

const args = process.argv.slice(2);

/** A window that is gone so soon never stood. */
const TOO_SOON_MS = 5_000;

/** Exit codes of programs that ended themselves: SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGSEGV. */
const CRASHES = [132, 133, 134, 135, 139];

function readArguments() {
  try {
    const { values, positionals } = parseArgs({ args, options: LAUNCH_OPTIONS, allowPositionals: true });
    const launch = readLaunch(values, positionals, process.cwd());
    if (typeof launch !== 'string') return launch;
    throw new Stop(launch, 2);
  } catch (thrown) {
    if (thrown instanceof Stop) throw thrown;
    const [complaint] = thrown.message.split('. ');
    throw new Stop(`${complaint}. Known are --feed, --file, --speed, --data, --port and --api-key.`, 2);
  }
}

/** Runs the desktop app to its end. Undefined when it could not even start, which on Linux is its sandbox more often than not. */
async function inElectron(binary) {
  const started = performance.now();
  const flags = isRoot() && process.platform === 'linux' ? ['--no-sandbox'] : [];
  if (flags.length > 0)
    say('Started by root, so without the browser sandbox. Better start Tickscope as a normal user.');
  const code = await run(binary, [...flags, ROOT, ...args], { stdio: 'inherit' });
  return CRASHES.includes(code) && performance.now() - started < TOO_SOON_MS ? undefined : code;
}

/** Runs the engine with its web door, and a window on it if there can be one. */
async function inBrowser(launch, reason) {
  const browser = hasDisplay() ? findChromium() : undefined;
  const where =
    browser === undefined ? 'open this link in a browser:' : 'it opens in a browser window, also at this link:';
  const engine = spawn(process.execPath, [join(ROOT, 'out', 'main', 'headless.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stopPassing = passSignalsTo(engine);
  const ended = once(engine, 'exit');
  let page;
  createInterface({ input: engine.stdout }).once('line', (link) => {
    say(`${reason}, so Tickscope runs without it; ${where}`);
    process.stdout.write(`${link}\n`);
    if (browser === undefined) return;
    const profile = join(
      launch.dataDir ?? dataDir({ env: process.env, platform: process.platform, home: homedir() }),
      'browser',
    );
    const opened = performance.now();
    page = openAppWindow(browser, link, profile);
    page.once('error', () => say('The browser window could not be opened. Open the link yourself.'));
    page.once('exit', () => {
      // Some browsers hand the window to another process and leave at once; then it is not ours to follow.
      if (performance.now() - opened > TOO_SOON_MS) engine.kill();
    });
  });
  const [code, signal] = await ended;
  stopPassing();
  page?.kill();
  return code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1);
}

await runMain(async () => {
  const launch = readArguments();
  if ((await run(process.execPath, [join(ROOT, 'scripts', 'build-if-needed.mjs')])) !== 0)
    throw new Stop('Tickscope could not be built; the reason is above. After an update, try: npm ci');
  if (!hasDisplay()) return inBrowser(launch, 'There is no display for the Electron window');
  const { binary, reason } = await electronBinary();
  if (binary === undefined) return inBrowser(launch, `The Electron runtime cannot be had (${reason})`);
  const code = await inElectron(binary);
  return code ?? inBrowser(launch, 'Electron could not start on this system');
});

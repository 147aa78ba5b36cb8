// What the end-to-end tests need from the system: a browser, a screen, and a desktop that shows notifications.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findChromium } from './app-window.mjs';
import { isRoot } from './electron-runtime.mjs';
import { run, say } from './project.mjs';

function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Each need, its Debian packages, and the tests that are skipped without it. */
const NEEDS = [
  { packages: ['chromium'], purpose: 'a browser to test the page in', there: () => findChromium() !== undefined },
  { packages: ['xvfb'], purpose: 'a screen for it where there is none', there: () => onPath('Xvfb') },
  {
    packages: ['dbus', 'dbus-x11'],
    purpose: 'the bus that notifications travel on',
    there: () => onPath('dbus-run-session') && onPath('dbus-monitor'),
  },
  { packages: ['dunst'], purpose: 'a desktop service that shows notifications', there: () => onPath('dunst') },
  { packages: ['libnotify-bin'], purpose: 'notify-send, which hands them over', there: () => onPath('notify-send') },
  {
    packages: ['fonts-dejavu-core'],
    purpose: 'a font, so that text has a size',
    there: () => existsSync('/usr/share/fonts') && readdirSync('/usr/share/fonts').length > 0,
  },
];

/** Installs on Debian and Ubuntu what is missing there; elsewhere says what to install. Tests that lack something skip and say so. */
export async function ensureSystemPackages() {
  if (process.platform !== 'linux') {
    if (findChromium() === undefined) say('No Chromium, Chrome or Edge was found: tests of the page will be skipped.');
    return;
  }
  const missing = NEEDS.filter(({ there }) => !there());
  if (missing.length === 0) return;
  const list = missing.map(({ packages, purpose }) => `  ${packages.join(' ')} – ${purpose}`).join('\n');
  const names = missing.flatMap(({ packages }) => packages);
  const prefix = isRoot() ? [] : ['sudo', '-n'];
  const may = isRoot() || (onPath('sudo') && spawnSync('sudo', ['-n', 'true']).status === 0);
  if (!onPath('apt-get') || !may) {
    say(`The end-to-end tests also need, under the names Debian gives them:\n${list}`);
    say(`Without them those tests are skipped. On Debian or Ubuntu: sudo apt-get install ${names.join(' ')}`);
    return;
  }
  say(`Installing system packages for the end-to-end tests:\n${list}`);
  const apt = (...args) => {
    const [program, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args];
    return run(program, rest);
  };
  if ((await apt('update')) !== 0) say('The package lists could not be refreshed; trying with those at hand.');
  if ((await apt('install', '-y', '--no-install-recommends', ...names)) !== 0)
    say('Some system packages could not be installed; the tests that need them will be skipped.');
}

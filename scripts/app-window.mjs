// A browser window without tabs or address bar, showing the page of the web door.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isRoot } from './electron-runtime.mjs';

const ON_PATH = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'brave-browser',
];
const ON_MAC = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

function onWindows() {
  const folders = [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA];
  const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
  return folders.flatMap((folder) => (folder ? programs.map((program) => join(folder, program)) : []));
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The first browser of Chromium's family that is installed, or undefined. */
export function findChromium() {
  if (process.platform === 'darwin') return ON_MAC.find(isProgram);
  if (process.platform === 'win32') return onWindows().find(isProgram);
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return ON_PATH.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

/** Opens `link` in a window of its own, whose profile lies in `profileDir`. */
export function openAppWindow(browser, link, profileDir) {
  const flags = [
    `--app=${link}`,
    `--user-data-dir=${profileDir}`,
    '--window-size=1440,900',
    '--autoplay-policy=no-user-gesture-required',
    '--no-first-run',
    '--no-default-browser-check',
  ];
  // Chromium's sandbox refuses to work for root; the second switch keeps it from saying so over the page all the time.
  if (isRoot()) flags.push('--no-sandbox', '--test-type');
  return spawn(browser, flags, { stdio: 'ignore' });
}

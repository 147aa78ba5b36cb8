import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { app, type BrowserWindow, dialog, powerMonitor } from 'electron';
import { AppError } from '../core/errors.ts';
import { findPage, findRoot } from './find-page.ts';
import { LAUNCH_OPTIONS, type Launch, readLaunch } from './launch-options.ts';
import { openEngine } from './open-engine.ts';
import { findResources } from './platform/find-resources.ts';
import { dataDir, prepareDataDir } from './platform/paths.ts';
import { APP_ORIGIN, registerAppScheme, serveAppPage } from './shells/electron/app-protocol.ts';
import { lockDown } from './shells/electron/lock-down.ts';
import { openLoginWindow } from './shells/electron/login-window.ts';
import { setMenu } from './shells/electron/menu.ts';
import { openWindow } from './shells/electron/open-window.ts';
import { serveIpc } from './shells/electron/serve-ipc.ts';
import { systemCipher } from './shells/electron/system-cipher.ts';
import { withLoginWindow } from './shells/electron/with-login-window.ts';

/** Also `appId` in electron-builder.yml: Windows groups windows and signs notifications by it. */
const APP_ID = 'app.tickscope';

/** Our own switches; whatever else is on the command line is Chromium's. */
function readCommandLine(): Launch {
  const { values } = parseArgs({ args: process.argv.slice(1), options: LAUNCH_OPTIONS, strict: false });
  // Not strict, so a switch without its value comes as `true`; it counts as not given.
  const given = Object.entries(values).filter(([, value]) => value !== true);
  const launch = readLaunch(Object.fromEntries(given), [], process.cwd());
  if (typeof launch === 'string') throw new AppError('invalid-input', launch);
  return launch;
}

function fail(thrown: unknown): void {
  const { message } = AppError.from(thrown);
  process.stderr.write(`${message}\n`);
  dialog.showErrorBox('Tickscope cannot start', message);
  app.exit(1);
}

async function start(launch: Launch, dir: string): Promise<BrowserWindow> {
  await app.whenReady();
  app.setAppUserModelId(APP_ID);
  lockDown();
  setMenu();
  const root = findRoot(import.meta.dirname);
  serveAppPage(findPage(root));

  const resourcesDir = findResources(root);
  const { cipher, warning } = systemCipher();
  const { engine } = await openEngine({
    env: process.env,
    dataDir: dir,
    resourcesDir,
    version: app.getVersion(),
    settingsOverride: launch.settingsOverride,
    cipher,
    warnings: warning === undefined ? [] : [warning],
    appId: app.isPackaged ? APP_ID : undefined,
  });

  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void engine
      .close()
      .catch((thrown: unknown) => engine.report(AppError.from(thrown)))
      .finally(() => {
        closed = true;
        app.quit();
      });
  });
  const window = openWindow({
    preload: join(import.meta.dirname, '..', 'preload', 'index.cjs'),
    icon: join(resourcesDir, 'icon.png'),
    dataDir: dir,
  });
  const door = withLoginWindow(engine, (route) => openLoginWindow(route, window));
  serveIpc(door, window.webContents);
  powerMonitor.on('resume', () => engine.wake());
  window.loadURL(`${APP_ORIGIN}/`).catch((thrown: unknown) => engine.report(AppError.from(thrown)));
  return window;
}

try {
  const launch = readCommandLine();
  const dir = launch.dataDir ?? dataDir();
  // Chromium's own files too, so that one folder holds everything and another folder is another app.
  const userData = join(prepareDataDir(dir).dir, 'electron');
  mkdirSync(userData, { recursive: true });
  app.setPath('userData', userData);
  registerAppScheme();
  // The alert sounds without anyone having clicked before.
  app.commandLine.appendSwitch('autoplay-policy', 'no-user-gesture-required');
  app.on('window-all-closed', () => app.quit());

  if (app.requestSingleInstanceLock()) {
    const opened = start(launch, dir);
    app.on('second-instance', () => {
      void opened.then((window) => {
        if (window.isMinimized()) window.restore();
        window.focus();
      });
    });
    opened.catch(fail);
  } else {
    app.quit();
  }
} catch (thrown) {
  fail(thrown);
}

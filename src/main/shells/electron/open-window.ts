import { join } from 'node:path';
import { BrowserWindow, screen } from 'electron';
import { readPlacement, rememberPlacement } from './window-bounds.ts';

export interface WindowOptions {
  /** The built preload script, one CommonJS file. */
  readonly preload: string;
  readonly icon: string;
  /** The folder that keeps the window's place. */
  readonly dataDir: string;
}

/** Opens the app's one window: sandboxed, isolated, without Node. */
export function openWindow({ preload, icon, dataDir }: WindowOptions): BrowserWindow {
  const placeFile = join(dataDir, 'window.json');
  const { maximized, ...place } = readPlacement(
    placeFile,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const window = new BrowserWindow({
    ...place,
    minWidth: 800,
    minHeight: 560,
    title: 'Tickscope',
    icon,
    // The dark theme's ground, so that the window does not flash white before the page is drawn.
    backgroundColor: '#0f1319',
    autoHideMenuBar: true,
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      // Prices go on arriving behind other windows, and the alert must sound there too.
      backgroundThrottling: false,
    },
  });
  rememberPlacement(window, placeFile);
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') window.reload();
  });
  return window;
}

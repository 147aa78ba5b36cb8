import { randomUUID } from 'node:crypto';
import { BrowserWindow, type Session, session } from 'electron';
import { AppError } from '../../../core/errors.ts';
import { judgeNavigation, type LoginRoute } from './judge-navigation.ts';

/** A login that goes on in a window of its own. */
export interface LoginWindow {
  /** What the venue's page came back with; undefined when the person closed the window. Throws AppError `network`. */
  readonly answer: Promise<URLSearchParams | undefined>;
  focus(): void;
}

/** Chromium's word for a navigation that was not let happen, as the last one of a login is not. */
const ABORTED = 'ERR_ABORTED';

/**
 * Opens a venue's login page: a window without preload, sandboxed, whose cookies and permissions are nobody else's and
 * end with it. The redirect to the app is taken and never loaded; then the window closes itself.
 */
export function openLoginWindow(route: LoginRoute, parent?: BrowserWindow): LoginWindow {
  // Without "persist:" nothing of it reaches the disk.
  const partition = `login-${randomUUID()}`;
  allowNothing(session.fromPartition(partition));
  const window = new BrowserWindow({
    ...(parent && { parent }),
    width: 560,
    height: 760,
    title: 'Log in',
    autoHideMenuBar: true,
    webPreferences: { partition, sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
  });

  const answer = new Promise<URLSearchParams | undefined>((resolve, reject) => {
    const step = (event: { readonly url: string; preventDefault(): void }): void => {
      const outcome = judgeNavigation(event.url, route);
      if (outcome === 'allowed') return;
      event.preventDefault();
      if (outcome === 'forbidden') return;
      resolve(outcome);
      window.destroy();
    };
    const { webContents } = window;
    webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
    webContents.on('will-navigate', step);
    webContents.on('will-redirect', (event) => {
      if (event.isMainFrame) step(event);
    });
    // There is no address bar: the title says whose page this is, and no page may say otherwise.
    window.on('page-title-updated', (event) => event.preventDefault());
    webContents.on('did-navigate', (_event, url) => window.setTitle(`Log in: ${URL.parse(url)?.host ?? ''}`));
    window.on('closed', () => resolve(undefined));
    window.loadURL(route.start).catch((thrown: unknown) => {
      if (codeOf(thrown) === ABORTED) return;
      reject(
        new AppError('network', 'The login page cannot be reached. Check the internet connection and log in again.'),
      );
      if (!window.isDestroyed()) window.destroy();
    });
  });
  return { answer, focus: () => window.focus() };
}

function allowNothing(own: Session): void {
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  own.on('will-download', (event) => event.preventDefault());
}

/** The error itself is not passed on: it quotes the address. */
function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
}

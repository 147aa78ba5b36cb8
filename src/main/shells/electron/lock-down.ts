import { app, session } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';

/**
 * Takes away what the page never needs: leaving its address, opening windows, embedding other pages, and every
 * permission a browser can ask for. A venue's login page, in a session of its own, may wander: its window judges where
 * to. To be called once the app is ready, before the first window.
 */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    if (contents.session !== session.defaultSession) return;
    contents.on('will-navigate', (event) => {
      if (!event.url.startsWith(`${APP_ORIGIN}/`)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
  });
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
}

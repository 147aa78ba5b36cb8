import { ipcMain, type WebContents, type WebFrameMain } from 'electron';
import { CHANNEL, type Reply } from '../../../contract/client.ts';
import type { EngineHost } from '../../engine/host.ts';
import { dispatch } from '../dispatch.ts';
import { APP_ORIGIN } from './app-protocol.ts';

const FORBIDDEN: Reply<never> = {
  ok: false,
  code: 'forbidden',
  message: 'Requests are accepted from the app window only.',
};

/** Connects the app's window, of which there is one, to the engine. Returns the way to disconnect it. */
export function serveIpc(engine: EngineHost, page: WebContents): () => void {
  ipcMain.handle(CHANNEL.invoke, (event, name: unknown, input: unknown) =>
    event.sender.id === page.id && isOwnFrame(event.senderFrame) ? dispatch(engine, name, input) : FORBIDDEN,
  );
  const unsubscribe = engine.subscribe((batch) => {
    if (!page.isDestroyed()) page.send(CHANNEL.batch, batch);
  });
  return () => {
    unsubscribe();
    ipcMain.removeHandler(CHANNEL.invoke);
  };
}

/** The page itself, not a frame inside it, and still our page. Null is a frame that has gone. */
function isOwnFrame(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && frame.origin === APP_ORIGIN;
}

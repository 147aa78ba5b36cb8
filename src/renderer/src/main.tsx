// First, because it names the order of the layers.
import './ui/app.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { type ConnectedTransport, createEngineClient } from './engine-client.ts';
import { playAlertSounds } from './live/alert-sound.ts';
import { setEngine } from './live/engine.ts';
import { openScreen } from './live/receive.ts';
import { refreshSparklines } from './live/refresh-sparklines.ts';
import { tellSeen } from './live/tell-seen.ts';
import { useFeedStore } from './stores/feed-store.ts';
import { notify } from './stores/notice-store.ts';
import { applyRememberedAppearance } from './ui/theme.ts';
import { connectWeb } from './web-transport.ts';

declare global {
  interface Window {
    /** The desktop window's preload puts it here; a browser has none. */
    readonly engine?: ConnectedTransport;
  }
}

applyRememberedAppearance();

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root to draw into.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

const client = createEngineClient(window.engine ?? (await connectWeb(location)));
setEngine(client);
playAlertSounds();
tellSeen();
refreshSparklines();
openScreen(client, {
  connected: (connected) => useFeedStore.setState(connected ? { connected } : { connected, progress: undefined }),
  failed: (error) => notify('error', error instanceof Error ? error.message : 'The engine did not answer.'),
});

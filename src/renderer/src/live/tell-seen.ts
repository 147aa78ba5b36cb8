import { useFeedStore } from '../stores/feed-store.ts';
import { invoke } from './engine.ts';
import { SCREEN } from './screen-name.ts';

/** The part of a document that says whether it can be seen. */
type Seen = Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;

/**
 * Tells the engine whether anybody can see this page: at the start, at each change, and again to an engine that has
 * forgotten. A venue that should rest while nobody looks goes by it. Returns the way to stop.
 */
export function tellSeen(page: Seen = document): () => void {
  const tell = (): void => {
    const { connected, generation } = useFeedStore.getState();
    if (!connected || generation === 0) return;
    // An engine that does not hear it goes on as if the page were seen, which loses nothing.
    invoke('screen.seen', { screen: SCREEN, isSeen: page.visibilityState === 'visible' }).catch(() => undefined);
  };
  const stop = useFeedStore.subscribe((now, before) => {
    if (now.generation !== before.generation || now.connected !== before.connected) tell();
  });
  page.addEventListener('visibilitychange', tell);
  tell();
  return () => {
    stop();
    page.removeEventListener('visibilitychange', tell);
  };
}

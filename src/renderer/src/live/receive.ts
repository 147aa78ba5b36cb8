import type { EngineBatch, EngineEvent, Snapshot } from '../../../contract/events.ts';
import type { ConnectedClient } from '../engine-client.ts';
import { applyEvents, applySnapshot } from './apply.ts';

const RETRY_MS = 2_000;

/** What a screen does with what it hears. Tests bring their own. */
export interface Screen {
  snapshot(snapshot: Snapshot): void;
  events(events: readonly EngineEvent[]): void;
  connected(connected: boolean): void;
  failed(error: unknown): void;
}

const page: Pick<Screen, 'snapshot' | 'events'> = { snapshot: applySnapshot, events: applyEvents };

/**
 * Opens the screen: subscribes first, asks for a snapshot, then drops every batch the snapshot already holds.
 * What arrives in between waits. A 'reset' means another world has taken over (a feed was switched, or the engine
 * was restarted): the same again from the start. Returns the way to stop.
 */
export function openScreen(
  client: ConnectedClient,
  { snapshot, events, connected, failed }: Omit<Screen, 'snapshot' | 'events'> & Partial<Screen>,
  after: (delayMs: number, callback: () => void) => unknown = (delayMs, callback) => setTimeout(callback, delayMs),
): () => void {
  const onSnapshot = snapshot ?? page.snapshot;
  const onEvents = events ?? page.events;
  /** Batches that wait for a snapshot; undefined while the screen follows. */
  let waiting: EngineBatch[] | undefined = [];
  let lastSeq = -1;
  let attempt = 0;
  let reachable = false;
  let stopped = false;

  const follow = (batch: EngineBatch): void => {
    if (batch.seq <= lastSeq) return;
    lastSeq = batch.seq;
    onEvents(batch.events);
  };
  const begin = async (): Promise<void> => {
    attempt += 1;
    const mine = attempt;
    waiting = [];
    try {
      const taken = await client.invoke('app.snapshot', null);
      if (mine !== attempt || stopped) return;
      const held = waiting;
      waiting = undefined;
      lastSeq = taken.seq;
      onSnapshot(taken);
      connected(true);
      for (const batch of held) follow(batch);
    } catch (error) {
      if (mine !== attempt || stopped || !reachable) return;
      failed(error);
      after(RETRY_MS, () => {
        if (mine === attempt && !stopped) void begin();
      });
    }
  };

  const unsubscribe = client.subscribe((batch) => {
    if (batch.events.some(({ type }) => type === 'reset')) void begin();
    else if (waiting === undefined) follow(batch);
    else waiting.push(batch);
  });
  const unwatch = client.watchConnection((connection) => {
    reachable = connection === 'connected';
    if (!reachable) connected(false);
    // After a lost connection the transport says 'reset'; the first one has nothing to forget.
    else if (attempt === 0 || waiting !== undefined) void begin();
  });

  return () => {
    stopped = true;
    unsubscribe();
    unwatch();
  };
}

import { describe, expect, it } from 'vitest';
import type { EngineBatch, EngineEvent, Snapshot } from '../../src/contract/events.ts';
import type { ConnectedClient, Connection } from '../../src/renderer/src/engine-client.ts';
import { openScreen } from '../../src/renderer/src/live/receive.ts';

const reset: EngineEvent = { type: 'reset' };
/** An event that can be told from others. */
const line = (text: string): EngineEvent => ({ type: 'notice', level: 'info', text });

/** A client whose snapshots are answered when the test says so. */
function opened({ connection = 'connected' as Connection } = {}) {
  const asked: { resolve(snapshot: Snapshot): void; reject(error: Error): void }[] = [];
  const heard: string[] = [];
  const later: (() => void)[] = [];
  let tell = (_batch: EngineBatch): void => undefined;
  let become = (_connection: Connection): void => undefined;

  const client: ConnectedClient = {
    invoke: () => new Promise((resolve, reject) => asked.push({ resolve: resolve as () => void, reject })),
    subscribe(listener) {
      tell = listener;
      return () => {
        tell = () => undefined;
      };
    },
    watchConnection(listener) {
      become = listener;
      listener(connection);
      return () => undefined;
    },
  };
  const stop = openScreen(
    client,
    {
      snapshot: ({ seq }) => heard.push(`snapshot ${seq}`),
      events: (events) => heard.push(...events.map((event) => (event.type === 'notice' ? event.text : event.type))),
      connected: (connected) => heard.push(connected ? 'connected' : 'lost'),
      failed: (error) => heard.push(String(error)),
    },
    (_delayMs, callback) => later.push(callback),
  );
  return {
    heard,
    asked,
    stop,
    batch: (seq: number, ...events: readonly EngineEvent[]) => tell({ seq, events }),
    connection: (next: Connection) => become(next),
    async answer(nth: number, seq: number) {
      asked[nth]?.resolve({ seq } as Snapshot); // the rules under test read nothing else
      await Promise.resolve();
      await Promise.resolve();
    },
    async refuse(nth: number) {
      asked[nth]?.reject(new Error('no'));
      await Promise.resolve();
      await Promise.resolve();
    },
    runLater: () => later.shift()?.(),
  };
}

describe('opening a screen', () => {
  it('applies the snapshot first, then only what it does not hold', async () => {
    const screen = opened();
    screen.batch(4, line('four'));
    screen.batch(5, line('five'));
    screen.batch(6, line('six'));
    expect(screen.heard, 'nothing before the snapshot').toEqual([]);
    await screen.answer(0, 5);
    screen.batch(7, line('seven'));
    expect(screen.heard).toEqual(['snapshot 5', 'connected', 'six', 'seven']);
  });

  it('hears no batch twice and none out of its turn', async () => {
    const screen = opened();
    await screen.answer(0, 5);
    screen.batch(6, line('six'));
    screen.batch(6, line('six again'));
    screen.batch(5, line('late'));
    expect(screen.heard).toEqual(['snapshot 5', 'connected', 'six']);
  });

  it('asks one snapshot, not two', () => {
    expect(opened().asked).toHaveLength(1);
  });
});

describe('a reset', () => {
  it('takes a new snapshot and drops what belongs to the old world', async () => {
    const screen = opened();
    await screen.answer(0, 5);
    screen.batch(6, line('six'));
    screen.batch(7, reset);
    screen.batch(8, line('eight'));
    screen.batch(9, line('nine'));
    await screen.answer(1, 8);
    expect(screen.heard).toEqual(['snapshot 5', 'connected', 'six', 'snapshot 8', 'connected', 'nine']);
  });

  it('counts from the new engine’s numbers after a restart', async () => {
    const screen = opened();
    await screen.answer(0, 900);
    screen.batch(Number.MAX_SAFE_INTEGER, reset);
    await screen.answer(1, 2);
    screen.batch(3, line('three'));
    expect(screen.heard).toEqual(['snapshot 900', 'connected', 'snapshot 2', 'connected', 'three']);
  });

  it('while one snapshot is on its way makes that one old', async () => {
    const screen = opened();
    screen.batch(1, reset);
    await screen.answer(0, 5);
    expect(screen.heard, 'the answer to the first question is of a world that has gone').toEqual([]);
    await screen.answer(1, 6);
    expect(screen.heard).toEqual(['snapshot 6', 'connected']);
  });
});

describe('a lost engine', () => {
  it('is told at once, and a first connection that comes late opens the screen', async () => {
    const screen = opened({ connection: 'lost' });
    expect(screen.asked).toHaveLength(0);
    screen.connection('connected');
    await screen.answer(0, 1);
    screen.connection('lost');
    expect(screen.heard).toEqual(['lost', 'snapshot 1', 'connected', 'lost']);
  });

  it('that returns is asked anew through the reset alone', async () => {
    const screen = opened();
    await screen.answer(0, 1);
    screen.connection('lost');
    screen.connection('connected');
    expect(screen.asked).toHaveLength(1);
    screen.batch(Number.MAX_SAFE_INTEGER, reset);
    expect(screen.asked).toHaveLength(2);
  });

  it('that refuses the snapshot is asked again later, and says why', async () => {
    const screen = opened();
    await screen.refuse(0);
    expect(screen.heard).toEqual(['Error: no']);
    screen.runLater();
    await screen.answer(1, 3);
    expect(screen.heard).toEqual(['Error: no', 'snapshot 3', 'connected']);
  });

  it('is not asked after the screen was closed', async () => {
    const screen = opened();
    screen.stop();
    await screen.answer(0, 1);
    screen.batch(2, line('two'));
    expect(screen.heard).toEqual([]);
  });
});

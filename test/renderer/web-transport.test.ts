import { describe, expect, it } from 'vitest';
import type { EngineBatch } from '../../src/contract/events.ts';
import type { Connection } from '../../src/renderer/src/engine-client.ts';
import { createEngineClient } from '../../src/renderer/src/engine-client.ts';
import { createWebTransport, type PageSocket } from '../../src/renderer/src/web-transport.ts';

/** A socket moved by hand. */
class ScriptedSocket extends EventTarget {
  readyState: number = WebSocket.CONNECTING;
  readonly sent: string[] = [];

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.readyState = WebSocket.CLOSED;
    this.dispatchEvent(new Event('close'));
  }

  accept(): void {
    this.readyState = WebSocket.OPEN;
    this.dispatchEvent(new Event('open'));
  }

  say(message: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }));
  }
}

function page() {
  const sockets: ScriptedSocket[] = [];
  const retries: { readonly delayMs: number; readonly callback: () => void }[] = [];
  const { transport, ready, close } = createWebTransport(
    () => {
      const socket = new ScriptedSocket();
      sockets.push(socket);
      // Only the members that PageSocket names are used; the class has those.
      return socket as unknown as PageSocket;
    },
    (delayMs, callback) => retries.push({ delayMs, callback }),
  );
  const batches: EngineBatch[] = [];
  const states: Connection[] = [];
  transport.subscribe((batch) => batches.push(batch));
  transport.watchConnection?.((state) => states.push(state));
  const current = (): ScriptedSocket => {
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error('No socket was opened.');
    return socket;
  };
  return { transport, ready, close, sockets, retries, batches, states, current };
}

describe('the web transport', () => {
  it('matches answers to requests, in whatever order they come', async () => {
    const { transport, current } = page();
    current().accept();
    const first = transport.invoke('a', 1);
    const second = transport.invoke('b', 2);
    const [one, two] = current().sent.map((text) => JSON.parse(text));
    expect([one, two]).toMatchObject([
      { name: 'a', input: 1 },
      { name: 'b', input: 2 },
    ]);
    current().say({ id: two.id, reply: { ok: true, value: 'second' } });
    current().say({ id: one.id, reply: { ok: true, value: 'first' } });
    expect(await Promise.all([first, second])).toMatchObject([{ value: 'first' }, { value: 'second' }]);
  });

  it('fails what was under way when the connection is lost, and what is asked meanwhile', async () => {
    const { transport, current, states } = page();
    current().accept();
    const pending = transport.invoke('a', null);
    current().close();
    expect(await pending).toMatchObject({ ok: false, code: 'network' });
    expect(await transport.invoke('b', null)).toMatchObject({ ok: false, code: 'network' });
    expect(states).toEqual(['lost', 'connected', 'lost']);
  });

  it('is ready after the first attempt, whether it worked or not', async () => {
    const working = page();
    working.current().accept();
    await working.ready;
    const failing = page();
    failing.current().close();
    await failing.ready;
    failing.retries[0]?.callback();
    failing.current().accept();
    expect(failing.batches, 'its first snapshot failed, so it must ask again').toHaveLength(1);
  });

  it('waits longer with each attempt, up to a limit, and begins anew after success', () => {
    const { retries, current } = page();
    for (let attempt = 0; attempt < 8; attempt += 1) {
      current().close();
      retries.at(-1)?.callback();
    }
    const delays = retries.map(({ delayMs }) => delayMs);
    expect(delays[0]).toBeLessThan(1_000);
    expect(delays[3]).toBeGreaterThan(delays[0] ?? Number.NaN);
    expect(Math.max(...delays)).toBeLessThan(13_000);
    current().accept();
    current().close();
    expect(retries.at(-1)?.delayMs).toBeLessThan(1_000);
  });

  it('asks a page that is back to forget everything, but not a page that has just come', () => {
    const { retries, current, batches } = page();
    current().accept();
    expect(batches).toEqual([]);
    current().close();
    retries.at(-1)?.callback();
    current().accept();
    expect(batches.map(({ events }) => events)).toEqual([[{ type: 'reset' }]]);
  });

  it('opens nothing more once it was closed', () => {
    const { close, retries, sockets, current } = page();
    current().accept();
    close();
    for (const { callback } of retries) callback();
    expect(sockets).toHaveLength(1);
  });
});

describe('the engine client', () => {
  it('is always connected where the shell cannot lose its engine', () => {
    const states: Connection[] = [];
    const client = createEngineClient({
      invoke: async () => ({ ok: true, value: null }),
      subscribe: () => () => undefined,
    });
    client.watchConnection((state) => states.push(state));
    expect(states).toEqual(['connected']);
  });

  it('turns a refusal into an exception with its code', async () => {
    const client = createEngineClient({
      invoke: async () => ({ ok: false, code: 'not-found', message: 'There is no such instrument.' }),
      subscribe: () => () => undefined,
    });
    await expect(client.invoke('feed.reconnect', null)).rejects.toMatchObject({
      name: 'RequestFailed',
      code: 'not-found',
      message: 'There is no such instrument.',
    });
  });
});

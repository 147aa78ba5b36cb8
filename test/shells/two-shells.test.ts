import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { EngineBatch, EngineEvent } from '../../src/contract/events.ts';
import type { InstrumentKey } from '../../src/core/brand.ts';
import { serveWeb, type WebDoor } from '../../src/main/shells/web/serve-web.ts';
import { type Connection, createEngineClient } from '../../src/renderer/src/engine-client.ts';
import { createWebTransport, type PageSocket, SOCKET_PATH } from '../../src/renderer/src/web-transport.ts';
import { type FakeEngine, fakeEngine, INFY } from '../support/fake-engine.ts';
import { tempFolderForAll } from '../support/temp-folder.ts';

const pageDir = tempFolderForAll();
writeFileSync(join(pageDir, 'index.html'), '<title>the page</title>');

let engine: FakeEngine;
let door: WebDoor;
const pages: (() => void)[] = [];

beforeEach(async () => {
  engine = fakeEngine();
  door = await serveWeb(engine, { port: 0, pageDir });
});
afterEach(async () => {
  for (const close of pages.splice(0)) close();
  await door.close();
});

const notice = (text: string): EngineEvent => ({ type: 'notice', level: 'info', text });

async function cookie(): Promise<string> {
  const { headers } = await fetch(door.link, { redirect: 'manual' });
  return headers.get('set-cookie')?.split(';')[0] ?? '';
}

interface Page {
  readonly client: ReturnType<typeof createEngineClient>;
  readonly batches: readonly EngineBatch[];
  readonly states: readonly Connection[];
  /** Breaks the connection as a failing network would. */
  cut(): void;
}

/** A page as the browser would open it: the real client over the real transport; only the socket class differs. */
async function openPage(): Promise<Page> {
  const key = await cookie();
  const origin = `http://127.0.0.1:${door.port}`;
  const { port } = door;
  let socket: WebSocket | undefined;
  const open = (): PageSocket => {
    socket = new WebSocket(`ws://127.0.0.1:${port}${SOCKET_PATH}`, { origin, headers: { cookie: key } });
    // The two classes agree on what the page uses of them; their event types are named differently.
    return socket as unknown as PageSocket;
  };
  const { transport, ready, close } = createWebTransport(open, (_delayMs, callback) => setImmediate(callback));
  pages.push(close);
  const client = createEngineClient(transport);
  const batches: EngineBatch[] = [];
  const states: Connection[] = [];
  client.subscribe((batch) => batches.push(batch));
  await ready;
  client.watchConnection((state) => states.push(state));
  return { client, batches, states, cut: () => socket?.terminate() };
}

/** Asks over plain HTTP with headers of our choice, which fetch does not allow for Host. */
function ask(path: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port: door.port, path, headers }, (response) => {
      let body = '';
      response.on('data', (part) => {
        body += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    }).on('error', reject);
  });
}

describe('the web door', () => {
  it('serves its own page: answers, refusals and batches over one socket', async () => {
    const { client, batches } = await openPage();
    expect(await client.invoke('app.snapshot', null)).toMatchObject({ seq: 0, version: '0.0.0' });

    const bad = client.invoke('chart.watch', {
      screen: 's',
      instrument: 'INFY' as InstrumentKey,
      timeframe: '5m',
    });
    await expect(bad).rejects.toMatchObject({ name: 'RequestFailed', code: 'invalid-input' });

    engine.tell(notice('one'));
    engine.tell(notice('two'));
    await expect
      .poll(() => batches)
      .toEqual([
        { seq: 1, events: [notice('one')] },
        { seq: 2, events: [notice('two')] },
      ]);
  });

  it('carries a chart of five thousand bars', async () => {
    const column = Array.from({ length: 5_000 }, (_, index) => 1_000 + index / 20);
    await door.close();
    engine = fakeEngine({
      'candles.load': async ({ instrument, timeframe }) => ({
        instrument,
        timeframe,
        openTime: column,
        open: column,
        high: column,
        low: column,
        close: column,
        volume: column.map(() => null),
        forming: null,
        auctions: [],
        more: true,
      }),
    });
    door = await serveWeb(engine, { port: 0, pageDir });
    const { client } = await openPage();
    const table = await client.invoke('candles.load', {
      instrument: INFY,
      timeframe: '5s',
      before: null,
      limit: 5_000,
    });
    expect(table.close).toEqual(column);
  });

  it('forgets a page that left', async () => {
    await openPage();
    await expect.poll(() => engine.subscribers).toBe(1);
    pages.pop()?.();
    await expect.poll(() => engine.subscribers).toBe(0);
  });

  it('drops a page that sends what is no request', async () => {
    const headers = { cookie: await cookie() };
    const socket = new WebSocket(`ws://127.0.0.1:${door.port}/engine`, {
      origin: `http://127.0.0.1:${door.port}`,
      headers,
    });
    await once(socket, 'open');
    socket.send('{"id":"one"');
    await once(socket, 'close');
    expect(engine.subscribers).toBe(0);
  });

  it('lets a page return that lost its connection, and tells it to start afresh', async () => {
    const { client, batches, states, cut } = await openPage();
    cut();
    await expect.poll(() => states).toEqual(['connected', 'lost', 'connected']);
    expect(batches).toEqual([{ seq: Number.MAX_SAFE_INTEGER, events: [{ type: 'reset' }] }]);
    expect(await client.invoke('app.snapshot', null)).toMatchObject({ seq: 0 });
    expect(engine.subscribers).toBe(1);
  });

  it('does not let a page of the last launch into the next', async () => {
    const { client, states } = await openPage();
    const { port } = door;
    await door.close();
    await expect.poll(() => states).toEqual(['connected', 'lost']);
    door = await serveWeb(engine, { port, pageDir });
    const fresh = await openPage();
    expect(await fresh.client.invoke('app.snapshot', null)).toMatchObject({ seq: 0 });
    expect(states, 'still trying, with a key that fits no more').toEqual(['connected', 'lost']);
    await expect(client.invoke('app.snapshot', null)).rejects.toMatchObject({
      code: 'network',
      message: expect.stringContaining('engine has stopped'),
    });
  });

  it.each([
    ['a foreign page', { origin: 'https://evil.example' }],
    ['a program without origin', {}],
  ])('turns %s away', async (_case, { origin }: { origin?: string }) => {
    const headers = { cookie: await cookie() };
    const socket = new WebSocket(`ws://127.0.0.1:${door.port}/engine`, { ...(origin && { origin }), headers });
    const [error] = await once(socket, 'error');
    expect(String(error)).toContain('403');
    expect(engine.subscribers).toBe(0);
  });
});

describe('the start link', () => {
  it('becomes a cookie that opens the page, and leaves the address bar', async () => {
    const response = await fetch(door.link, { redirect: 'manual' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/');
    expect(response.headers.get('set-cookie')).toMatch(
      new RegExp(`^tickscope-${door.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );

    const page = await fetch(`http://127.0.0.1:${door.port}/`, { headers: { cookie: await cookie() } });
    expect(await page.text()).toContain('the page');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('also works from a page of another site, where a strict cookie does not follow a redirect', async () => {
    const response = await fetch(door.link, { redirect: 'manual', headers: { 'sec-fetch-site': 'cross-site' } });
    expect(response.status).toBe(200);
    expect(response.headers.get('set-cookie')).toContain('SameSite=Strict');
    expect(await response.text()).toContain('url=/');
  });

  it.each([
    ['without cookie', '/', {}, 403],
    ['with a wrong key', '/?key=guess', {}, 403],
    ['under a foreign name', '/', { host: 'evil.example' }, 403],
  ])('is needed: %s', async (_case, path, headers: Record<string, string>, status) => {
    const answer = await ask(path, headers);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain('the page');
  });

  it('does not open the door under a foreign name', async () => {
    const path = door.link.slice(door.link.indexOf('/?'));
    expect(await ask(path, { host: 'evil.example' })).toMatchObject({ status: 403 });
  });

  it('reads only', async () => {
    const response = await fetch(`http://127.0.0.1:${door.port}/`, { method: 'POST', body: 'x' });
    expect(response.status).toBe(405);
  });

  it('differs from launch to launch', async () => {
    const other = await serveWeb(engine, { port: 0, pageDir });
    await other.close();
    expect(new URL(other.link).searchParams.get('key')).not.toBe(new URL(door.link).searchParams.get('key'));
  });
});

describe('the port', () => {
  it('in use gives a sentence that says what to do', async () => {
    await expect(serveWeb(engine, { port: door.port, pageDir })).rejects.toMatchObject({
      name: 'AppError',
      message: expect.stringMatching(/in use.*--port/),
    });
  });
});

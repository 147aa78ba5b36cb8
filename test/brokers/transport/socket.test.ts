import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { openSocket, type SocketEnd } from '../../../src/main/brokers/transport/socket.ts';
import type { WireTap } from '../../../src/main/brokers/transport/wire-tap.ts';
import { eventually } from '../../support/eventually.ts';

const SECRET = 'very-secret-token';

let http: Server;
let sockets: WebSocketServer;
let refuseWith: number | undefined;
let url: string;

beforeEach(async () => {
  refuseWith = undefined;
  http = createServer();
  sockets = new WebSocketServer({ noServer: true });
  http.on('upgrade', (request, socket, head) => {
    if (refuseWith !== undefined) {
      socket.end(`HTTP/1.1 ${refuseWith} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request));
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  // listen() on a port gives an address with a port.
  url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/?access_token=${SECRET}`;
});

afterEach(() => {
  for (const client of sockets.clients) client.terminate();
  http.closeAllConnections();
  http.close();
});

function open(address = url, headers: Readonly<Record<string, string>> = {}) {
  const messages: (string | Uint8Array)[] = [];
  const ends: SocketEnd[] = [];
  let opened = 0;
  const socket = openSocket(
    { url: address, headers },
    { opened: () => (opened += 1), received: (message) => messages.push(message), closed: (end) => ends.push(end) },
  );
  return { socket, messages, ends, isOpen: () => opened === 1 };
}

describe('openSocket', () => {
  it('carries text and bytes both ways', async () => {
    sockets.on('connection', (client, request) => {
      client.on('message', (data) => client.send(`heard ${String(data)}`));
      client.send(Uint8Array.of(1, 2, 3));
      client.send(String(request.headers['x-version']));
    });
    const client = open(url, { 'x-version': '3' });
    await eventually(client.isOpen).toBe(true);
    client.socket.send('hello');
    await eventually(() => client.messages.length).toBe(3);
    expect(client.messages[0]).toBeInstanceOf(Uint8Array);
    expect([...(client.messages[0] ?? [])]).toEqual([1, 2, 3]);
    expect(client.messages.slice(1)).toEqual(['3', 'heard hello']);
    client.socket.close();
    await eventually(() => client.ends).toHaveLength(1);
  });

  it('sends bytes as bytes', async () => {
    sockets.on('connection', (client) => client.on('message', (data, isBinary) => client.send(`${isBinary} ${data}`)));
    const client = open();
    await eventually(client.isOpen).toBe(true);
    client.socket.send(Uint8Array.of(104, 105));
    client.socket.send('ho');
    await eventually(() => client.messages).toEqual(['true hi', 'false ho']);
  });

  it('does not follow a redirect', async () => {
    let asked = 0;
    const elsewhere = createServer(() => (asked += 1)).on('upgrade', () => (asked += 1));
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    onTestFinished(() => void elsewhere.close());
    const { port } = elsewhere.address() as AddressInfo; // listen() on a port gives an address with a port.
    http.removeAllListeners('upgrade').on('upgrade', (_request, socket) => {
      socket.end(`HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:${port}/\r\nContent-Length: 0\r\n\r\n`);
    });
    const client = open();
    await eventually(() => client.ends).toEqual([{ kind: 'refused', httpStatus: 302 }]);
    expect(asked).toBe(0);
  });

  it('lets a recording hear everything, and is not troubled by its faults', async () => {
    sockets.on('connection', (client) => client.on('message', () => client.send(Uint8Array.of(7))));
    const heard: unknown[] = [];
    const to: WireTap = {
      message(connection, direction, message) {
        heard.push([connection, direction, typeof message === 'string' ? message : [...message]]);
        throw new Error('the disk is full');
      },
      answer() {},
    };
    const messages: unknown[] = [];
    const socket = openSocket(
      { url, tap: { connection: 'ticker 1', to } },
      { opened: () => socket.send('hello'), received: (message) => messages.push(message), closed() {} },
    );
    await eventually(() => messages).toHaveLength(1);
    expect(heard).toEqual([
      ['ticker 1', 'out', 'hello'],
      ['ticker 1', 'in', [7]],
    ]);
    socket.terminate();
  });

  it('ends on a text that is none', async () => {
    sockets.on('connection', (client) => client.send(Uint8Array.of(0xc3, 0x28), { binary: false }));
    const client = open();
    await eventually(() => client.ends).toMatchObject([{ failure: 'WS_ERR_INVALID_UTF8' }]);
    expect(client.messages).toEqual([]);
  });

  it('reports the status of a refused upgrade, once', async () => {
    refuseWith = 403;
    const client = open();
    await eventually(() => client.ends).toEqual([{ kind: 'refused', httpStatus: 403 }]);
  });

  it('says why a server cannot be reached, without the address', async () => {
    const gone = open('ws://127.0.0.1:1/?access_token=very-secret-token');
    await eventually(() => gone.ends).toEqual([
      { kind: 'lost', reason: 'The server refused the connection.', failure: 'ECONNREFUSED' },
    ]);
    const nonsense = open(`ht!tp://${SECRET}`);
    await eventually(() => nonsense.ends).toEqual([
      { kind: 'lost', reason: 'The address of the server is not valid.' },
    ]);
    nonsense.socket.send('nothing happens');
    nonsense.socket.close();
  });

  it('ends when the server hangs up, with its code', async () => {
    sockets.on('connection', (client) => client.close(1011));
    const client = open();
    await eventually(() => client.ends).toEqual([
      { kind: 'lost', reason: 'The server closed the connection (code 1011).', code: 1011 },
    ]);
  });

  it('passes on what the server says at the end', async () => {
    sockets.on('connection', (client) => client.close(4_001, 'plan ended'));
    const client = open();
    await eventually(() => client.ends).toMatchObject([{ code: 4_001, said: 'plan ended' }]);
  });

  it('tells the answer to a control ping as an empty message, and no pong that nobody asked for', async () => {
    sockets.on('connection', (client) => client.pong());
    const client = open();
    await eventually(client.isOpen).toBe(true);
    client.socket.send('hello');
    expect(client.messages).toEqual([]);
    client.socket.ping?.();
    await eventually(() => client.messages).toEqual(['']);
  });

  it('ends on a message larger than any it should get', async () => {
    sockets.on('connection', (client) => client.send(new Uint8Array(3 * 1024 * 1024)));
    const client = open();
    await eventually(() => client.ends).toHaveLength(1);
    expect(client.messages).toEqual([]);
    expect(client.ends[0]).toMatchObject({ reason: expect.stringContaining('larger') });
  });

  it('can be given up before it is open', async () => {
    const client = open();
    client.socket.terminate();
    await eventually(() => client.ends).toHaveLength(1);
    expect(client.isOpen()).toBe(false);
    expect(JSON.stringify(client.ends)).not.toContain(SECRET);
  });
});

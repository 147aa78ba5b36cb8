import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/**
 * A venue as plain as can be: it welcomes who knows the word, takes `+A` and `-A`, and says `A 101.5`. Every 20 ms it
 * says `beat`, and to `?` it answers `!`.
 */
export async function startPlainVenue(word = 'sesame') {
  const http = createServer();
  const sockets = new WebSocketServer({ noServer: true });
  const wanted = new Map<WebSocket, Set<string>>();
  const venue = { url: '', attempts: 0, isOpen: true, isMute: false };

  http.on('upgrade', (request, socket, head) => {
    venue.attempts += 1;
    socket.on('error', () => undefined);
    if (!venue.isOpen || request.headers.authorization !== word) {
      socket.end('HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      wanted.set(client, new Set());
      client.on('close', () => wanted.delete(client));
      client.on('error', () => undefined);
      client.on('message', (data) => obey(client, String(data)));
      client.send('welcome');
    });
  });
  const obey = (client: WebSocket, text: string): void => {
    const name = text.slice(1);
    if (text === '?') client.send('!');
    else if (text.startsWith('+')) wanted.get(client)?.add(name);
    else wanted.get(client)?.delete(name);
  };
  const toAll = (text: string): void => {
    for (const client of wanted.keys()) client.send(text);
  };
  const beat = setInterval(() => toAll('beat'), 20);

  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  // listen() on a port gives an address with a port.
  venue.url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const cut = (): void => {
    for (const client of wanted.keys()) client.terminate();
  };
  return Object.assign(venue, {
    cut,
    lines: () => wanted.size,
    toAll,
    trade(name: string, price: number): void {
      if (venue.isMute) return;
      for (const [client, names] of wanted) if (names.has(name)) client.send(`${name} ${price}`);
    },
    close(): void {
      clearInterval(beat);
      cut();
      sockets.close();
      http.closeAllConnections();
      http.close();
    },
  });
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createRawServer } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createHttp } from '../../../src/main/brokers/transport/http.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { realClock } from '../../support/real-clock.ts';

const never = new AbortController().signal;
let server: Server;
let root: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const clock = new FakeClock();
const send = createHttp({ venue: 'The venue', clock });

beforeEach(async () => {
  server = createServer((request, response) => answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // listen() on a port gives an address with a port.
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe('a request', () => {
  it('carries JSON, and headers of its own in place of ours', async () => {
    answer = async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { 'content-type': type, 'user-agent': agent, 'content-length': length } = request.headers;
      response.end(JSON.stringify({ type, agent, length, body: String(Buffer.concat(chunks)) }));
    };
    const headers = { 'User-Agent': 'somebody' };
    const { text } = await send({ method: 'POST', url: root, json: { sign: '₹' }, headers }, never);
    expect(JSON.parse(text)).toEqual({
      type: 'application/json',
      agent: 'somebody',
      length: '14',
      body: '{"sign":"₹"}',
    });
  });

  it('has no body without one', async () => {
    answer = (request, response) => response.end(JSON.stringify(request.headers));
    const { text } = await send({ method: 'GET', url: root }, never);
    expect(JSON.parse(text)).not.toHaveProperty('content-type');
    expect(JSON.parse(text)).not.toHaveProperty('content-length');
  });

  it('lets a recording hear the path and the answer, and no query', async () => {
    answer = (_request, response) => response.writeHead(418).end('tea');
    const heard: unknown[] = [];
    const tap = {
      message() {},
      answer(...all: readonly unknown[]) {
        heard.push(all);
        throw new Error('the disk is full');
      },
    };
    const tapped = createHttp({ venue: 'The venue', clock, tap });
    expect(await tapped({ method: 'GET', url: `${root}/a/b?token=secret` }, never)).toMatchObject({ status: 418 });
    expect(heard).toEqual([['GET', '/a/b', 418, 'tea']]);
  });
});

describe('an answer', () => {
  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('is unpacked from %s', async (encoding, pack) => {
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end(pack('₹ 100'));
    expect(await send({ method: 'GET', url: root }, never)).toMatchObject({ text: '₹ 100' });
  });

  it.each([
    ['is cut off in its packing', gzipSync('0'.repeat(1_000)).subarray(0, 15)],
    ['was never packed', Buffer.from('<html>a page</html>')],
  ])('is refused when it %s', async (_case, body) => {
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(body);
    await expect(send({ method: 'GET', url: root }, never)).rejects.toMatchObject({ code: 'network' });
  });

  it('that drips for ever ends by the deadline over the whole of it', async () => {
    let drips = 0;
    answer = (_request, response) => {
      const drip = setInterval(() => {
        drips += 1;
        response.write('.');
      }, 5);
      response.on('close', () => clearInterval(drip));
    };
    const failed = expect(send({ method: 'GET', url: root }, never)).rejects.toMatchObject({
      code: 'network',
      message: expect.stringContaining('did not answer within 7 seconds'),
    });
    for (let second = 1; second < 7; second += 1) {
      const before = drips;
      await eventually(() => drips).toBeGreaterThan(before);
      clock.advance(1_000);
    }
    clock.advance(1_000);
    await failed;
  });

  it.each([
    ['ends too soon', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'],
    ['is no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['never says where its headers end', `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(20_000)}`],
    ['has two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['is nothing at all', ''],
  ])('that %s is a failure of the network, and shows no secret', async (_case, bytes) => {
    const raw = createRawServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(bytes));
    });
    raw.listen(0, '127.0.0.1');
    await once(raw, 'listening');
    onTestFinished(() => void raw.close());
    const { port } = raw.address() as AddressInfo; // listen() on a port gives an address with a port.
    const headers = { authorization: 'very-secret' };
    const failed = send({ method: 'GET', url: `http://127.0.0.1:${port}/?t=very-secret`, headers }, never);
    await expect(failed).rejects.toMatchObject({ code: 'network', retryable: true });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('very-secret') });
  });

  it.each(['ht!tp://very-secret', 'file:///etc/very-secret', 'very-secret', 'http://127.0.0.1:99999/very-secret'])(
    'cannot be had from %s',
    async (url) => {
      const failed = send({ method: 'GET', url }, never);
      await expect(failed).rejects.toMatchObject({ code: 'network' });
      await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('very-secret') });
    },
  );

  it('shows no header that cannot be sent', async () => {
    const failed = send({ method: 'GET', url: root, headers: { authorization: 'very-secret\n' } }, never);
    await expect(failed).rejects.toMatchObject({ code: 'network' });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('very-secret') });
  });

  it('comes over a fresh connection when the server closed the idle one', async () => {
    const ports: (number | undefined)[] = [];
    answer = (request, response) => {
      ports.push(request.socket.remotePort);
      response.end('here');
    };
    const patient = createHttp({ venue: 'The venue', clock: realClock });
    await patient({ method: 'GET', url: root }, never);
    await patient({ method: 'GET', url: root }, never);
    expect(ports[1], 'connections are kept').toBe(ports[0]);
    server.closeIdleConnections();
    expect(await patient({ method: 'POST', url: root, json: {} }, never)).toMatchObject({ text: 'here' });
    expect(ports[2]).not.toBe(ports[0]);
  });
});

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttp } from '../../../src/main/brokers/transport/http.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const never = new AbortController().signal;
let server: Server;
let root: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const clock = new FakeClock();
const send = createHttp({ venue: 'Kite', clock });

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

describe('createHttp', () => {
  it('hands over status, type and text of any answer', async () => {
    answer = (request, response) => {
      response.writeHead(503, { 'content-type': 'Application/JSON; charset=utf-8' });
      response.end(`${request.method} ${request.headers.authorization} ₹`);
    };
    const got = await send({ method: 'GET', url: root, headers: { authorization: 'token a:b' } }, never);
    expect(got).toMatchObject({ status: 503, contentType: 'application/json', text: 'GET token a:b ₹' });
    expect([got.header('Content-Type'), got.header('x-none')]).toEqual(['Application/JSON; charset=utf-8', undefined]);
  });

  it('sends forms, and unpacks gzip', async () => {
    answer = async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      response.writeHead(200, { 'content-type': 'text/csv', 'content-encoding': 'gzip' });
      response.end(gzipSync(`${request.headers['content-type']} ${Buffer.concat(chunks)}`));
    };
    const { text } = await send({ method: 'POST', url: root, form: { a: '1 2', b: '&' } }, never);
    expect(text).toBe('application/x-www-form-urlencoded;charset=UTF-8 a=1+2&b=%26');
  });

  it('does not follow a redirect: whoever answers elsewhere is not the venue', async () => {
    answer = (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    expect(await send({ method: 'GET', url: root }, never)).toMatchObject({ status: 302 });
  });

  it('gives up after seven seconds', async () => {
    const asked = new Promise<void>((resolve) => {
      answer = () => resolve();
    });
    const failed = expect(send({ method: 'GET', url: `${root}/?token=secret` }, never)).rejects.toMatchObject({
      code: 'network',
      retryable: true,
      message: 'Kite did not answer within 7 seconds. Check the internet connection; Tickscope tries again.',
    });
    await asked;
    clock.advance(7_000);
    await failed;
  });

  it('gives up on an answer that stops half-way', async () => {
    const asked = new Promise<void>((resolve) => {
      answer = (_request, response) => {
        response.write('half an');
        resolve();
      };
    });
    const failed = expect(send({ method: 'GET', url: root }, never)).rejects.toMatchObject({ code: 'network' });
    await asked;
    clock.advance(7_000);
    await failed;
  });

  it('refuses an answer larger than it should be, also when it was packed small', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync('0'.repeat(100_000)));
    };
    await expect(send({ method: 'GET', url: root, largestBytes: 50_000 }, never)).rejects.toMatchObject({
      message: expect.stringContaining('larger than it should be'),
    });
  });

  it('says in words that nobody is there, without the address', async () => {
    const failed = send({ method: 'GET', url: 'http://127.0.0.1:1/?token=secret' }, never);
    await expect(failed).rejects.toMatchObject({
      code: 'network',
      message: expect.stringContaining('Kite cannot be reached.'),
    });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
  });

  it('stops when told to, with the reason it was given', async () => {
    const stop = new AbortController();
    const asked = new Promise<void>((resolve) => {
      answer = () => resolve();
    });
    const failed = expect(send({ method: 'GET', url: root }, stop.signal)).rejects.toThrow('enough');
    await asked;
    stop.abort(new Error('enough'));
    await failed;
    await expect(send({ method: 'GET', url: root }, stop.signal)).rejects.toThrow('enough');
  });
});

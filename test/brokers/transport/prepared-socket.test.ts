import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { AppError } from '../../../src/core/errors.ts';
import { prepareSocket } from '../../../src/main/brokers/transport/prepared-socket.ts';
import type { SocketAddress, SocketEnd } from '../../../src/main/brokers/transport/socket.ts';
import { eventually } from '../../support/eventually.ts';

function prepared(prepare: (stop: AbortSignal) => Promise<SocketAddress>) {
  const events: string[] = [];
  const ends: SocketEnd[] = [];
  const socket = prepareSocket(prepare, {
    opened: () => events.push('opened'),
    received: (message) => events.push(String(message)),
    closed(end) {
      events.push('closed');
      ends.push(end);
    },
  });
  onTestFinished(() => socket.terminate());
  return { socket, events, ends };
}

describe('a socket whose address is asked for first', () => {
  it('opens where it is told to', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    onTestFinished(() => server.close());
    server.on('connection', (client) => client.on('message', (data) => client.send(`heard ${data}`)));
    // listen() on a port gives an address with a port.
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { socket, events, ends } = prepared(async () => ({ url }));
    socket.send('goes nowhere yet');
    await eventually(() => events).toEqual(['opened']);
    socket.send('hello');
    await eventually(() => events).toEqual(['opened', 'heard hello']);
    socket.close();
    await eventually(() => ends).toHaveLength(1);
    expect(ends[0]).toMatchObject({ code: 1000 });
  });

  it('ends with the sentence and the error of an asking that failed', async () => {
    const error = new AppError('auth-expired', 'Log in again.');
    const { ends } = prepared(() => Promise.reject(error));
    await eventually(() => ends).toEqual([{ kind: 'lost', reason: 'Log in again.', error }]);
  });

  it('hides what a fault of ours says', async () => {
    const { ends } = prepared(() => {
      throw new Error('token very-secret');
    });
    await eventually(() => ends).toHaveLength(1);
    expect(ends[0]).toMatchObject({ error: { code: 'internal' } });
    expect(JSON.stringify(ends)).not.toContain('very-secret');
  });

  it.each(['close', 'terminate'] as const)('can be called off while it asks (%s)', async (how) => {
    let signal: AbortSignal | undefined;
    let answer: (address: SocketAddress) => void = () => undefined;
    const { socket, events } = prepared((stop) => {
      signal = stop;
      return new Promise((resolve) => (answer = resolve));
    });
    await eventually(() => signal).toBeDefined();
    socket[how]();
    socket[how]();
    await eventually(() => events).toEqual(['closed']);
    expect(signal?.aborted).toBe(true);
    answer({ url: 'ws://127.0.0.1:1' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(events, 'the address comes too late').toEqual(['closed']);
  });
});

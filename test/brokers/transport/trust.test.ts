import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { createHttp } from '../../../src/main/brokers/transport/http.ts';
import { openSocket, type SocketEnd } from '../../../src/main/brokers/transport/socket.ts';
import { type CertificateOptions, createAuthority } from '../../support/certificate.ts';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const never = new AbortController().signal;
const authority = createAuthority();
const stranger = createAuthority('Somebody else');

/** A server with TLS, for requests and sockets, at an address without its scheme. */
async function startServer(options: CertificateOptions = {}): Promise<string> {
  const server = createServer(authority.certify(options), (_request, response) => response.end('secret place'));
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (client) => client.send('hello'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const client of sockets.clients) client.terminate();
    server.closeAllConnections();
    server.close();
  });
  // listen() on a port gives an address with a port.
  return `127.0.0.1:${(server.address() as AddressInfo).port}/?token=secret`;
}

const ask = (address: string, ca?: readonly string[]) =>
  createHttp({ venue: 'The venue', clock: new FakeClock(), ca })({ method: 'GET', url: `https://${address}` }, never);

function open(address: string, ca?: readonly string[]) {
  const heard: unknown[] = [];
  const ends: SocketEnd[] = [];
  const socket = openSocket(
    { url: `wss://${address}`, ca },
    { opened() {}, received: (message) => heard.push(message), closed: (end) => ends.push(end) },
  );
  onTestFinished(() => socket.terminate());
  return { heard, ends };
}

describe('the certificate of a server', () => {
  it('is trusted by its own authority, where that is given, and for that connection alone', async () => {
    const address = await startServer();
    expect(await ask(address, [authority.root])).toMatchObject({ status: 200, text: 'secret place' });
    const { heard } = open(address, [authority.root]);
    await eventually(() => heard).toEqual(['hello']);
    await expect(ask(address)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it.each([
    ['from an authority nobody knows', {}, undefined, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate file (CA)'],
    ['from another authority than ours', {}, [stranger.root], 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'another network'],
    ['that has run out', { to: '20210101000000Z' }, [authority.root], 'CERT_HAS_EXPIRED', 'date and time'],
    ['of the future', { from: '20980101000000Z' }, [authority.root], 'CERT_NOT_YET_VALID', 'date and time'],
    ['of another server', { names: ['example.org'] }, [authority.root], 'ERR_TLS_CERT_ALTNAME_INVALID', 'sign-in page'],
  ])('is refused when it is one %s, with what to do, and no other try', async (_case, options, ca, failure, advice) => {
    const address = await startServer(options);
    const failed = ask(address, ca);
    await expect(failed).rejects.toMatchObject({ code: 'forbidden', retryable: false });
    await expect(failed).rejects.toThrow(/^The certificate of The venue /);
    await expect(failed).rejects.toThrow(advice);
    await expect(failed).rejects.not.toThrow('secret');
    const { ends } = open(address, ca);
    await eventually(() => ends).toHaveLength(1);
    expect(ends[0]).toMatchObject({ kind: 'lost', failure, reason: expect.stringContaining(advice) });
    expect(JSON.stringify(ends)).not.toContain('secret');
  });

  it.each(['nonsense', '', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
    'cannot be vouched for by a file that is no certificate (%j)',
    async (pem) => {
      const address = await startServer();
      await expect(ask(address, [pem])).rejects.toMatchObject({ code: 'invalid-input' });
      const { ends } = open(address, [pem]);
      await eventually(() => ends).toHaveLength(1);
      expect(ends[0]).toMatchObject({ reason: expect.stringContaining('(CA)'), error: { code: 'invalid-input' } });
    },
  );
});

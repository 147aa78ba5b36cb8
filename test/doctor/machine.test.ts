import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer as createPlain } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, createServer as createSilent } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { machineProbes } from '../../src/main/doctor/probes.ts';
import { type CertificateOptions, createAuthority } from '../support/certificate.ts';
import { realClock } from '../support/real-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { examine } from './made-venue.ts';

const never = new AbortController().signal;
const authority = createAuthority();

async function portOf(server: ReturnType<typeof createSilent>): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  // listen() on a port gives an address with a port.
  return (server.address() as AddressInfo).port;
}

const startSecure = (options: CertificateOptions = {}): Promise<number> =>
  portOf(createServer(authority.certify(options), (_request, response) => response.end()));

describe('the machine', () => {
  it('knows no name that ends in .invalid', async () => {
    await expect(machineProbes.lookUp('api.made.invalid')).rejects.toThrow();
    await machineProbes.lookUp('localhost');
  }, 20_000);

  it.each([
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', {}, undefined],
    ['CERT_HAS_EXPIRED', { to: '20210101000000Z' }, authority.root],
    ['ERR_TLS_CERT_ALTNAME_INVALID', { names: ['example.org'] }, authority.root],
    [undefined, {}, authority.root],
  ])('sees what is wrong with a certificate: %s', async (fault, options, ca) => {
    const port = await startSecure(options);
    const seen = await machineProbes.certificate({ host: '127.0.0.1', port, ca }, never);
    expect(seen.fault).toBe(fault);
    expect(seen.validUntil).toBeTypeOf('number');
  });

  it('says nothing to a server it does not trust', async () => {
    let heard = '';
    const server = createServer(authority.certify({}), () => undefined);
    server.on('secureConnection', (socket) => socket.on('data', (data) => (heard += String(data))));
    await machineProbes.certificate({ host: '127.0.0.1', port: await portOf(server), ca: undefined }, never);
    expect(heard).toBe('');
  });

  it('gives up on a server that says nothing, or something else', async () => {
    const port = await portOf(createSilent(() => undefined));
    const stop = new AbortController();
    const asked = machineProbes.certificate({ host: '127.0.0.1', port, ca: undefined }, stop.signal);
    realClock.after(20, () => stop.abort(new Error('enough')));
    await expect(asked).rejects.toThrow('enough');
    const plain = await portOf(createPlain((_request, response) => response.end()));
    await expect(machineProbes.certificate({ host: '127.0.0.1', port: plain, ca: undefined }, never)).rejects.toThrow();
  });

  it('reads a server’s time, whatever it answers, and keeps path and query to itself', async () => {
    const urls: unknown[] = [];
    const server = createPlain((request, response) => {
      urls.push(request.url);
      response.writeHead(404, { date: 'Fri, 20 Nov 2026 06:30:00 GMT' }).end('<html>');
    });
    const url = new URL(`http://127.0.0.1:${await portOf(server)}/path?token=secret`);
    expect(await machineProbes.serverTime(url, undefined, never)).toBe(Date.parse('2026-11-20T06:30:00Z'));
    expect(urls).toEqual(['/']);
    const secure = await startSecure();
    expect(await machineProbes.serverTime(new URL(`https://127.0.0.1:${secure}`), authority.root, never)).toBeTypeOf(
      'number',
    );
    await expect(machineProbes.serverTime(new URL(`https://127.0.0.1:${secure}`), undefined, never)).rejects.toThrow();
  });

  it('knows its disk and its files', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'a'), 'text');
    expect(await machineProbes.freeBytes(folder)).toBeGreaterThan(0);
    expect(await machineProbes.files(folder)).toMatchObject([{ name: 'a', bytes: 4 }]);
    expect(await machineProbes.files(join(folder, 'none'))).toEqual([]);
    expect(await machineProbes.isWritable(folder)).toBe(true);
    expect(await machineProbes.isWritable(join(folder, 'none'))).toBe(false);
  });
});

describe('an examination over real sockets', () => {
  it('tells a self-signed server from a good one', async () => {
    const port = await startSecure();
    const probes = { certificate: machineProbes.certificate };
    const parts = { endpointsOf: () => ({ api: `https://127.0.0.1:${port}` }) };
    const { of } = await examine({ probes, parts });
    expect(of('tls')).toMatchObject({ level: 'problem', text: expect.stringContaining('does not trust') });
    const servers = { api: 'https://unused', caOption: 'ca' };
    const good = await examine({
      manifest: { servers },
      probes: { ...probes, readText: async () => authority.root },
      parts: { ...parts, optionsOf: () => ({ ca: 'ca.pem' }) },
    });
    expect(good.of('tls').level).not.toBe('problem');
  });
});

import { describe, expect, it } from 'vitest';
import { examine, OPEN } from './made-venue.ts';

const DAY = 86_400_000;

describe('the clock', () => {
  const off = (ms: number) => examine({ probes: { serverTime: async () => OPEN - ms } });

  it.each([
    [0, 'fine'],
    [4_000, 'fine'],
    [8_000, 'warning'],
    [-8_000, 'warning'],
    [45_000, 'problem'],
    [-45_000, 'problem'],
  ])('%i ms off is %s', async (ms, level) => {
    expect((await off(ms)).of('clock').level).toBe(level);
  });

  it('says by how much, which way, and what to do', async () => {
    expect((await off(45_500)).of('clock')).toMatchObject({
      text: 'The clock of this computer is 45 seconds ahead of api.made.example.',
      advice: expect.stringContaining('set time automatically'),
    });
    expect((await off(-3 * 3_600_000)).of('clock').text).toContain('3 hours behind');
  });

  it('warns of one-time codes where a login uses them', async () => {
    const { of } = await examine({
      probes: { serverTime: async () => OPEN - 40_000 },
      manifest: { login: { browser: true, unattended: ['accessToken'] } },
    });
    expect(of('clock').text).toContain('TOTP');
  });

  it('asks another venue when this one does not say', async () => {
    const asked: string[] = [];
    const serverTime = async (url: URL) => {
      asked.push(url.host);
      return url.host === 'other.example' ? OPEN : undefined;
    };
    const made = await examine({ probes: { serverTime } });
    expect(made.of('clock')).toMatchObject({ level: 'unknown', text: 'No server told the time.' });
    const { manifest, open } = made.broker;
    const other = { manifest: { ...manifest, id: 'other', servers: { api: 'https://other.example' } }, open };
    const { of } = await examine({ probes: { serverTime }, parts: { brokers: [made.broker, other] } });
    expect(of('clock')).toMatchObject({ level: 'fine', text: expect.stringContaining('other.example') });
    expect(asked).toEqual(['api.made.example', 'api.made.example', 'other.example']);
  });
});

describe('the names of servers', () => {
  const lost = (...hosts: readonly string[]) =>
    examine({
      probes: { lookUp: async (host) => (hosts.includes(host) ? Promise.reject(new Error('ENOTFOUND')) : undefined) },
    });

  it('are all lost when the computer is offline; what needs them is not looked at', async () => {
    const { of, problems } = await lost('api.made.example', 'ws.made.example');
    expect(of('dns')).toMatchObject({ level: 'problem', fix: 'reconnect', advice: expect.stringContaining('online') });
    expect(problems).toEqual(['dns']);
    for (const check of ['tls', 'rest', 'socket'] as const)
      expect(of(check)).toMatchObject({ level: 'unknown', text: expect.stringContaining('the names of the servers') });
    expect(of('market').level).toBe('fine');
  });

  it('are told one by one', async () => {
    const { of } = await lost('ws.made.example');
    expect(of('dns').text).toBe('1 server of Made Venue cannot be found: ws.made.example.');
  });

  it('are not asked for addresses', async () => {
    const { of } = await examine({ parts: { endpointsOf: () => ({ api: 'http://127.0.0.1:1', ws: 'ws://[::1]:2' }) } });
    expect(of('dns')).toMatchObject({ level: 'fine', text: expect.stringContaining('nothing to look up') });
    expect(of('tls')).toMatchObject({ level: 'fine', text: expect.stringContaining('stays on this computer') });
  });

  it('come from the sandbox while that is on', async () => {
    const servers = { api: 'https://real.example', sandbox: { option: 'sandbox', api: 'https://sand.example' } };
    const { of } = await examine({ manifest: { servers }, parts: { optionsOf: () => ({ sandbox: true }) } });
    expect(of('dns').text).toContain('sand.example');
    expect((await examine({ manifest: { servers } })).of('dns').text).toContain('real.example');
  });

  it.each(['nonsense', 'ftp://a', 'https://'])('cannot be told from %s', async (api) => {
    const { of } = await examine({ parts: { endpointsOf: () => ({ api }) } });
    expect(of('dns')).toMatchObject({ level: 'problem', text: expect.stringContaining('TICKSCOPE_MADE_API_URL') });
  });
});

describe('the encryption', () => {
  const certificate = (fault: string | undefined, days = 90) =>
    examine({ probes: { certificate: async () => ({ fault, issuer: 'Proxy Inc', validUntil: OPEN + days * DAY }) } });

  it.each([
    ['CERT_HAS_EXPIRED', 'not valid today', 'date of this computer'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'signed by Proxy Inc', 'NODE_EXTRA_CA_CERTS'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'not its own', 'another network'],
  ])('%s is a problem', async (fault, text, advice) => {
    const { of, problems } = await certificate(fault);
    expect(of('tls')).toMatchObject({ level: 'problem', text: expect.stringContaining(text) });
    expect(of('tls').advice).toContain(advice);
    expect(problems).toEqual(['tls']);
    expect(of('rest').level).toBe('unknown');
  });

  it('points to the CA file where the venue takes one', async () => {
    const servers = { api: 'https://api.made.example', caOption: 'ca' };
    const probes = {
      certificate: async () => ({ fault: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', issuer: '', validUntil: undefined }),
    };
    const { of } = await examine({ manifest: { servers }, probes });
    expect(of('tls')).toMatchObject({
      fix: 'open-settings',
      advice: expect.stringContaining('name the file in Settings'),
    });
  });

  it('trusts the CA file, and says when it cannot be read', async () => {
    const servers = { api: 'https://api.made.example', caOption: 'ca' };
    const parts = { optionsOf: () => ({ ca: '/some/ca.pem' }) };
    const seen: unknown[] = [];
    await examine({
      manifest: { servers },
      parts,
      probes: {
        readText: async () => 'PEM',
        certificate: async (server) => {
          seen.push(server);
          return { fault: undefined, issuer: '', validUntil: undefined };
        },
      },
    });
    expect(seen).toEqual([{ host: 'api.made.example', port: 443, ca: 'PEM' }]);
    const { of } = await examine({
      manifest: { servers },
      parts,
      probes: { readText: () => Promise.reject(new Error()) },
    });
    expect(of('tls')).toMatchObject({
      level: 'problem',
      fix: 'open-settings',
      text: expect.stringContaining('/some/ca.pem'),
    });
  });

  it('warns of an end that is near, and of no encryption at all', async () => {
    expect((await certificate(undefined, 3)).of('tls')).toMatchObject({
      level: 'warning',
      text: expect.stringContaining('Mon 23 Nov 2026'),
    });
    const { of } = await examine({ parts: { endpointsOf: () => ({ api: 'http://api.made.example' }) } });
    expect(of('tls')).toMatchObject({ level: 'warning', text: expect.stringContaining('not encrypted') });
  });

  it('tells a server that does not answer', async () => {
    const { of } = await examine({ probes: { certificate: () => Promise.reject(new Error('ECONNREFUSED')) } });
    expect(of('tls')).toMatchObject({
      level: 'problem',
      fix: 'reconnect',
      text: expect.stringContaining('did not agree'),
    });
    const { of: late } = await examine({ probes: { certificate: () => new Promise(() => undefined) } });
    expect(late('tls').text).toContain('within 5 seconds');
  });
});

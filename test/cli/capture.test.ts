import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import type { BrokerModule } from '../../src/main/brokers/broker-module.ts';
import { kite } from '../../src/main/brokers/kite/index.ts';
import { simulator } from '../../src/main/brokers/simulator/index.ts';
import { readTextRecording } from '../../src/main/brokers/text-recording.ts';
import { openSocket } from '../../src/main/brokers/transport/socket.ts';
import { captureCommandOf } from '../../src/main/cli/capture.ts';
import { UsageError } from '../../src/main/cli/cli-command.ts';
import { decodeCommandOf } from '../../src/main/cli/decode.ts';
import { startKiteVenue } from '../fakes/kite-venue.ts';
import { type CapturedIo, capturedIo } from '../support/cli-io.ts';
import { tempFolder } from '../support/temp-folder.ts';

const io = (env: Readonly<Record<string, string>> = {}): CapturedIo => {
  const folder = tempFolder();
  return capturedIo(folder, { TICKSCOPE_DATA_DIR: join(folder, 'data'), ...env });
};
const fileOf = ({ cwd }: CapturedIo, name = 'out.json') => readFileSync(join(cwd, name), 'utf8');

/** A venue that talks in text, and repeats every secret it is told in all the ways venues do. */
async function startTalker(): Promise<{ readonly url: string; readonly module: BrokerModule }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  server.on('connection', (client) => {
    client.on('message', () => {
      client.send(
        '{"type":"hello","echo":"token-of-somebody","session_token":"never-seen","user_name":"A Person","pin":4711}',
      );
      client.send('{"type":"price","price":4711.5,"time":1729842192785164840}');
      client.send(Buffer.from('bytes with key-of-somebody in them'));
      client.send(Buffer.from([0, 1, 2]));
    });
  });
  // listen() on a port gives an address with a port.
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/?token=token-of-somebody`;
  const module: BrokerModule = {
    manifest: {
      ...simulator.manifest,
      id: 'talker',
      label: 'Talker',
      world: 'market',
      credentialFields: [{ name: 'accessToken', label: 'Token', secret: true, hint: '' }],
    },
    async open({ tap, credentials, instruments, saveCredentials }) {
      tap?.answer('POST', '/login/token-of-somebody', 200, '{"key":"fresh-token-of-today"}');
      saveCredentials({ sessionKey: 'fresh-token-of-today' });
      return {
        instruments,
        quotes: undefined,
        history: undefined,
        playback: undefined,
        feed: {
          watch: () => undefined,
          run: (_sink, stop) =>
            new Promise((resolve) => {
              const socket = openSocket(
                { url, tap: { connection: 'talk', to: tap } },
                {
                  opened: () => socket.send(JSON.stringify({ auth: credentials['accessToken'] })),
                  received: () => undefined,
                  closed: () => resolve(),
                },
              );
              stop.addEventListener('abort', () => socket.close());
            }),
        },
      };
    },
    decode: ({ bytes }) => readTextRecording(bytes),
  };
  return { url, module };
}

const SECRETS = {
  TICKSCOPE_TALKER_ACCESS_TOKEN: 'token-of-somebody',
  TICKSCOPE_TALKER_API_KEY: 'key-of-somebody',
  TICKSCOPE_TALKER_PIN: '4711',
};

describe('a capture of a venue that talks in text', () => {
  const args = ['--venue', 'talker', '--symbols', 'NSE:INFY', '--seconds', '0.3', '--out', 'out.json'];

  it('holds what went over the wire, in order, and no secret in any form', async () => {
    const { module } = await startTalker();
    const to = io(SECRETS);
    expect(await captureCommandOf([module]).run(args, to)).toBe(0);
    const text = fileOf(to);
    for (const secret of ['token-of-somebody', 'key-of-somebody', 'fresh-token-of-today', 'never-seen', 'A Person'])
      expect(text).not.toContain(secret);
    const { frames, ...head } = JSON.parse(text);
    expect(head).toMatchObject({
      broker: 'talker',
      origin: 'recorded',
      source: expect.stringMatching(/^Tickscope \d/),
      recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+05:30$/),
      symbols: ['NSE:INFY'],
    });
    expect(frames).toMatchObject([
      { transport: 'http', status: 200, request: { method: 'POST', path: '/login/•••' }, frameText: '{"key":"•••"}' },
      { transport: 'ws', connection: 'talk', direction: 'client-to-server', frameText: '{"auth":"•••"}' },
      // Without its PIN, a bare number, the first message would be no JSON any more.
      { direction: 'server-to-client', leftOut: 'it held a secret' },
      { frameText: '{"type":"price","price":4711.5,"time":1729842192785164840}' },
      { leftOut: 'it held a secret' },
      { frameBase64: 'AAEC' },
    ]);
    expect(to.said()).toMatch(/out\.json: 6 messages, 2 of them left out, \d+ bytes/);
  });

  it('is read by decode', async () => {
    const { module } = await startTalker();
    const to = io(SECRETS);
    await captureCommandOf([module]).run(args, to);
    expect(await decodeCommandOf([module]).run(['talker', 'out.json'], to)).toBe(0);
    const records = to
      .text()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ direction, transport }) => `${direction} ${transport}`)).toEqual([
      'in http',
      'out ws',
      'in ws',
    ]);
    expect(records[2]).toMatchObject({
      text: expect.stringContaining('1729842192785164840'),
      receivedAt: expect.any(Number),
    });
  });

  it('never overwrites a file, and leaves none behind when it fails', async () => {
    const { module } = await startTalker();
    const to = io(SECRETS);
    writeFileSync(join(to.cwd, 'out.json'), 'mine');
    await expect(captureCommandOf([module]).run(args, to)).rejects.toThrow('exists already. Choose another name.');
    expect(fileOf(to)).toBe('mine');
    const failing = { ...module, open: () => Promise.reject(new Error('odd')) };
    const elsewhere = io(SECRETS);
    await expect(captureCommandOf([failing]).run(args, elsewhere)).rejects.toThrow('odd');
    expect(existsSync(join(elsewhere.cwd, 'out.json'))).toBe(false);
  });

  it.each([
    ['no venue', ['--symbols', 'A', '--seconds', '1', '--out', 'f'], 'Say which venue'],
    [
      'the simulator',
      ['--venue', 'simulator', '--symbols', 'A', '--seconds', '1', '--out', 'f'],
      'There is no venue "simulator"',
    ],
    ['no symbols', ['--venue', 'kite', '--seconds', '1', '--out', 'f'], 'what to record'],
    ['no time', ['--venue', 'kite', '--symbols', 'A', '--out', 'f'], 'how long'],
    ['no file', ['--venue', 'kite', '--symbols', 'A', '--seconds', '1'], 'where to'],
    ['endless time', ['--venue', 'kite', '--symbols', 'A', '--seconds', '1e9', '--out', 'f'], 'not "1e9"'],
  ])('calls %s wrong usage', async (_case, wrong, sentence) => {
    const failed = captureCommandOf([simulator, kite]).run(wrong, io());
    await expect(failed).rejects.toBeInstanceOf(UsageError);
    await expect(failed).rejects.toThrow(sentence);
  });
});

describe('a capture of Kite', () => {
  it('holds its packets, which decode reads, and no credential', async () => {
    const venue = await startKiteVenue({ heartbeatMs: 100 });
    onTestFinished(() => venue.close());
    venue.startMarket(100);
    const to = io({
      TICKSCOPE_KITE_API_KEY: venue.apiKey,
      TICKSCOPE_KITE_API_SECRET: venue.apiSecret,
      TICKSCOPE_KITE_REQUEST_TOKEN: venue.issueRequestToken(),
      TICKSCOPE_KITE_API_URL: venue.apiUrl,
      TICKSCOPE_KITE_WS_URL: venue.wsUrl,
    });
    const args = ['--venue', 'kite', '--symbols', 'INFY,RELIANCE', '--seconds', '1', '--out', 'kite.json'];
    expect(await captureCommandOf([kite]).run(args, to)).toBe(0);
    const text = fileOf(to, 'kite.json');
    for (const secret of [venue.apiKey, venue.apiSecret, venue.accessToken, 'fake-access-token', 'fake-request-token'])
      expect(text).not.toContain(secret);
    expect(await decodeCommandOf([kite]).run(['kite', 'kite.json'], to)).toBe(0);
    const records = to
      .text()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.length).toBeGreaterThan(5);
    for (const record of records)
      expect(record).toMatchObject({ mode: expect.stringMatching(/^(quote|full)$/), ltp: expect.any(Number) });
    expect(venue.ticker.clients.size).toBe(0);
  }, 20_000);
});

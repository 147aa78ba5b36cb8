import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PROJECT } from '../support/start-app.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** The command line as a program of its own; Ctrl-C once it has said `word` on either stream. */
async function stoppedAt(word: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [join(PROJECT, 'src', 'main', 'cli.ts'), ...args], {
    env: { ...process.env, TICKSCOPE_DATA_DIR: tempFolder(), ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  let talk = '';
  const look = (): void => {
    if (`${out}${talk}`.includes(word)) child.kill('SIGINT');
  };
  child.stdout.on('data', (part) => {
    out += part;
    look();
  });
  child.stderr.on('data', (part) => {
    talk += part;
    look();
  });
  const [code] = await once(child, 'close');
  return { code, out, talk };
}

describe('Ctrl-C', () => {
  it('ends a watch in good order', async () => {
    const { code, out } = await stoppedAt('"kind":"tick"', ['watch', '--venue', 'simulator', '--symbols', 'INFY']);
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ kind: 'status', state: 'stopped', reason: 'by-user' });
  }, 30_000);

  it('ends an examination that waits for a silent server, and it says what it waits for', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    // listen() on a port gives an address with a port.
    const { port } = server.address() as AddressInfo;
    const { code, out, talk } = await stoppedAt('Looking at', ['doctor', '--venue', 'kite'], {
      TICKSCOPE_KITE_API_KEY: 'some-key',
      TICKSCOPE_KITE_ACCESS_TOKEN: 'some-token',
      TICKSCOPE_KITE_API_URL: `http://127.0.0.1:${port}`,
      TICKSCOPE_KITE_WS_URL: `ws://127.0.0.1:${port}`,
    });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(talk).toMatch(/^Looking at the (clock|requests) …\n/);
    expect(talk).toContain('Stopped before the end.');
  }, 30_000);
});

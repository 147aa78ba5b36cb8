import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT, startApp } from '../support/start-app.ts';
import { tempFolderForAll } from '../support/temp-folder.ts';

const scratch = tempFolderForAll();

/** Runs the verb to its end. */
async function serve(...args: readonly string[]): Promise<{ code: number; out: string; talk: string }> {
  const child = spawn(process.execPath, [join(PROJECT, 'src', 'main', 'cli.ts'), 'serve', ...args], { cwd: scratch });
  let out = '';
  let talk = '';
  child.stdout.on('data', (part) => {
    out += part;
  });
  child.stderr.on('data', (part) => {
    talk += part;
  });
  const [code] = await once(child, 'close');
  return { code, out, talk };
}

describe('serve', () => {
  it('prints the link first, serves the page, and ends in good order', async () => {
    const app = await startApp({ dataDir: join(scratch, 'one'), feed: 'simulator' });
    expect(app.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?key=[\w-]{43}$/);
    const enter = await fetch(app.url, { redirect: 'manual' });
    const cookie = enter.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await fetch(new URL('/', app.url), { headers: { cookie } });
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<title>Tickscope')]);

    const second = await serve('--port', '0', '--data', join(scratch, 'one'));
    expect(second, 'one folder belongs to one engine').toMatchObject({ code: 1, out: '' });
    expect(second.talk).toContain('Another Tickscope');

    app.process.kill('SIGINT');
    expect(await app.stop()).toBe(0);
    expect(app.talk()).toContain('Ctrl-C ends it');
  });

  it('says what to do when the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const { code, out, talk } = await serve('--port', String(port), '--data', join(scratch, 'two'));
    other.close();
    expect([code, out]).toEqual([1, '']);
    expect(talk).toContain(`Port ${port} is in use`);
    expect(talk).toContain('--port');
    expect(talk, 'no stack').not.toContain('    at ');
  });

  it('says what to do when the folder cannot be written', async () => {
    const file = join(scratch, 'a-file');
    writeFileSync(file, '');
    const { code, out, talk } = await serve('--port', '0', '--data', join(file, 'inside'));
    expect([code, out]).toEqual([1, '']);
    expect(talk).toContain(`cannot write to its data folder ${join(file, 'inside')}`);
    expect(talk, 'no stack').not.toContain('    at ');
  });

  it.each([
    [['--port', 'http'], '--port takes a number'],
    [['--feed', 'zerodha'], '--feed takes simulator, replay, kite'],
    [['--prot', '80'], "'--prot'"],
    [['RELIANCE_5s.csv'], 'go after --file'],
    [['--api-key', 'x y'], 'letters, digits'],
  ])('knows wrong usage: %j', async (args, words) => {
    const { code, out, talk } = await serve(...args);
    expect([code, out]).toEqual([2, '']);
    expect(talk).toContain(words);
    expect(talk).toContain('Usage: serve');
  });

  it('explains itself', async () => {
    const { code, out } = await serve('--help');
    expect(code).toBe(0);
    expect(out).toContain('--api-key KEY');
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { BacktestReport } from '../../src/contract/backtest.ts';
import type { Reply, Transport } from '../../src/contract/client.ts';
import type { RuleBookState } from '../../src/contract/rules.ts';
import { createEngineClient } from '../../src/renderer/src/engine-client.ts';
import { createWebTransport, type PageSocket, SOCKET_PATH } from '../../src/renderer/src/web-transport.ts';
import { chromiumPath, NO_CHROMIUM } from '../support/browser.ts';
import { ensureBuilt } from '../support/built.ts';
import { startDouble } from '../support/electron-double.ts';
import { PROJECT } from '../support/start-app.ts';

/** Node tells on stderr of each thread that it starts. */
const TELLING = { NODE_DEBUG: 'worker' };
const THREAD = /WORKER \d+: .*created Worker/i;

const folder = mkdtempSync(join(tmpdir(), 'tickscope-backtest-'));
beforeAll(() => ensureBuilt());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The default rule as it stands in the app. */
const ruleOf = ({ rules }: RuleBookState) => rules[0]?.rule ?? expect.unreachable('there is a default rule');

function expectFindings(report: BacktestReport): void {
  expect(report.sessions).toBeGreaterThan(0);
  expect(report.instruments).toBe(51);
  expect(report.signals.length).toBeGreaterThan(0);
  expect(report.all.count).toBe(report.signals.length);
}

describe('the backtest of the built app', () => {
  it('runs in a thread of the Node door', async () => {
    const words = [join(PROJECT, 'out', 'main', 'headless.js'), '--port', '0', '--data', join(folder, 'node')];
    const child = spawn(process.execPath, [...words, '--feed', 'simulator'], {
      cwd: PROJECT,
      env: { ...process.env, ...TELLING },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let talk = '';
    child.stderr.on('data', (part) => {
      talk += part;
    });
    const exited = once(child, 'exit');
    try {
      const [link] = await once(createInterface({ input: child.stdout }), 'line');
      const { client, close } = await connect(String(link));
      const rule = ruleOf(await client.invoke('rules.load', null));
      const ask = () => client.invoke('rules.backtest', { rule, sessions: 5 });
      // The simulator's past is written while it starts.
      await expect.poll(async () => (await ask()).signals.length, { timeout: 60_000 }).toBeGreaterThan(0);
      expectFindings(await ask());
      const noise = await client.invoke('rules.noise', { rule, sessions: 5 });
      expect(noise.perDay).toBeGreaterThan(0);
      close();
      expect(talk).toMatch(THREAD);
    } finally {
      child.kill('SIGTERM');
      await exited;
    }
  });

  const missing = chromiumPath === undefined ? ` (${NO_CHROMIUM})` : '';
  it.skipIf(missing !== '')(`runs in a thread of the Electron door, in a double${missing}`, async () => {
    const app = await startDouble({ dataDir: join(folder, 'electron'), args: ['--feed', 'simulator'], env: TELLING });
    try {
      const invoke = (...[name, input]: Parameters<Transport['invoke']>): Promise<Reply<unknown>> =>
        app.page.evaluate(([command, words]) => window.engine.invoke(command, words), [name, input] as const);
      const answerOf = async (...asked: Parameters<Transport['invoke']>): Promise<unknown> => {
        const reply = await invoke(...asked);
        return reply.ok ? reply.value : expect.unreachable(reply.message);
      };
      const rule = ruleOf((await answerOf('rules.load', null)) as RuleBookState);
      const ask = async () => (await answerOf('rules.backtest', { rule, sessions: 5 })) as BacktestReport;
      await expect.poll(async () => (await ask()).signals.length, { timeout: 60_000 }).toBeGreaterThan(0);
      expectFindings(await ask());
      expect(app.talk()).toMatch(THREAD);
    } finally {
      await app.stop();
    }
  });
});

async function connect(link: string) {
  const { headers } = await fetch(link, { redirect: 'manual' });
  const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
  const { origin, host } = new URL(link);
  const open = (): PageSocket =>
    // The two classes agree on what the page uses of them; their event types are named differently.
    new WebSocket(`ws://${host}${SOCKET_PATH}`, { origin, headers: { cookie } }) as unknown as PageSocket;
  const { transport, ready, close } = createWebTransport(open);
  await ready;
  return { client: createEngineClient(transport), close };
}

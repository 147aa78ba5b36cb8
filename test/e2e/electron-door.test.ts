import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Transport } from '../../src/contract/client.ts';
import type { Snapshot } from '../../src/contract/events.ts';
import { chromiumPath, NO_CHROMIUM } from '../support/browser.ts';
import { ensureBuilt } from '../support/built.ts';
import { type RunningDouble, startDouble } from '../support/electron-double.ts';

declare global {
  interface Window {
    /** What the preload exposes. */
    readonly engine: Transport;
  }
}

const dataDir = mkdtempSync(join(tmpdir(), 'electron-door-'));
const missing = chromiumPath === undefined ? ` (${NO_CHROMIUM})` : '';

describe.skipIf(missing !== '')(`the Electron door, in a double${missing}`, () => {
  let app: RunningDouble;
  beforeAll(async () => {
    ensureBuilt();
    app = await startDouble({ dataDir });
  });
  afterAll(async () => {
    await app?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('shows moving prices that came by IPC', async () => {
    const seen = await app.page.evaluate(async () => {
      const prices = new Map<string, Set<number>>();
      const reply = await new Promise<Awaited<ReturnType<Transport['invoke']>>>((resolve) => {
        const stop = window.engine.subscribe(({ events }) => {
          for (const event of events) {
            if (event.type !== 'quote') continue;
            const { instrument, ltp } = event.quote;
            prices.set(instrument, (prices.get(instrument) ?? new Set()).add(ltp));
          }
          if ([...prices.values()].filter(({ size }) => size > 1).length < 10) return;
          stop();
          resolve(window.engine.invoke('app.snapshot', null));
        });
      });
      return { reply, moving: [...prices.values()].filter(({ size }) => size > 1).length };
    });
    expect(seen.moving).toBeGreaterThanOrEqual(10);
    // The command's own output type; the transport carries all of them.
    const snapshot = seen.reply.ok ? (seen.reply.value as Snapshot) : undefined;
    expect(snapshot?.feed).toMatchObject({ source: 'simulator', world: 'simulated' });
    expect(snapshot?.instruments).toHaveLength(51);
    await app.page.getByText('NIFTY 50').first().waitFor();
  });

  it('gives the page two functions and nothing of Node', async () => {
    const found = await app.page.evaluate(() => ({
      engine: Object.keys(window.engine).sort(),
      frozen: Object.isFrozen(window.engine),
      node: ['require', 'process', 'Buffer', 'global', 'module', 'ipcRenderer'].filter((name) => name in window),
    }));
    expect(found).toEqual({ engine: ['invoke', 'subscribe'], frozen: true, node: [] });
  });

  it('refuses what the contract does not know', async () => {
    const replies = await app.page.evaluate(() =>
      Promise.all([window.engine.invoke('shell.run', 'ls'), window.engine.invoke('candles.load', { limit: -1 })]),
    );
    expect(replies).toMatchObject([
      { ok: false, code: 'not-supported' },
      { ok: false, code: 'invalid-input' },
    ]);
  });

  it('is served under the policy, which the browser keeps', async () => {
    const outcome = await app.page.evaluate(async () => {
      const blocked = new Set<string>();
      document.addEventListener('securitypolicyviolation', (event) => blocked.add(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
      await fetch('https://elsewhere.invalid/').catch(() => undefined);
      // Violations are reported as tasks of their own; a policy that lets one through runs into the test's timeout.
      while (blocked.size < 2) await new Promise((resolve) => setTimeout(resolve, 20));
      return { blocked: [...blocked].sort(), injected: 'injected' in window };
    });
    expect(outcome).toEqual({ blocked: ['connect-src', 'script-src-elem'], injected: false });
  });

  it('stays where it is, and opens no windows', async () => {
    const before = app.page.url();
    await app.page.evaluate(() => {
      location.href = 'https://elsewhere.invalid/';
    });
    await app.page.evaluate(() => window.open('https://elsewhere.invalid/')?.closed);
    expect(app.page.url()).toBe(before);
    await expect.poll(() => app.page.context().pages().length).toBe(1);
  });

  it('comes back after a reload', async () => {
    await app.page.reload();
    await app.page.getByText('NIFTY 50').first().waitFor();
    const { ok } = await app.page.evaluate(() => window.engine.invoke('app.snapshot', null));
    expect(ok).toBe(true);
  });

  it('says in the log that a missing key ring leaves credentials unencrypted', () => {
    expect(readFileSync(join(dataDir, 'logs', 'tickscope.log'), 'utf8')).toContain('only disguised, not encrypted');
  });

  it('closes the engine before it ends, and remembers the window', async () => {
    await app.page.close();
    expect(await app.ended).toBe(0);
    expect(JSON.parse(readFileSync(join(dataDir, 'window.json'), 'utf8'))).toMatchObject({ width: 1_440, height: 900 });
    expect(existsSync(join(dataDir, 'tickscope.sqlite-wal')), 'a closed database has no write-ahead log').toBe(false);
  });
});

describe.skipIf(missing !== '')(`a foreign page in the app window${missing}`, () => {
  it('gets nothing from the engine', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'electron-foreign-'));
    const foreign = 'https://elsewhere.invalid/';
    const app = await startDouble({ dataDir: folder, foreign });
    try {
      await app.page.goto(foreign);
      const reply = await app.page.evaluate(() => window.engine.invoke('app.snapshot', null));
      expect(reply).toMatchObject({ ok: false, code: 'forbidden' });
    } finally {
      await app.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

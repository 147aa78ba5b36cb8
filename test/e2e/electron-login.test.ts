import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Transport } from '../../src/contract/client.ts';
import { type KiteVenue, startKiteVenue } from '../fakes/kite-venue.ts';
import { chromiumPath, NO_CHROMIUM } from '../support/browser.ts';
import { ensureBuilt } from '../support/built.ts';
import { type RunningDouble, startDouble } from '../support/electron-double.ts';

declare global {
  interface Window {
    /** What the preload exposes. */
    readonly engine: Transport;
  }
}

const dataDir = mkdtempSync(join(tmpdir(), 'electron-login-'));
const missing = chromiumPath === undefined ? ` (${NO_CHROMIUM})` : '';

describe.skipIf(missing !== '')(`a login in the desktop app, in a double${missing}`, () => {
  let venue: KiteVenue;
  let app: RunningDouble;
  beforeAll(async () => {
    ensureBuilt();
    venue = await startKiteVenue();
    app = await startDouble({
      dataDir,
      env: {
        TICKSCOPE_KITE_API_URL: venue.apiUrl,
        TICKSCOPE_KITE_WS_URL: venue.wsUrl,
        TICKSCOPE_KITE_LOGIN_URL: venue.loginUrl,
        TICKSCOPE_KITE_API_KEY: venue.apiKey,
        TICKSCOPE_KITE_API_SECRET: venue.apiSecret,
      },
    });
  });
  afterAll(async () => {
    await app?.stop();
    await venue?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** Clicks "Log in", so to speak, and gives the window that opens, and how it ended. */
  async function begin() {
    const opened = app.page.context().browser()?.contexts() ?? [];
    const before = new Set(opened.flatMap((context) => context.pages()));
    const reply = app.page.evaluate(() => window.engine.invoke('login.begin', { broker: 'kite' }));
    const find = () =>
      (app.page.context().browser()?.contexts() ?? [])
        .flatMap((context) => context.pages())
        .find((page) => !before.has(page) && page.url().startsWith(venue.loginUrl));
    await expect.poll(find, { timeout: 10_000 }).toBeDefined();
    const login = find();
    if (login === undefined) throw new Error('no login window');
    return { reply, login };
  }

  it('takes the answer of the venue’s page, which cannot reach the engine', async () => {
    const { reply, login } = await begin();
    expect(await login.evaluate(() => 'engine' in window)).toBe(false);
    const state = new URLSearchParams(new URL(login.url()).searchParams.get('redirect_params') ?? '').get('state');
    const query = new URLSearchParams({ request_token: venue.issueRequestToken(), state: state ?? '' });
    const closed = login.waitForEvent('close');
    await login
      .evaluate((to) => location.assign(to), `http://127.0.0.1:4210/login/kite?${query}`)
      .catch(() => undefined);
    expect(await reply).toEqual({ ok: true, value: { kind: 'done' } });
    await closed;
    expect(readFileSync(join(dataDir, 'vault.json'), 'utf8')).toContain('kite');
    expect(readFileSync(join(dataDir, 'vault.json'), 'utf8'), 'sealed').not.toContain(venue.accessToken);
  });

  it('is called off by closing the window', async () => {
    const { reply, login } = await begin();
    await login.close();
    expect(await reply).toMatchObject({ ok: false, code: 'auth-expired' });
    expect(app.talk()).toBe('');
  });
});

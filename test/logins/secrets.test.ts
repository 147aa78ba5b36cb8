import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { kite } from '../../src/main/brokers/kite/index.ts';
import { createLoginDesk } from '../../src/main/logins/login-desk.ts';
import { createFileVault } from '../../src/main/platform/file-vault.ts';
import { createLogger } from '../../src/main/platform/logger.ts';
import { createRedactor } from '../../src/main/platform/redactor.ts';
import { dispatch } from '../../src/main/shells/dispatch.ts';
import { type KiteVenue, startKiteVenue } from '../fakes/kite-venue.ts';
import { engineAt, kite as marketWithKite } from '../support/composed.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';

const never = new AbortController().signal;
const MORNING = Date.parse('2026-11-23T08:30:01+05:30');
const FAULTS = ['consent', 'elsewhere', 'circle', 'locked', 'captcha', 'echo', undefined] as const;

/** Everything of a login that nobody may read. */
const secretsOf = ({ person, accessToken }: KiteVenue): readonly string[] => [
  person.password,
  person.totpSecret,
  person.apiSecret,
  accessToken,
  'wrong password of a person',
  'made-up-request-token',
  'secret-enctoken',
  'request-id-',
  'fake-request-token',
];
const allTextOf = (thrown: unknown): string =>
  thrown instanceof Error ? `${thrown.stack} ${JSON.stringify(thrown)} ${allTextOf(thrown.cause)}` : String(thrown);

describe('a login that fails', () => {
  it('leaves no secret in the log, in an error or in a sentence, whatever goes wrong', async () => {
    const dir = tempFolder();
    const clock = new FakeClock(MORNING);
    const venue = await startKiteVenue({ now: () => clock.now() });
    onTestFinished(() => venue.close());
    const redactor = createRedactor();
    const logger = createLogger(dir, { redactor });
    const vault = createFileVault(join(dir, 'vault.json'), {
      clock,
      env: {},
      hide: (value) => redactor.hide(value),
      warn: (message) => logger.warn(message),
    });
    const desk = createLoginDesk({
      brokers: [kite],
      vault,
      clock,
      logger,
      endpointsOf: () => ({ api: venue.apiUrl, login: venue.loginUrl }),
      optionsOf: () => ({}),
      redirectAddress: (id) => `http://127.0.0.1:4210/login/${id}`,
      doorOrigin: () => undefined,
      onCredentials: async () => undefined,
    });
    const said: string[] = [];
    for (const password of ['wrong password of a person', venue.person.password]) {
      for (const fault of FAULTS) {
        venue.faults.login = fault;
        vault.write('kite', { ...venue.person, password });
        await desk.logIn('kite', never).then(String, (thrown: unknown) => said.push(allTextOf(thrown)));
        // The next attempt need not wait.
        clock.advance(3_600_000);
      }
    }
    for (const query of [{ request_token: 'made-up-request-token' }, { status: 'cancelled' }] as const) {
      const state = new URL(await desk.page('kite')).searchParams.get('redirect_params')?.slice('state='.length) ?? '';
      const brought = new URLSearchParams({ ...query, state });
      said.push((await desk.finish('kite', brought, never)).sentence);
    }
    const log = readFileSync(join(dir, 'tickscope.log'), 'utf8');
    expect(said.length).toBeGreaterThan(10);
    expect(log, 'it was told of').toContain('Kite');
    for (const secret of secretsOf(venue)) {
      expect(log).not.toContain(secret);
      expect(said.join('\n')).not.toContain(secret);
    }
    expect(said.join('\n'), 'no code either').not.toMatch(/\b\d{6}\b/);
  });

  it('tells no screen a secret', async () => {
    const venue = await marketWithKite();
    const { TICKSCOPE_KITE_ACCESS_TOKEN: _dead, ...env } = venue.env;
    const person = {
      TICKSCOPE_KITE_LOGIN_URL: venue.loginUrl,
      TICKSCOPE_KITE_API_SECRET: venue.apiSecret,
      TICKSCOPE_KITE_USER_ID: venue.person.userId,
      TICKSCOPE_KITE_PASSWORD: venue.person.password,
      TICKSCOPE_KITE_TOTP_SECRET: venue.person.totpSecret,
    };
    venue.faults.login = 'echo';
    const { engine, events, logged } = await engineAt('10:00:01', { ...env, ...person }, { feed: { source: 'kite' } });
    const reply = await dispatch(engine, 'login.begin', { broker: 'kite' });
    expect(reply).toMatchObject({ ok: false, message: expect.stringContaining('refused user ID and password') });
    const snapshot = await dispatch(engine, 'app.snapshot', null);
    const told = JSON.stringify([reply, snapshot, events, logged]);
    for (const secret of secretsOf(venue)) expect(told).not.toContain(secret);
    const { ok } = snapshot;
    expect(ok).toBe(true);
  });
});

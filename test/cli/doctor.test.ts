import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../src/contract/doctor.ts';
import { kite } from '../../src/main/brokers/kite/index.ts';
import { BROKERS } from '../../src/main/brokers/registry.ts';
import { replay } from '../../src/main/brokers/replay/index.ts';
import { simulator } from '../../src/main/brokers/simulator/index.ts';
import { UsageError } from '../../src/main/cli/cli-command.ts';
import { doctorCommandOf } from '../../src/main/cli/doctor.ts';
import { goodProbes } from '../doctor/made-venue.ts';
import { capturedIo } from '../support/cli-io.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** No name of a server is asked for in the network. */
const { lookUp, certificate, serverTime, freeBytes } = goodProbes(new FakeClock(Date.now()));
const command = doctorCommandOf([simulator, replay, kite], { probes: { lookUp, certificate, serverTime, freeBytes } });

async function examine(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const folder = tempFolder();
  const io = capturedIo(folder, { TICKSCOPE_DATA_DIR: join(folder, 'data'), ...env });
  const status = await command.run(args, io);
  return { status, text: io.text(), said: io.said() };
}

describe('doctor', () => {
  it('finds nothing wrong with the simulated market, which a fresh installation has', async () => {
    const { status, text } = await examine([]);
    expect(status).toBe(0);
    expect(text).toMatch(/^Simulated market, examined \d{4}-\d\d-\d\d \d\d:\d\d IST\n/);
    expect(text).toMatch(/Nothing is wrong\.\n$/);
  });

  it('runs without credentials, and says what is missing', async () => {
    const { status, text } = await examine(['--venue', 'kite']);
    expect(status).toBe(1);
    expect(text).toMatch(
      /credentials +PROBLEM +Zerodha Kite cannot be used without API key\.\n +→ Enter it in Settings/,
    );
    expect(text).toContain('TICKSCOPE_KITE_API_KEY');
    expect(text).toMatch(/1 problem, \d warnings?\.\n$/);
  });

  it('prints one object with --json, null where there is nothing', async () => {
    const { status, text } = await examine(['--venue', 'kite', '--json']);
    expect(status).toBe(1);
    expect(text.split('\n')).toHaveLength(2);
    const examination = JSON.parse(text);
    expect(examination).toMatchObject({ venue: 'kite', label: 'Zerodha Kite', examinedAt: expect.any(Number) });
    expect(examination.findings.map(({ check }: { check: string }) => check)).toEqual([...CHECKS]);
    for (const finding of examination.findings)
      expect(Object.keys(finding)).toEqual(['check', 'level', 'text', 'advice', 'fix']);
    expect(text).toContain('"advice":null,"fix":null');
  });

  it('takes credentials and servers from the environment, and prints none', async () => {
    const env = {
      TICKSCOPE_KITE_API_KEY: 'my-api-key',
      TICKSCOPE_KITE_ACCESS_TOKEN: 'my-access-token',
      TICKSCOPE_KITE_API_URL: 'http://127.0.0.1:1',
      TICKSCOPE_KITE_WS_URL: 'ws://127.0.0.1:1',
    };
    const { status, text, said } = await examine(['--venue', 'kite', '--json'], env);
    expect(status).toBe(1);
    const { findings } = JSON.parse(text);
    expect(findings).toContainEqual(expect.objectContaining({ check: 'credentials', level: 'fine' }));
    expect(findings).toContainEqual(expect.objectContaining({ check: 'rest', level: 'problem' }));
    expect(text + said).not.toMatch(/my-api-key|my-access-token/);
  }, 30_000);

  it('says what is wrong with a replay of no files', async () => {
    const { status, text } = await examine(['--venue', 'replay']);
    expect(status).toBe(1);
    expect(text).toContain('There is no file to replay.');
  });

  it.each(BROKERS.map(({ manifest }) => manifest.id))('examines %s without network or credentials', async (id) => {
    const offline = { lookUp: () => Promise.reject(new Error('ENOTFOUND')), serverTime: async () => undefined };
    const folder = tempFolder();
    const io = capturedIo(folder, { TICKSCOPE_DATA_DIR: join(folder, 'data') });
    const status = await doctorCommandOf(BROKERS, { probes: offline }).run(['--venue', id, '--json'], io);
    const { venue, findings } = JSON.parse(io.text());
    expect([venue, findings.length]).toEqual([id, CHECKS.length]);
    const isReal = BROKERS.find(({ manifest }) => manifest.id === id)?.manifest.world === 'market';
    expect(status).toBe(id === 'simulator' ? 0 : 1);
    if (isReal) expect(findings).toContainEqual(expect.objectContaining({ check: 'dns', level: 'problem' }));
  });

  it.each([
    ['a venue nobody knows', ['--venue', 'nobody'], 'Known: simulator, replay, kite.'],
    ['an option nobody knows', ['--all'], 'Usage: doctor'],
    ['a stray word', ['kite'], 'Usage: doctor'],
  ])('calls %s wrong usage', async (_case, args, sentence) => {
    const failed = examine(args);
    await expect(failed).rejects.toBeInstanceOf(UsageError);
    await expect(failed).rejects.toThrow(sentence);
  });
});

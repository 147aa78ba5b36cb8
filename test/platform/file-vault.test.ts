import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Cipher, FileVaultOptions } from '../../src/main/platform/file-vault.ts';
import { somewhere, vaultAt } from '../support/noting-vault.ts';
import { asOrdinaryUser, hasFileModes, tempFolder } from '../support/temp-folder.ts';
import { appErrorOf } from '../support/thrown.ts';

/** Stands for the system's key store: what one seals another cannot open. */
const cipher = (key: string): Cipher => ({
  encrypt: (text) => Buffer.from(`${key}|${text}`).toString('base64'),
  decrypt(sealed) {
    const [owner, text] = Buffer.from(sealed, 'base64').toString().split('|');
    if (owner !== key || text === undefined) throw new Error('not mine');
    return text;
  },
});

describe('the vault', () => {
  it('is empty at first, and writes nothing until told to', () => {
    const path = somewhere();
    const { vault } = vaultAt(path);
    expect(vault.read('kite')).toEqual({});
    expect(vault.savedAt('kite')).toBeUndefined();
    expect(existsSync(path)).toBe(false);
  });

  it('gives back what was written, to the next one too', () => {
    const path = somewhere();
    vaultAt(path).vault.write('kite', { apiKey: 'key', apiSecret: 'geheim "é"' });
    const { vault } = vaultAt(path);
    expect(vault.read('kite')).toEqual({ apiKey: 'key', apiSecret: 'geheim "é"' });
    expect(vault.read('fyers')).toEqual({});
  });

  it('merges, and an empty text removes', () => {
    const path = somewhere();
    const { vault } = vaultAt(path);
    vault.write('kite', { apiKey: 'key', pin: '1234' });
    vault.write('kite', { pin: '', accessToken: 'day' });
    vault.write('fyers', { appId: 'app' });
    expect(vault.read('kite')).toEqual({ apiKey: 'key', accessToken: 'day' });
    expect(readFileSync(path, 'utf8')).not.toContain('1234');
    vault.write('kite', { apiKey: '', accessToken: '', never: '' });
    expect([vault.read('kite'), vault.savedAt('kite')]).toEqual([{}, undefined]);
    expect(vault.read('fyers')).toEqual({ appId: 'app' });
  });

  it('remembers when each broker was saved', () => {
    const { vault, clock } = vaultAt(somewhere());
    vault.write('kite', { apiKey: 'key' });
    clock.advance(1_000);
    vault.write('fyers', { appId: 'app' });
    expect([vault.savedAt('kite'), vault.savedAt('fyers')]).toEqual([5_000, 6_000]);
  });

  it('keeps what another door wrote meanwhile', () => {
    const path = somewhere();
    const [one, two] = [vaultAt(path).vault, vaultAt(path).vault];
    one.write('kite', { apiKey: 'key' });
    two.write('kite', { accessToken: 'day' });
    one.write('fyers', { appId: 'app' });
    expect(two.read('kite')).toEqual({ apiKey: 'key', accessToken: 'day' });
    expect(two.read('fyers')).toEqual({ appId: 'app' });
  });

  it('tells the log what to hide', () => {
    const path = somewhere();
    const first = vaultAt(path);
    first.vault.write('kite', { apiKey: 'key-1' });
    expect(first.hidden).toContain('key-1');
    const second = vaultAt(path, { env: { TICKSCOPE_KITE_ACCESS_TOKEN: 'token-2' } });
    second.vault.read('kite');
    expect(second.hidden).toEqual(['key-1', 'token-2']);
  });

  it('is not confused by names that objects have', () => {
    const { vault } = vaultAt(somewhere());
    vault.write('constructor', { toString: 'x' });
    expect(vault.read('constructor')).toEqual({ toString: 'x' });
    expect(vault.read('hasOwnProperty')).toEqual({});
  });
});

describe('what protects the vault', () => {
  const told: string[] = [];
  const tellPlain = (sentence: string): void => void told.push(sentence);

  it('is told once, at the first saving without a key store', () => {
    const path = somewhere();
    const { vault } = vaultAt(path, { tellPlain });
    vault.read('kite');
    vault.write('kite', { apiKey: '' });
    expect(told).toEqual([]);
    vault.write('kite', { apiKey: 'key' });
    vault.write('kite', { apiKey: 'other' });
    expect(told).toEqual([
      expect.stringMatching(/vault.json as plain text. .*\(0600\).* not programs that run as you/),
    ]);
  });

  it('is the key store where there is one, and nothing is said', () => {
    told.length = 0;
    vaultAt(somewhere(), { tellPlain, cipher: cipher('a') }).vault.write('kite', { apiKey: 'key' });
    expect(told).toEqual([]);
  });
});

describe('a vault with a key store', () => {
  it('has no secret in its file', () => {
    const path = somewhere();
    const { vault } = vaultAt(path, { cipher: cipher('a') });
    vault.write('kite', { apiKey: 'very-plain' });
    expect(readFileSync(path, 'utf8')).not.toContain('very-plain');
    expect(vault.read('kite')).toEqual({ apiKey: 'very-plain' });
  });

  it('takes over what was plain and seals it at the next writing', () => {
    const path = somewhere();
    vaultAt(path).vault.write('kite', { apiKey: 'very-plain' });
    const { vault } = vaultAt(path, { cipher: cipher('a') });
    expect(vault.read('kite')).toEqual({ apiKey: 'very-plain' });
    vault.write('kite', { accessToken: 'day' });
    expect(readFileSync(path, 'utf8')).not.toContain('very-plain');
    expect(vault.read('kite')).toEqual({ apiKey: 'very-plain', accessToken: 'day' });
  });

  it.each<[string, Partial<FileVaultOptions>]>([
    ['no key store', {}],
    ['another key store', { cipher: cipher('b') }],
  ])('read with %s gives what it can, says so once, and loses nothing', (_what, options) => {
    const path = somewhere();
    vaultAt(path, { cipher: cipher('a') }).vault.write('kite', { apiKey: 'sealed' });
    const { vault, warnings } = vaultAt(path, options);
    expect([vault.read('kite'), vault.read('kite')]).toEqual([{}, {}]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('apiKey of kite');
    vault.write('kite', { accessToken: 'day' });
    expect(vault.read('kite')).toEqual({ accessToken: 'day' });
    expect(vaultAt(path, { cipher: cipher('a') }).vault.read('kite')).toMatchObject({ apiKey: 'sealed' });
  });
});

describe("the vault's file", () => {
  it.runIf(hasFileModes)('is for its owner only, from the first byte', () => {
    const path = somewhere();
    vaultAt(path).vault.write('kite', { apiKey: 'key' });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(path, '..'))).toEqual(['vault.json']);
  });

  it.runIf(hasFileModes)('that others could read is closed, with a warning', () => {
    const path = somewhere();
    vaultAt(path).vault.write('kite', { apiKey: 'key' });
    chmodSync(path, 0o644);
    const { vault, warnings } = vaultAt(path);
    expect(vault.read('kite')).toEqual({ apiKey: 'key' });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('Others could read');
  });

  it.skipIf(process.getuid?.() !== 0)(
    'that others can read and is not ours to close is refused (needs root to set up)',
    () => {
      const path = somewhere();
      writeFileSync(path, '{"version":1,"brokers":{}}', { mode: 0o644 });
      const { message } = asOrdinaryUser(join(path, '..'), () => appErrorOf(() => vaultAt(path)));
      expect(message).toContain('chmod 600');
    },
  );

  it.each([
    ['no JSON', 'apiKey=geheim'],
    ['no vault', '{"apiKey":"geheim"}'],
    ['a vault of another kind', '{"version":2,"brokers":{}}'],
    ['a field that is no text', '{"version":1,"brokers":{"kite":{"savedAt":1,"fields":{"pin":1234}}}}'],
  ])('with %s is refused and left alone', (_what, content) => {
    const path = somewhere();
    writeFileSync(path, content, { mode: 0o600 });
    const error = appErrorOf(() => vaultAt(path));
    expect(error.code).toBe('storage');
    expect(error.message).toContain(`${path} is damaged`);
    expect(`${error.message} ${String(error.cause)}`).not.toContain('geheim');
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  it.runIf(hasFileModes)('stays as it was when it cannot be replaced', () => {
    const folder = tempFolder();
    const dir = join(folder, 'data');
    const path = join(dir, 'vault.json');
    asOrdinaryUser(folder, () => {
      mkdirSync(dir);
      const { vault } = vaultAt(path);
      vault.write('kite', { apiKey: 'key' });
      chmodSync(dir, 0o555);
      const error = appErrorOf(() => vault.write('kite', { apiKey: 'other' }));
      expect(error.message).toContain(`could not be saved in ${path}`);
      expect(vault.read('kite')).toEqual({ apiKey: 'key' });
    });
    expect(readdirSync(dir)).toEqual(['vault.json']);
  });
});

import { spawnSync } from 'node:child_process';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../src/main/make-folder.ts';
import { hasFileModes, tempFolder } from './support/temp-folder.ts';

describe('making a folder', () => {
  it('makes those above it too, and leaves what is there', () => {
    const folder = join(tempFolder(), 'a', 'b', 'c');
    makeFolder(folder);
    writeFileSync(join(folder, 'mine'), 'mine');
    makeFolder(folder);
    expect(existsSync(join(folder, 'mine'))).toBe(true);
  });

  it.runIf(hasFileModes)('gives each the mode', () => {
    const top = tempFolder();
    makeFolder(join(top, 'a', 'b'), 0o700);
    for (const made of [join(top, 'a'), join(top, 'a', 'b')]) expect(statSync(made).mode & 0o777).toBe(0o700);
  });

  it('throws where a file is in the way', () => {
    const file = join(tempFolder(), 'file');
    writeFileSync(file, '');
    expect(() => makeFolder(file)).toThrow('EEXIST');
    expect(() => makeFolder(join(file, 'below'))).toThrow(/ENOTDIR|EEXIST/);
  });

  // In a process of its own: what is tested for is a loop without end, which nothing in this one could stop.
  it.runIf(existsSync('/proc'))('gives up at once where the system makes none', () => {
    const module = pathToFileURL('src/main/make-folder.ts').href;
    const script = `import { makeFolder } from ${JSON.stringify(module)}; makeFolder('/proc/tickscope/data');`;
    const { signal, status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      timeout: 20_000,
      encoding: 'utf8',
    });
    expect(signal).toBeNull();
    expect(status).toBe(1);
    expect(stderr).toContain('ENOENT');
  });
});

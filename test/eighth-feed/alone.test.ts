import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BROKERS } from '../../src/main/brokers/registry.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const FOLDER = join(import.meta.dirname, 'pigeon');

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** What a folder of `src/main/brokers` may import, as `.dependency-cruiser.cjs` has it. */
const ALLOWED = [
  /^\.\/[a-z-]+\.ts$/,
  /^\.\.\/\.\.\/\.\.\/src\/(core|contract)\/[a-z-]+\.ts$/,
  /^\.\.\/\.\.\/\.\.\/src\/main\/engine\/(ports|pause)\.ts$/,
  /^\.\.\/\.\.\/\.\.\/src\/main\/brokers\/(?!registry)[a-z-]+\.ts$/,
  /^\.\.\/\.\.\/\.\.\/src\/main\/brokers\/transport\/[a-z-]+\.ts$/,
];

describe('an eighth venue', () => {
  it('imports nothing but what every broker may', () => {
    const imports = filesOf(FOLDER).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)].map(([, from = '']) => from),
    );
    expect(imports.length).toBeGreaterThan(30);
    expect(imports.filter((from) => !ALLOWED.some((pattern) => pattern.test(from)))).toEqual([]);
  });

  it('is named nowhere in the program, nor is any venue outside its folder', () => {
    const ids = [
      'pigeon',
      ...BROKERS.filter(({ manifest }) => manifest.world === 'market').map((each) => each.manifest.id),
    ];
    expect(ids.length).toBeGreaterThan(5);
    /** An id as a value: quoted, or as a key of a table. */
    const named = new RegExp(`['"](${ids.join('|')})['"]|\\b(${ids.join('|')}):\\s*[{'"\`(]`);
    const src = join(PROJECT, 'src');
    const brokers = join(src, 'main', 'brokers');
    const outside = filesOf(src).filter((file) => /\.(ts|tsx|css|html)$/.test(file) && !file.startsWith(`${brokers}/`));
    expect(outside.length).toBeGreaterThan(300);
    const guilty = outside.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line) => (named.test(line) ? [`${file}: ${line.trim()}`] : [])),
    );
    expect(guilty).toEqual([]);
  });
});

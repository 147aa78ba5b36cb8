import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const PROJECT = join(import.meta.dirname, '..', '..');
const GUIDE = readFileSync(join(PROJECT, 'docs', 'adding-a-broker.md'), 'utf8');
const NAMES = [...new Set([...GUIDE.matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name))];

/** Where the guide's file names lie. */
const FOLDERS = ['.', 'src/main', 'src/main/brokers', 'src/main/brokers/transport', 'test/eighth-feed/pigeon'];

const PROGRAM = ['src', 'test/support', 'test/eighth-feed'].map(textOf).join('\n');

function textOf(folder: string): string {
  return readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

describe('the guide for new venues', () => {
  const files = NAMES.filter((name) => /^[\w./-]+(\.(ts|md)|\/)$/.test(name));
  it.each(files)('names a file that is there: %s', (name) => {
    const isThere = FOLDERS.some((folder) => existsSync(join(PROJECT, folder, name)));
    expect(isThere || existsSync(join(PROJECT, 'src', 'main', name))).toBe(true);
  });

  const words = NAMES.filter((name) => /^[A-Za-z]+(\.[a-z]\w+)?$/.test(name)).flatMap((name) => name.split('.'));
  it.each([...new Set(words)])('names something that is there: %s', (word) => {
    expect(PROGRAM).toMatch(new RegExp(`\\b${word}\\b`));
  });

  it('names enough for these tests to mean something', () => {
    expect([files.length > 35, words.length > 40]).toEqual([true, true]);
  });
});

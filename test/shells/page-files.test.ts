import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, readPageFile } from '../../src/main/shells/page-files.ts';
import { tempFolderForAll } from '../support/temp-folder.ts';

const outside = tempFolderForAll();
const root = join(outside, 'renderer');
mkdirSync(join(root, 'assets'), { recursive: true });
writeFileSync(join(outside, 'secret.json'), '{"key":1}');
writeFileSync(join(outside, 'renderer-twin.js'), 'no');
writeFileSync(join(root, 'index.html'), '<title>page</title>');
writeFileSync(join(root, 'notes.txt'), 'not a kind of file the page has');
writeFileSync(join(root, 'assets', 'main-1a2b.js'), 'run()');
writeFileSync(join(root, 'assets', 'a b.css'), 'p{}');

describe('the files of the page', () => {
  it.each([
    ['/', '<title>page</title>', 'text/html; charset=utf-8', false],
    ['/index.html', '<title>page</title>', 'text/html; charset=utf-8', false],
    ['/assets/main-1a2b.js', 'run()', 'text/javascript; charset=utf-8', true],
    ['/assets/a%20b.css', 'p{}', 'text/css; charset=utf-8', true],
  ])('are read from the build: %s', async (pathname, body, type, immutable) => {
    const file = await readPageFile(root, pathname);
    expect({ ...file, body: file?.body.toString() }).toEqual({ body, type, immutable });
  });

  it.each([
    '/../secret.json',
    '/..%2fsecret.json',
    '/%2e%2e/secret.json',
    '/assets/../../secret.json',
    '/..%5csecret.json',
    '/..',
    '/../renderer-twin.js',
    `/${join(outside, 'secret.json')}`,
    '//secret.json',
    '/index.html%00.js',
    '/%',
    '/assets',
    '/assets/',
    '/notes.txt',
    '/absent.js',
    '',
  ])('end at the folder: %s is not there', async (pathname) => {
    expect(await readPageFile(root, pathname)).toBeUndefined();
  });

  it('may run no script but their own', () => {
    const policy = contentSecurityPolicy();
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe-eval');
  });
});

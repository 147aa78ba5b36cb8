import { describe, expect, it } from 'vitest';
import { cookieName, isOwnPage, launchCookie, mayReadPage } from '../../../src/main/shells/web/local-guard.ts';

const address = { port: 4210, launchKey: 's3cret' };
const own = {
  host: '127.0.0.1:4210',
  origin: 'http://127.0.0.1:4210',
  cookie: 'theme=dark; tickscope-4210=s3cret; tickscope-4211=other',
};

describe('the guard of the local door', () => {
  it.each([
    ['its own page', own],
    ['its own page by the other name', { ...own, host: 'localhost:4210', origin: 'http://localhost:4210' }],
    ['a cookie header without blanks', { ...own, cookie: 'a=b;tickscope-4210=s3cret' }],
  ])('lets in %s', (_case, headers) => {
    expect(isOwnPage(headers, address)).toBe(true);
    expect(mayReadPage(headers, address)).toBe(true);
  });

  it.each([
    ['a foreign name that resolves here', { ...own, host: 'evil.example:4210', origin: 'http://evil.example:4210' }],
    ['no name', { origin: own.origin, cookie: own.cookie }],
    ['another port', { ...own, host: '127.0.0.1:80' }],
    ['a foreign page', { ...own, origin: 'https://evil.example' }],
    ['a page of another local server', { ...own, origin: 'http://127.0.0.1:8080' }],
    ['the one local name posing as the other', { ...own, origin: 'http://localhost:4210' }],
    ['a sandboxed frame', { ...own, origin: 'null' }],
    ['a guessed key', { ...own, cookie: 'tickscope-4210=guess' }],
    ['an empty key', { ...own, cookie: 'tickscope-4210=' }],
    ['the key of another engine', { ...own, cookie: 'tickscope-4211=s3cret' }],
    ['no cookie at all', { host: own.host, origin: own.origin }],
  ])('keeps out %s', (_case, headers) => {
    expect(isOwnPage(headers, address)).toBe(false);
    expect(mayReadPage(headers, address)).toBe(false);
  });

  it('shows the page to a navigation, which has no origin, but opens no socket to it', () => {
    const { origin: _origin, ...navigation } = own;
    expect(mayReadPage(navigation, address)).toBe(true);
    expect(isOwnPage(navigation, address)).toBe(false);
  });

  it('names the cookie by port and keeps it from scripts and other sites', () => {
    expect(cookieName(4210)).not.toBe(cookieName(4211));
    expect(launchCookie(address)).toBe('tickscope-4210=s3cret; Path=/; HttpOnly; SameSite=Strict');
  });
});

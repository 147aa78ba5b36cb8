import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCookieJar } from '../../../src/main/brokers/kite/cookie-jar.ts';

describe('a cookie jar', () => {
  it('is empty at first, and stays so without a header', () => {
    const jar = createCookieJar();
    jar.keep(undefined);
    jar.keep('');
    expect(jar.header).toBeUndefined();
  });

  it('tells joined headers apart, dates and all', () => {
    const jar = createCookieJar();
    jar.keep('a=1; expires=Sun, 22 Nov 2026 00:30:00 GMT; path=/, b=x==; HttpOnly,c=; Secure');
    expect(jar.header).toBe('a=1; b=x==; c=');
  });

  it('takes the newest value of a name', () => {
    const jar = createCookieJar();
    jar.keep('a=1; path=/');
    jar.keep('a=2');
    jar.keep('=nameless');
    jar.keep('rubbish; path=/');
    expect(jar.header).toBe('a=2');
  });

  it('takes whatever a server sends, and not without end', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 100 }), (headers) => {
        const jar = createCookieJar();
        for (const header of headers) jar.keep(header);
        expect((jar.header ?? '').split('; ').length).toBeLessThanOrEqual(50);
      }),
    );
    const jar = createCookieJar();
    for (let index = 0; index < 1_000; index += 1) jar.keep(`name${index}=value`);
    expect(jar.header?.split('; ')).toHaveLength(50);
  });
});

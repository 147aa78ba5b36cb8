/** Cookies of one server, for the length of one login. */
export interface CookieJar {
  /** Keeps what a `Set-Cookie` header says; several headers may come joined by commas. */
  keep(header: string | undefined): void;
  /** For the header `Cookie`; undefined while there are none. */
  readonly header: string | undefined;
}

/** A comma that begins another cookie, not one inside a date. */
const BETWEEN_COOKIES = /,(?=\s*[^;,\s=]+=)/;
const MOST_COOKIES = 50;

/** Knows neither paths nor lifetimes: whoever holds it asks one server for a few seconds. */
export function createCookieJar(): CookieJar {
  const cookies = new Map<string, string>();
  return {
    keep(header = '') {
      for (const text of header.split(BETWEEN_COOKIES)) {
        const [pair = ''] = text.split(';');
        const at = pair.indexOf('=');
        const name = pair.slice(0, Math.max(0, at)).trim();
        if (name === '') continue;
        if (cookies.has(name) || cookies.size < MOST_COOKIES) cookies.set(name, pair.slice(at + 1).trim());
      }
    },
    get header() {
      if (cookies.size === 0) return undefined;
      return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    },
  };
}

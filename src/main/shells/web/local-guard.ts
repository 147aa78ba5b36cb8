import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface LocalAddress {
  readonly port: number;
  /** Random per launch, handed to the browser once in the start link, kept as an HttpOnly cookie. */
  readonly launchKey: string;
}

/** Whether the request was meant for us by name. A foreign name that resolves to this machine (DNS rebinding) was not. */
export function isOwnHost({ host }: IncomingHttpHeaders, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

/** Whether a request for the page or its files may be answered. Navigations carry no Origin, so none is asked for. */
export function mayReadPage(headers: IncomingHttpHeaders, { port, launchKey }: LocalAddress): boolean {
  if (!isOwnHost(headers, port)) return false;
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) return false;
  return sameSecret(readCookie(headers.cookie, cookieName(port)), launchKey);
}

/**
 * Whether a request comes from our own page. Any web page may try to talk to 127.0.0.1, so being local
 * proves nothing: `Host` stops DNS rebinding, `Origin` stops foreign pages, which CORS does not do for
 * WebSockets, and the cookie stops other users of this machine.
 */
export function isOwnPage(headers: IncomingHttpHeaders, address: LocalAddress): boolean {
  return headers.origin === `http://${headers.host}` && mayReadPage(headers, address);
}

/** Cookies ignore ports, so two engines side by side need two names. */
export function cookieName(port: number): string {
  return `tickscope-${port}`;
}

/** The header that keeps the key in the browser: out of reach of scripts, and never sent along from other sites. */
export function launchCookie({ port, launchKey }: LocalAddress): string {
  return `${cookieName(port)}=${launchKey}; Path=/; HttpOnly; SameSite=Strict`;
}

/** Compares without telling by its duration how much of a guess was right. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function readCookie(cookies: string | undefined, name: string): string {
  const pair = cookies
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`));
  return pair?.slice(name.length + 1) ?? '';
}

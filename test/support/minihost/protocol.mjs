import { recorded } from './app.mjs';

/** Handlers of `protocol.handle`, by scheme. */
export const handlers = new Map();

export const protocol = {
  registerSchemesAsPrivileged: (schemes) => recorded.schemes.push(...schemes),
  handle: (scheme, handler) => handlers.set(scheme, handler),
};

/**
 * Chromium opens no address of a scheme it does not know, so inside the browser `app://name/` is an https address
 * that nobody can own, answered by interception.
 */
export function toBrowser(url) {
  return url.replace(/^app:\/\/([\w-]+)/, 'https://$1.app.invalid');
}

export function fromBrowser(url) {
  return url.replace(/^https:\/\/([\w-]+)\.app\.invalid/, 'app://$1');
}

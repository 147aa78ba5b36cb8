/** Names of this computer in an address. */
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Why the browser that a venue sends to `redirect` would never reach the web door at `origin`, as a sentence that says
 * what to do; undefined where it does, or where no door is needed.
 */
export function redirectTrouble(
  label: string,
  redirect: string,
  origin: string | undefined,
  broker: string,
): string | undefined {
  const target = URL.parse(redirect);
  if (target === null || !['http:', 'https:'].includes(target.protocol))
    return `The redirect URL of ${label} is no web address. Enter it in Settings as it is registered at the venue.`;
  const door = origin === undefined ? null : URL.parse(origin);
  if (door === null) return undefined;
  const isOurs =
    target.protocol === door.protocol &&
    LOOPBACK.has(target.hostname) &&
    target.port === door.port &&
    target.pathname === `/login/${broker}`;
  if (isOurs) return undefined;
  return `${label} sends the browser to ${target.origin}${target.pathname} after a login, but Tickscope listens at ${door.origin}/login/${broker}. Start Tickscope at the registered port (--port), or register the second address at the venue and enter it as redirect URL in Settings.`;
}

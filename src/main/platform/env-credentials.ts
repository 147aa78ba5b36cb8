/**
 * The credentials of one broker given in the environment, for machines without a screen:
 * `TICKSCOPE_KITE_API_KEY` is the field `apiKey` of `kite`. The three names that say where a venue's servers are
 * (`_API_URL`, `_WS_URL`, `_LOGIN_URL`) are no credentials; an empty variable counts as absent.
 */
export function envCredentials(
  broker: string,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const prefix = `TICKSCOPE_${broker.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_`;
  const found = Object.entries(env).flatMap(([name, value]) => {
    const field = name.startsWith(prefix) ? name.slice(prefix.length) : '';
    return field !== '' && value && !ENDPOINTS.has(field) ? [[camelCase(field), value]] : [];
  });
  return Object.fromEntries(found);
}

const ENDPOINTS: ReadonlySet<string> = new Set(['API_URL', 'WS_URL', 'LOGIN_URL']);

/** `ACCESS_TOKEN` → `accessToken` */
function camelCase(name: string): string {
  return name.toLowerCase().replaceAll(/_+([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

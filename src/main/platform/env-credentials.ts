/**
 * The credentials of one broker given in the environment, for machines without a screen:
 * `TICKSCOPE_KITE_API_KEY` is the field `apiKey` of `kite`. Names that end in `_URL` say where a venue's
 * servers are and are no credentials; an empty variable counts as absent.
 */
export function envCredentials(
  broker: string,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const prefix = `TICKSCOPE_${broker.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_`;
  const found = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith(prefix) && !name.endsWith('_URL') && value ? [[camelCase(name.slice(prefix.length)), value]] : [],
  );
  return Object.fromEntries(found);
}

/** `ACCESS_TOKEN` → `accessToken` */
function camelCase(name: string): string {
  return name.toLowerCase().replaceAll(/_+([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

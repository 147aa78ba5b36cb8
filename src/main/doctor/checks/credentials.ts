import { fine, problem, someOf } from '../findings.ts';
import type { Examine } from '../patient.ts';

/** Whether everything is there that the venue cannot do without. */
export const examineCredentials: Examine = ({ manifest, credentials }) => {
  const { id, label, credentialFields } = manifest;
  const isGiven = (name: string): boolean => (credentials[name] ?? '') !== '';
  const labelOf = (name: string): string => credentialFields.find((field) => field.name === name)?.label ?? name;
  if (credentialFields.length === 0) return fine('credentials', `${label} needs no credentials.`);
  const missing = credentialFields.filter(({ name, required }) => required === true && !isGiven(name));
  if (missing.length > 0)
    return problem(
      'credentials',
      `${label} cannot be used without ${someOf(missing.map((field) => field.label))}.`,
      `Enter ${missing.length === 1 ? 'it' : 'them'} in Settings under Feed, or in the environment as ${someOf(missing.map(({ name }) => variableOf(id, name)))}.`,
      'open-settings',
    );
  const absent = (manifest.login?.unattended ?? []).filter((name) => !isGiven(name));
  if (absent.length > 0)
    return fine(
      'credentials',
      `All that ${label} requires is there.`,
      `With ${someOf(absent.map(labelOf))} as well, Tickscope could log in by itself.`,
    );
  const given = credentialFields.filter(({ name }) => isGiven(name)).length;
  return fine(
    'credentials',
    `All that ${label} requires is there (${given} of ${credentialFields.length} fields are filled in).`,
  );
};

/** `TICKSCOPE_KITE_API_KEY` for `apiKey` of `kite`. */
function variableOf(id: string, name: string): string {
  const words = `${id}_${name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')}`;
  return `TICKSCOPE_${words.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
}

import { HOUR_MS } from '../../../core/brand.ts';
import { blockedBy, fine, problem, unknownAfter, unknownWithout, warning } from '../findings.ts';
import { duration, istMoment } from '../ist-words.ts';
import type { Examine } from '../patient.ts';

/** A login that ends sooner than this is told: there may be time to renew it before it is missed. */
const SOON_MS = HOUR_MS;

/** Whether the login holds, and for how long. A refusal that `rest` met stands. */
export const examineToken: Examine = (patient) => {
  const { manifest, broker, session, credentials, parts, findings } = patient;
  const refused = findings.get('token');
  if (refused !== undefined) return refused;
  if (manifest.login === undefined && broker.login === undefined && session?.loginUntil === undefined)
    return fine('token', `${manifest.label} needs no login that ends.`);
  const blocked = blockedBy(patient, ['credentials']);
  if (blocked !== undefined) return unknownAfter('token', blocked);
  const now = parts.clock.now();
  const until = session?.loginUntil?.() ?? broker.login?.until?.(credentials, parts.vault.savedAt(manifest.id));
  if (until !== undefined && until <= now)
    return problem(
      'token',
      `The login at ${manifest.label} ended ${duration(now - until)} ago.`,
      'Log in again.',
      'log-in',
    );
  if (session === undefined) {
    const other = blockedBy(patient, ['dns', 'tls', 'rest']);
    if (other !== undefined) return unknownAfter('token', other);
  }
  if (until === undefined)
    return session === undefined
      ? unknownWithout(patient, 'token', 'rest')
      : fine('token', `${manifest.label} accepts the login; when it ends is not known.`);
  const left = `for another ${duration(until - now)}, until ${istMoment(until)}`;
  if (until - now < SOON_MS)
    return warning('token', `The login holds ${left}.`, 'Log in now to go on without a break.', 'log-in');
  return fine('token', `The login holds ${left}.`);
};

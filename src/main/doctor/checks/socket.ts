import type { Finding } from '../../../contract/doctor.ts';
import { SECOND_MS } from '../../../core/brand.ts';
import type { FeedStatus } from '../../../core/feed-status.ts';
import { blockedBy, fine, problem, unknownAfter, unknownWithout } from '../findings.ts';
import { istMoment } from '../ist-words.ts';
import { observe } from '../observe.ts';
import { type ConnectionView, type Examine, isMadeHere, type Patient } from '../patient.ts';

/** Whether the live connection comes about. Leaves what was seen in `patient.view`. */
export const examineSocket: Examine = async (patient) => {
  const { manifest } = patient;
  if (isMadeHere(patient)) return fine('socket', `${manifest.label} needs no connection.`);
  const blocked = blockedBy(patient, ['credentials', 'dns', 'tls', 'token', 'rest']);
  if (blocked !== undefined) return unknownAfter('socket', blocked);
  const view = await observe(patient);
  if (view === undefined) return unknownWithout(patient, 'socket', 'rest');
  patient.view = view;
  const { status } = view;
  if (status.state === 'stopped') return stopped(status, patient);
  if (isConnected(view)) return fine('socket', connectedText(view, patient));
  if (status.state === 'waiting')
    return problem(
      'socket',
      `The live connection to ${manifest.label} does not come about: ${status.reason}`,
      advice(patient),
      pollingFix(patient),
    );
  const time = view.watchedMs === undefined ? 'yet' : `within ${Math.round(view.watchedMs / SECOND_MS)} seconds`;
  return problem(
    'socket',
    `${manifest.label} has not let the live connection in ${time}.`,
    advice(patient),
    pollingFix(patient),
  );
};

/** Whether a socket stands: it is known to, or it said something. In market hours a mute one is not `live`. */
export function isConnected({ status: { state }, connections, messages, watchedMs }: ConnectionView): boolean {
  if (state === 'live' || state === 'stale' || state === 'finished') return true;
  if (connections.some(({ connectedAt }) => connectedAt !== undefined)) return true;
  // What was heard of an older connection is no sign of this one.
  return (state === 'connecting' || state === 'idle') && watchedMs !== undefined && messages > 0;
}

function connectedText({ connections, watchedMs }: ConnectionView, { manifest }: Patient): string {
  const [since] = connections.flatMap(({ connectedAt }) => connectedAt ?? []);
  if (watchedMs !== undefined || since === undefined) return `The live connection to ${manifest.label} comes about.`;
  return `The live connection to ${manifest.label} stands since ${istMoment(since)}.`;
}

function stopped(status: FeedStatus & { readonly state: 'stopped' }, patient: Patient): Finding {
  const { label } = patient.manifest;
  if (status.reason === 'by-user')
    return problem('socket', `The live connection to ${label} was stopped.`, 'Reconnect to go on.', 'reconnect');
  if (status.reason === 'auth-expired' && patient.findings.get('rest')?.level !== 'fine')
    return problem(
      'socket',
      status.message ?? `The live connection to ${label} refuses the login.`,
      'Whether requests are let in is not known. Check the login in Settings under Feed.',
      patient.manifest.login === undefined ? 'open-settings' : 'log-in',
    );
  if (status.reason === 'auth-expired')
    return problem(
      'socket',
      `${label} accepts the login for requests but refuses the live connection.`,
      'Check that the account’s plan includes live data, and that no other login of the same account ended this one. Until then poll.',
      pollingFix(patient),
    );
  return problem(
    'socket',
    status.message ?? `The live connection to ${label} gave up.`,
    'Reconnect; if it stops again, the log has the details.',
    'reconnect',
  );
}

function advice({ manifest }: Patient): string {
  const meanwhile = manifest.can.quotes ? ' Meanwhile poll.' : '';
  return `Reconnect. If other programs use this account, end them; if a firewall or proxy is in between, allow WebSockets to the venue.${meanwhile}`;
}

function pollingFix({ manifest }: Patient): 'switch-to-polling' | 'reconnect' {
  return manifest.can.quotes ? 'switch-to-polling' : 'reconnect';
}

import { count, fine, problem, unknown, unknownWithout, warning } from '../findings.ts';
import { type ConnectionView, type Examine, isMadeHere } from '../patient.ts';
import { isConnected } from './socket.ts';

/** Whether the venue took what was subscribed. */
export const examineSubscription: Examine = (patient) => {
  const { manifest, view, session, findings } = patient;
  if (isMadeHere(patient)) return fine('subscription', `${manifest.label} plays every instrument.`);
  if (view === undefined || !isConnected(view) || findings.get('socket')?.level !== 'fine')
    return unknownWithout(patient, 'subscription', 'socket');
  const refused = refusals(view);
  if (refused !== undefined)
    return warning(
      'subscription',
      `${manifest.label} is connected, but some of what it said was refused: ${refused}.`,
      'Reconnect; if it happens again, a name in the list may be wrong, or the venue changed its messages: then it is worth a report.',
      'reconnect',
    );
  const wanted = session?.instruments.length ?? patient.instruments.length;
  const subscribed = view.connections.reduce((sum, { subscriptions }) => sum + subscriptions, 0);
  if (view.connections.length > 0 && subscribed === 0 && view.priced.size === 0 && wanted > 0)
    return problem(
      'subscription',
      `${manifest.label} is connected, but nothing is subscribed.`,
      'Reconnect.',
      'reconnect',
    );
  if (subscribed > 0)
    return fine(
      'subscription',
      `${count(subscribed, 'subscription')} ${subscribed === 1 ? 'is' : 'are'} held on ${count(view.connections.length, 'connection')}.`,
    );
  if (view.priced.size > 0) return fine('subscription', `${manifest.label} answers what was subscribed.`);
  if (view.status.state === 'live')
    return fine('subscription', `${manifest.label} took the subscription without complaint.`);
  return unknown('subscription', `${manifest.label} does not say what is subscribed.`);
};

function refusals({ rejects }: ConnectionView): string | undefined {
  if (rejects.size === 0) return undefined;
  return [...rejects].map(([reason, times]) => (times === 1 ? reason : `${reason} (${times} times)`)).join(', ');
}

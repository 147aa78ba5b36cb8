import { type EpochMs, SECOND_MS } from '../../../core/brand.ts';
import { fine, problem, unknownWithout } from '../findings.ts';
import { duration } from '../ist-words.ts';
import { type ConnectionView, type Examine, isMadeHere, type Patient, trading } from '../patient.ts';
import { isConnected } from './socket.ts';

/** As long as the supervisor waits before it calls a feed stale. */
const QUIET_MS = 15 * SECOND_MS;

/** A socket that is alive and mute: connected, perhaps with heartbeats, and no price in market hours. */
export const examineSilence: Examine = (patient) => {
  const { manifest, view, parts, findings } = patient;
  if (isMadeHere(patient)) return fine('silence', `${manifest.label} is never mute while it plays.`);
  if (view === undefined || !isConnected(view) || findings.get('socket')?.level !== 'fine')
    return unknownWithout(patient, 'silence', 'socket');
  const now = parts.clock.now();
  if (trading(patient, now).length === 0) return fine('silence', 'The market is closed: silence is as it should be.');
  if (!isMute(view, now)) return fine('silence', `Prices come in${latencyText(view)}.`);
  return mute(view, now, patient);
};

function isMute({ lastDataAt, watchedMs, status }: ConnectionView, now: EpochMs): boolean {
  if (lastDataAt === undefined || status.state === 'stale') return true;
  return watchedMs === undefined && now - lastDataAt >= QUIET_MS;
}

function mute(view: ConnectionView, now: EpochMs, { manifest }: Patient) {
  const { messages, lastDataAt, watchedMs } = view;
  const quietMs = lastDataAt === undefined ? watchedMs : now - lastDataAt;
  const time = quietMs === undefined ? 'has come' : `has come for ${duration(quietMs)}`;
  const alive = messages > 0 ? 'is connected and says that it lives' : 'is connected and says nothing at all';
  return problem(
    'silence',
    `${manifest.label} ${alive}, but no price ${time} in market hours.`,
    manifest.can.quotes
      ? 'Reconnect. If it stays mute, poll: that asks other servers of the venue.'
      : 'Reconnect. If it stays mute, look at the venue’s page of outages.',
    'reconnect',
  );
}

function latencyText({ connections }: ConnectionView): string {
  const latencies = connections.flatMap(({ latencyMs }) => latencyMs ?? []);
  return latencies.length === 0 ? '' : `; the venue is ${Math.round(Math.max(...latencies))} ms away`;
}

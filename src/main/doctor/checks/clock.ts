import { SECOND_MS } from '../../../core/brand.ts';
import { blockedBy, fine, problem, unknown, unknownAfter, warning } from '../findings.ts';
import { duration } from '../ist-words.ts';
import { type Examine, isMadeHere, type Patient } from '../patient.ts';
import { hostOf } from '../servers.ts';
import { within } from '../within.ts';

const PATIENCE_MS = 4 * SECOND_MS;
/** A server tells whole seconds only. */
const HALF_SECOND_MS = 500;
/** Bars are built by the exchange's time: up to here nothing suffers. */
const NOTICEABLE_MS = 5 * SECOND_MS;
/** A one-time code holds for 30 seconds (RFC 6238, 5.2). */
const CODE_MS = 30 * SECOND_MS;

/** Our clock against a server's: the venue's own, or else that of any other venue. */
export const examineClock: Examine = async (patient) => {
  const { manifest, servers } = patient;
  if (isMadeHere(patient)) return fine('clock', `${manifest.label} goes by this computer’s clock, right or wrong.`);
  const own = servers.api ?? httpOf(servers.ws);
  const skew = (own && (await skewOf(own, patient))) ?? (await skewOfOthers(own, patient));
  patient.stop.throwIfAborted();
  if (skew === undefined) {
    const blocked = blockedBy(patient, ['dns']);
    return blocked === undefined ? unknown('clock', 'No server told the time.') : unknownAfter('clock', blocked);
  }
  const { ms, host } = skew;
  const seconds = Math.round(Math.abs(ms) / SECOND_MS);
  if (Math.abs(ms) < NOTICEABLE_MS)
    return fine('clock', `The clock of this computer agrees with ${host} to ${Math.max(1, seconds)} s.`);
  const amount = Math.abs(ms) < 120 * SECOND_MS ? `${seconds} seconds` : duration(Math.abs(ms));
  const text = `The clock of this computer is ${amount} ${ms > 0 ? 'ahead of' : 'behind'} ${host}.`;
  const advice =
    'Set it by the network: switch on “set time automatically” in the system’s settings for date and time.';
  if (Math.abs(ms) < CODE_MS) return warning('clock', text, advice);
  const codes = manifest.login?.unattended === undefined ? '' : ' One-time codes (TOTP) are refused beyond 30 seconds.';
  return problem('clock', `${text}${codes}`, advice);
};

interface Skew {
  /** Above 0 we are ahead. */
  readonly ms: number;
  readonly host: string;
}

async function skewOf(url: URL, { parts, probes, caFile, stop }: Patient): Promise<Skew | undefined> {
  const { clock } = parts;
  const before = clock.now();
  try {
    const time = await within(clock, PATIENCE_MS, stop, (signal) => probes.serverTime(url, caFile?.text, signal));
    if (time === undefined) return undefined;
    return { ms: (before + clock.now()) / 2 - (time + HALF_SECOND_MS), host: hostOf(url) };
  } catch {
    return undefined;
  }
}

/** Asked all at once: one that answers is enough. */
async function skewOfOthers(own: URL | undefined, patient: Patient): Promise<Skew | undefined> {
  const others = patient.parts.brokers.flatMap(({ manifest }) => {
    const url = URL.parse(manifest.servers?.api ?? '');
    return url === null || url.host === own?.host ? [] : [url];
  });
  const skews = await Promise.all(others.map((url) => skewOf(url, patient)));
  return skews.find((skew) => skew !== undefined);
}

function httpOf(ws: URL | undefined): URL | undefined {
  return ws && new URL(ws.href.replace(/^ws/, 'http'));
}

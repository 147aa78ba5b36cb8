import { SECOND_MS } from '../../../core/brand.ts';
import { count, fine, problem, someOf, unknown } from '../findings.ts';
import { type Examine, isMadeHere } from '../patient.ts';
import { eachServer, hostOf, isAddress } from '../servers.ts';
import { within } from '../within.ts';

const PATIENCE_MS = 3 * SECOND_MS;

/** Whether the venue's servers have an address. */
export const examineNames: Examine = async (patient) => {
  const { manifest, servers, probes, parts, stop } = patient;
  if (isMadeHere(patient)) return fine('dns', `${manifest.label} runs on this computer and has no servers.`);
  if (servers.bad.length > 0) {
    const names = someOf(servers.bad);
    return problem('dns', `No server can be told from ${names}.`, `Correct ${names}, or leave it out.`);
  }
  const hosts = [...new Set(eachServer(servers).flatMap((url) => (isAddress(url) ? [] : [hostOf(url)])))];
  if (eachServer(servers).length === 0)
    return unknown('dns', `Where the servers of ${manifest.label} are is not known.`);
  if (hosts.length === 0) return fine('dns', 'The servers are named by their addresses: there is nothing to look up.');
  const lost = (
    await Promise.all(
      hosts.map((host) =>
        within(parts.clock, PATIENCE_MS, stop, () => probes.lookUp(host)).then(
          () => [],
          () => [host],
        ),
      ),
    )
  ).flat();
  stop.throwIfAborted();
  if (lost.length === 0) return fine('dns', `The names of the servers are known: ${someOf(hosts)}.`);
  return problem(
    'dns',
    `${count(lost.length, 'server')} of ${manifest.label} cannot be found: ${someOf(lost)}.`,
    lost.length === hosts.length
      ? 'Check that this computer is online: open any web page. If that works, its name server (DNS) does not know this venue; try another.'
      : 'Its name server (DNS) does not know all of this venue; try another, or wait some minutes.',
    'reconnect',
  );
};

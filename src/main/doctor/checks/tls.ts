import type { Finding } from '../../../contract/doctor.ts';
import { DAY_MS, type EpochMs, SECOND_MS } from '../../../core/brand.ts';
import type { ServerCertificate } from '../certificate.ts';
import { blockedBy, fine, problem, unknown, unknownAfter, warning } from '../findings.ts';
import { istDay } from '../ist-words.ts';
import { type Examine, isMadeHere, type Patient } from '../patient.ts';
import { eachServer, hostOf, isLoopback, isSecure, portOf } from '../servers.ts';
import { TookTooLong, within } from '../within.ts';

const PATIENCE_MS = 5 * SECOND_MS;
/** A certificate that ends sooner than this is told. */
const SOON_MS = 7 * DAY_MS;

/** Whether the servers are who they say they are, and for how long. */
export const examineEncryption: Examine = async (patient) => {
  const { manifest, servers, caFile } = patient;
  if (isMadeHere(patient)) return fine('tls', `${manifest.label} sends nothing over the network.`);
  const blocked = blockedBy(patient, ['dns']);
  if (blocked !== undefined) return unknownAfter('tls', blocked);
  if (caFile !== undefined && caFile.text === undefined)
    return problem(
      'tls',
      `The file of certificates ${caFile.path} cannot be read.`,
      'Choose another file in Settings.',
      'open-settings',
    );
  const urls = eachServer(servers);
  if (urls.length === 0) return unknown('tls', `Where the servers of ${manifest.label} are is not known.`);
  const found = await Promise.all(urls.map((url) => examineServer(url, patient)));
  const worst = ['problem', 'unknown', 'warning'].flatMap(
    (level) => found.find((finding) => finding.level === level) ?? [],
  );
  const [first] = [...worst, ...found];
  const allFine = found.length > 1 && worst.length === 0;
  return allFine
    ? fine('tls', found.map(({ text }) => text).join(' '))
    : (first ?? unknown('tls', 'Nothing was looked at.'));
};

async function examineServer(url: URL, { parts, probes, caFile, manifest, stop }: Patient): Promise<Finding> {
  const host = hostOf(url);
  if (!isSecure(url)) {
    if (isLoopback(url))
      return fine('tls', `What goes to ${host} stays on this computer: nothing needs to be encrypted.`);
    return warning(
      'tls',
      `What goes to ${host} is not encrypted: anybody on the way can read the login.`,
      'Use an address that begins with https:// or wss://.',
    );
  }
  try {
    const server = { host, port: portOf(url), ca: caFile?.text };
    const certificate = await within(parts.clock, PATIENCE_MS, stop, (signal) => probes.certificate(server, signal));
    return judge(host, certificate, parts.clock.now(), manifest.servers?.caOption !== undefined);
  } catch (thrown) {
    stop.throwIfAborted();
    const why =
      thrown instanceof TookTooLong
        ? `did not answer within ${PATIENCE_MS / SECOND_MS} seconds`
        : 'did not agree on encryption';
    return problem(
      'tls',
      `The server ${host} ${why}.`,
      'Its servers may be down, or a firewall or proxy stands in between: look at the venue’s page of outages, and try from another network.',
      'reconnect',
    );
  }
}

const UNKNOWN_AUTHORITY = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

function judge(
  host: string,
  { fault, issuer, validUntil }: ServerCertificate,
  now: EpochMs,
  takesCa: boolean,
): Finding {
  const until = validUntil === undefined ? 'an unknown day' : istDay(validUntil as EpochMs);
  const signer = issuer === '' ? 'an authority' : issuer;
  if (fault === 'CERT_HAS_EXPIRED' || fault === 'CERT_NOT_YET_VALID')
    return problem(
      'tls',
      `The certificate of ${host} is not valid today: it ends on ${until}.`,
      'Check the date of this computer. If that is right, the venue has to renew it: wait, and use another feed.',
      'switch-to-simulator',
    );
  if (fault !== undefined && UNKNOWN_AUTHORITY.has(fault))
    return problem(
      'tls',
      `The certificate of ${host} is signed by ${signer}, which this computer does not trust.`,
      takesCa
        ? 'Download the authority’s certificate from its own page and name the file in Settings, under this feed. If a proxy or a virus scanner signs in between, exempt this host there.'
        : 'A proxy or a virus scanner may sign in between: exempt this host there, or start Tickscope with NODE_EXTRA_CA_CERTS naming the file of its certificate.',
      takesCa ? 'open-settings' : undefined,
    );
  if (fault !== undefined)
    return problem(
      'tls',
      `The certificate of ${host} is not its own (${fault}).`,
      'Do not log in from this network: somebody stands in between. Try another network.',
    );
  if (validUntil !== undefined && validUntil - now < SOON_MS)
    return warning(
      'tls',
      `The certificate of ${host} ends on ${until}.`,
      'The venue should renew it before; nothing to do unless the connection fails then.',
    );
  return fine('tls', `The certificate of ${host} is good until ${until}.`);
}

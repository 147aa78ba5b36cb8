import { CHECKS, type Check, type Finding } from '../../contract/doctor.ts';
import { SECOND_MS } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { BrokerModule } from '../brokers/broker-module.ts';
import type { Doctor } from '../engine/ports.ts';
import { examineClock } from './checks/clock.ts';
import { examineCredentials } from './checks/credentials.ts';
import { examineDisk } from './checks/disk.ts';
import { examineNames } from './checks/dns.ts';
import { examineFirstPrices } from './checks/first-tick.ts';
import { examineInstruments } from './checks/instruments.ts';
import { examineMarket } from './checks/market.ts';
import { examineRequests } from './checks/rest.ts';
import { examineSilence } from './checks/silence.ts';
import { examineSocket } from './checks/socket.ts';
import { examineSubscription } from './checks/subscription.ts';
import { examineEncryption } from './checks/tls.ts';
import { examineToken } from './checks/token.ts';
import { unknown } from './findings.ts';
import type { DoctorParts } from './parts.ts';
import type { Examine, Patient } from './patient.ts';
import { machineProbes, type Probes } from './probes.ts';
import { serversOf } from './servers.ts';
import { within } from './within.ts';

/** The whole examination; a person is waiting. */
const PATIENCE_MS = 29 * SECOND_MS;

const EXAMINE: Readonly<Record<Check, Examine>> = {
  clock: examineClock,
  disk: examineDisk,
  credentials: examineCredentials,
  dns: examineNames,
  tls: examineEncryption,
  token: examineToken,
  rest: examineRequests,
  instruments: examineInstruments,
  market: examineMarket,
  socket: examineSocket,
  subscription: examineSubscription,
  'first-tick': examineFirstPrices,
  silence: examineSilence,
};

/** What is looked at together, and what comes after what: a finding may need those of the rows above. */
const ROUNDS: readonly (readonly Check[])[] = [
  ['disk', 'credentials', 'market', 'dns'],
  ['tls', 'clock'],
  ['rest'],
  ['token', 'instruments'],
  ['socket'],
  ['subscription', 'first-tick', 'silence'],
];

/**
 * Looks into everything that can be wrong with a venue, in at most 30 seconds, and closes what it opened.
 *
 * `examine` throws AppError `invalid-input` for a broker nobody knows, and rejects with `stop`'s reason when that
 * aborts. No finding holds a credential.
 */
export function createDoctor(parts: DoctorParts): Doctor {
  return {
    async examine(id, stop) {
      const broker = parts.brokers.find(({ manifest }) => manifest.id === id);
      if (broker === undefined) {
        const known = parts.brokers.map(({ manifest }) => manifest.id).join(', ');
        throw new AppError('invalid-input', `There is no feed named ${id}. Choose one of: ${known}.`);
      }
      const examinedAt = parts.clock.now();
      const late = new AbortController();
      const cancel = parts.clock.after(PATIENCE_MS, () => late.abort());
      try {
        const patient = await admit(broker, parts, AbortSignal.any([stop, late.signal]));
        for (const round of ROUNDS) await Promise.all(round.map((check) => look(check, patient, stop)));
        const findings = CHECKS.flatMap((check) => patient.findings.get(check) ?? []);
        return {
          venue: id,
          label: broker.manifest.label,
          examinedAt,
          findings: findings.map((finding) => withoutSecrets(finding, patient)),
        };
      } finally {
        cancel();
      }
    },
  };
}

async function admit(broker: BrokerModule, parts: DoctorParts, stop: AbortSignal): Promise<Patient> {
  const { manifest } = broker;
  const options = parts.optionsOf(manifest);
  const probes: Probes = { ...machineProbes, ...parts.probes };
  return {
    parts,
    broker,
    manifest,
    credentials: parts.vault.read(manifest.id),
    instruments: parts.instrumentsOf(manifest),
    options,
    servers: serversOf(manifest, parts.endpointsOf(manifest.id), options),
    caFile: await readCaFile(options[manifest.servers?.caOption ?? ''], probes),
    probes,
    stop,
    session: undefined,
    view: undefined,
    findings: new Map(),
  };
}

async function readCaFile(path: unknown, probes: Probes): Promise<Patient['caFile']> {
  if (typeof path !== 'string' || path === '') return undefined;
  return { path, text: await probes.readText(path).catch(() => undefined) };
}

/** One check, whatever becomes of it. `personStop` is the one that ends the whole. */
async function look(check: Check, patient: Patient, personStop: AbortSignal): Promise<void> {
  personStop.throwIfAborted();
  const { findings, parts, stop } = patient;
  if (stop.aborted) {
    findings.set(check, outOfTime(check));
    return;
  }
  parts.onProgress?.(check);
  try {
    findings.set(check, await within(parts.clock, PATIENCE_MS, stop, async () => EXAMINE[check](patient)));
  } catch (thrown) {
    personStop.throwIfAborted();
    if (!stop.aborted) parts.logger.error(AppError.from(thrown));
    findings.set(
      check,
      stop.aborted ? outOfTime(check) : unknown(check, 'Looking at this failed; the log has the details.'),
    );
  }
}

function outOfTime(check: Check): Finding {
  return unknown(check, 'Not looked at: the examination took too long before.');
}

/** Shorter values occur by chance, and are no secrets. */
const SHORTEST = 6;

/** The venues' sentences are clean; this is for one that is not. */
function withoutSecrets(finding: Finding, { credentials, manifest }: Patient): Finding {
  const secrets = manifest.credentialFields.flatMap(({ name, secret }) => (secret ? (credentials[name] ?? '') : []));
  const clean = (text: string): string =>
    secrets.reduce((left, value) => (value.length < SHORTEST ? left : left.replaceAll(value, '•••')), text);
  return { ...finding, text: clean(finding.text), advice: finding.advice && clean(finding.advice) };
}

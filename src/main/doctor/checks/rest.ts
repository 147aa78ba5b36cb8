import type { Finding } from '../../../contract/doctor.ts';
import { SECOND_MS } from '../../../core/brand.ts';
import { AppError, type ErrorCode } from '../../../core/errors.ts';
import { blockedBy, count, fine, problem, unknown, unknownAfter, warning } from '../findings.ts';
import { type Examine, isMadeHere, type Patient } from '../patient.ts';
import { TookTooLong, within } from '../within.ts';

const OPEN_MS = 8 * SECOND_MS;
const QUOTES_MS = 4 * SECOND_MS;
/** Enough to see that prices are answered, and little of anybody's limits. */
const FEW = 5;

/** Opens the venue as the app does, and asks for some prices. What it opened is left in `patient.session`. */
export const examineRequests: Examine = async (patient) => {
  const blocked = blockedBy(patient, ['credentials', 'dns', 'tls']);
  if (blocked !== undefined) return unknownAfter('rest', blocked);
  const { broker, manifest, parts, stop } = patient;
  try {
    const session = await within(parts.clock, OPEN_MS, stop, () => broker.open(contextFor(patient)));
    patient.session = session;
    if (isMadeHere(patient)) return fine('rest', `${manifest.label} opens.`);
    if (session.quotes === undefined || session.instruments.length === 0)
      return fine('rest', `${manifest.label} answers requests.`);
    const asked = session.instruments.slice(0, FEW).map(({ key }) => key);
    const { quotes } = session;
    const prices = await within(parts.clock, QUOTES_MS, stop, (signal) => quotes.quotes(asked, signal)).catch(
      noneInTime,
    );
    if (prices === undefined)
      return warning('rest', `${manifest.label} opens, but told no prices within ${QUOTES_MS / SECOND_MS} s.`, TURN);
    const of = `prices for ${prices.length} of ${count(asked.length, 'instrument')} asked.`;
    if (prices.length === 0) return warning('rest', `${manifest.label} answers requests, but ${of}`, NO_PRICES);
    return fine('rest', `${manifest.label} answers requests: ${of}`);
  } catch (thrown) {
    stop.throwIfAborted();
    return explain(thrown, patient);
  }
};

/** Within the venue's limits a turn may be a minute away: that is no fault of its servers. */
function noneInTime(thrown: unknown): undefined {
  if (!(thrown instanceof TookTooLong)) throw thrown;
}

function contextFor({ parts, manifest, credentials, instruments, options }: Patient) {
  const { clock, vault, logger, cacheDir, renames, calendarOf } = parts;
  return {
    clock,
    credentials,
    saveCredentials: (fields: Readonly<Record<string, string>>) => vault.write(manifest.id, fields),
    instruments,
    renames,
    settings: parts.settings().feed,
    calendarOf,
    endpoints: parts.endpointsOf(manifest.id),
    options,
    cacheDir,
    resumeAt: undefined,
    logger,
  };
}

const TURN =
  'Its servers are slow, or the requests that your plan allows for now are used up: wait a minute and look again.';
const NO_PRICES =
  'Polling has nothing to go by. Check that the plan or the account includes these instruments, and how they are named.';
const MEANWHILE = 'Tickscope tries again by itself; the simulated market plays meanwhile.';

/** What to do about an error, by its code. Its message is a sentence that says what happened. */
const ADVICE: Readonly<Record<ErrorCode, string>> = {
  'auth-expired': 'Log in again.',
  forbidden:
    'The login works, but this account may not ask for data: check the plan or subscription on the venue’s own page, and that this computer’s address is allowed there.',
  'invalid-input': 'Correct it in Settings under Feed.',
  'not-supported': 'Choose another feed or mode in Settings.',
  'not-found': 'Check the list of instruments in Settings under Feed.',
  'rate-limited': 'Wait a minute. If it lasts, another program uses the same account: end it, or ask less often.',
  network: `Look at the venue’s page of outages. ${MEANWHILE}`,
  storage: 'See the finding on the disk.',
  internal: 'The log has the details: they are worth a report.',
};

function explain(thrown: unknown, { manifest, findings }: Patient): Finding {
  if (thrown instanceof TookTooLong)
    return problem('rest', `${manifest.label} did not answer in time.`, ADVICE.network, 'reconnect');
  const error = AppError.from(thrown);
  const { code, message } = error;
  if (code === 'auth-expired') {
    const fix = manifest.login === undefined ? 'open-settings' : 'log-in';
    findings.set('token', problem('token', message, loginAdvice(manifest.login), fix));
    return unknown('rest', `${manifest.label} answers, but refuses the login: the finding on the login comes first.`);
  }
  if (code === 'rate-limited') return warning('rest', message, ADVICE[code]);
  if (code === 'invalid-input' || code === 'not-found') return problem('rest', message, ADVICE[code], 'open-settings');
  return problem('rest', message, ADVICE[code], code === 'network' ? 'reconnect' : undefined);
}

function loginAdvice(login: Patient['manifest']['login']): string {
  if (login === undefined) return 'Enter it anew in Settings under Feed; there is no login to renew.';
  if (login.unattended !== undefined)
    return 'Log in: Tickscope does it by itself when all fields for it are filled in.';
  return 'Log in again: the login of most venues ends each morning.';
}

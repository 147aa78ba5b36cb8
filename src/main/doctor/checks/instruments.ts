import { DAY_MS, type EpochMs } from '../../../core/brand.ts';
import { sessionAtOrBefore } from '../../../core/calendar.ts';
import { symbolOf } from '../../../core/instrument.ts';
import { count, fine, problem, someOf, unknownWithout, warning } from '../findings.ts';
import { duration } from '../ist-words.ts';
import { type Examine, isMadeHere, type Patient } from '../patient.ts';
import type { FoundFile } from '../probes.ts';

/** Whether the venue's list of instruments is there, fresh, and has what is watched. */
export const examineInstruments: Examine = async (patient) => {
  const { manifest, session, instruments } = patient;
  if (isMadeHere(patient)) {
    const known = session?.instruments.length ?? instruments.length;
    return fine('instruments', `${manifest.label} has ${count(known, 'instrument')}.`);
  }
  const newest = await newestList(patient);
  const age =
    newest &&
    `The list of instruments of ${manifest.label} was fetched ${duration(patient.parts.clock.now() - newest.writtenAt)} ago`;
  if (session === undefined) {
    if (age !== undefined && isStale(newest, patient))
      return warning(
        'instruments',
        `${age}.`,
        'It is fetched anew once the venue can be opened: settle the other findings first.',
        'refresh-instruments',
      );
    if (newest === undefined && patient.findings.get('rest')?.level === 'problem')
      return problem(
        'instruments',
        `No list of instruments of ${manifest.label} has been fetched yet.`,
        'It is fetched once the venue can be opened: settle the other findings first.',
        'refresh-instruments',
      );
    return unknownWithout(patient, 'instruments', 'rest');
  }
  if (age !== undefined && isStale(newest, patient))
    return warning(
      'instruments',
      `${age} and could not be renewed: new or renamed shares may be missing.`,
      'Fetch it again. If that fails, look at the finding on the request servers.',
      'refresh-instruments',
    );
  const known = new Set(session.instruments.map(({ key }) => key));
  const missing = instruments.filter(({ key }) => !known.has(key)).map(({ key }) => symbolOf(key));
  if (missing.length > 0)
    return warning(
      'instruments',
      `${manifest.label} does not have ${missing.length} of ${count(instruments.length, 'instrument')}: ${someOf(missing)}.`,
      'Correct or remove them in Settings under Feed, or fetch the venue’s list again.',
      'refresh-instruments',
    );
  return fine(
    'instruments',
    `${manifest.label} has all of ${count(instruments.length, 'instrument')}.${age === undefined ? '' : ` ${age}.`}`,
  );
};

/** What the venue's folder keeps: files in the cache begin with its name. */
async function newestList({ probes, parts, manifest }: Patient): Promise<FoundFile | undefined> {
  const files = await probes.files(parts.cacheDir);
  const lists = files.filter(({ name }) => name.startsWith(`${manifest.id}-`) && !name.endsWith('.part'));
  return lists.sort((a, b) => b.writtenAt - a.writtenAt)[0];
}

/** More than a day old, and of a day before the newest session: lists are made anew for each. */
function isStale(list: FoundFile | undefined, { instruments, parts }: Patient): boolean {
  const now = parts.clock.now();
  const [first] = instruments;
  if (list === undefined || first === undefined || now - list.writtenAt < DAY_MS) return false;
  const calendar = parts.calendarOf(first.segment);
  const session = sessionAtOrBefore(calendar, now);
  return session !== undefined && calendar.dateOf(list.writtenAt as EpochMs) < session.date;
}

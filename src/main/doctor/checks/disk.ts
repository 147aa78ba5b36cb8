import { dirname } from 'node:path';
import type { Finding } from '../../../contract/doctor.ts';
import { fine, problem, unknown, warning } from '../findings.ts';
import type { Examine, Patient } from '../patient.ts';

const MB = 1_000_000;
/** A busy day of ticks and order books fits. */
const LITTLE_BYTES = 1_000 * MB;
/** Below this a database may not even be able to tidy itself. */
const HARDLY_ANY_BYTES = 100 * MB;
/** The budget is kept once a day; a day's growth is no fault. */
const OVER_BUDGET = 1.1;

/** Room for the data folder, and how far the databases are within their budget. */
export const examineDisk: Examine = async (patient) => {
  const { parts, probes } = patient;
  const { dataDir } = parts;
  let free: number;
  try {
    free = await freeAt(dataDir, patient);
  } catch {
    return unknown('disk', `How much room there is for ${dataDir} cannot be told.`);
  }
  const files = await probes.files(dataDir);
  if (files.length > 0 && !(await probes.isWritable(dataDir)))
    return problem(
      'disk',
      `Tickscope may not write to its data folder ${dataDir}.`,
      'Allow it, or name another folder with TICKSCOPE_DATA_DIR.',
    );
  const used = files.reduce((sum, { name, bytes }) => sum + (/\.sqlite(-wal)?$/.test(name) ? bytes : 0), 0);
  return judge(dataDir, free, used, parts.settings().storage.budgetMb * MB);
};

function judge(dataDir: string, free: number, used: number, budget: number): Finding {
  const room = `${sizeText(free)} free for the data folder ${dataDir}`;
  const advice =
    'Free some room, set a smaller budget in Settings under Storage, or name a folder on another disk with TICKSCOPE_DATA_DIR.';
  if (free < HARDLY_ANY_BYTES) return problem('disk', `There is only ${room}: nothing more can be kept.`, advice);
  if (free < LITTLE_BYTES) return warning('disk', `There is only ${room}.`, advice);
  if (used > budget * OVER_BUDGET)
    return warning(
      'disk',
      `The databases hold ${sizeText(used)}, more than their budget of ${sizeText(budget)}.`,
      'It is kept once a day, and what history cannot bring again is kept longer; set another budget in Settings under Storage if that lasts.',
      'open-settings',
    );
  if (free < budget - used)
    return warning(
      'disk',
      `The databases may grow to ${sizeText(budget)} and hold ${sizeText(used)}, but there is only ${room}.`,
      advice,
      'open-settings',
    );
  return fine('disk', `There is ${room}; the databases hold ${sizeText(used)} of their ${sizeText(budget)}.`);
}

/** A folder that is not there yet will be on the disk of the one above it. */
async function freeAt(folder: string, patient: Patient): Promise<number> {
  try {
    return await patient.probes.freeBytes(folder);
  } catch (thrown) {
    const above = dirname(folder);
    if (above === folder) throw thrown;
    return freeAt(above, patient);
  }
}

function sizeText(bytes: number): string {
  const mb = bytes / MB;
  return mb >= 1_000 ? `${(mb / 1_000).toFixed(1)} GB` : `${mb < 10 ? mb.toFixed(1) : Math.round(mb)} MB`;
}

import { CHECKS, type Check, type Finding, type Fix } from '../../contract/doctor.ts';
import type { Patient } from './patient.ts';

/** What each check is about, within a sentence. */
const SUBJECTS: Readonly<Record<Check, string>> = {
  clock: 'the clock',
  disk: 'the disk',
  credentials: 'the credentials',
  dns: 'the names of the servers',
  tls: 'the encryption',
  token: 'the login',
  rest: 'the request servers',
  instruments: 'the instruments',
  market: 'the market',
  socket: 'the live connection',
  subscription: 'the subscription',
  'first-tick': 'the first prices',
  silence: 'the flow of prices',
};

export function fine(check: Check, text: string, advice?: string): Finding {
  return { check, level: 'fine', text, advice, fix: undefined };
}

export function warning(check: Check, text: string, advice: string, fix?: Fix): Finding {
  return { check, level: 'warning', text, advice, fix };
}

export function problem(check: Check, text: string, advice: string, fix?: Fix): Finding {
  return { check, level: 'problem', text, advice, fix };
}

/** It could not be looked at; `text` says why. */
export function unknown(check: Check, text: string): Finding {
  return { check, level: 'unknown', text, advice: undefined, fix: undefined };
}

/** It could not be looked at because of what was found about another. */
export function unknownAfter(check: Check, other: Check): Finding {
  return unknown(check, `Not looked at: the finding on ${SUBJECTS[other]} comes first.`);
}

/** The first of `others` with a problem, in the order of CHECKS. */
export function blockedBy({ findings }: Patient, others: readonly Check[]): Check | undefined {
  return CHECKS.find((check) => others.includes(check) && findings.get(check)?.level === 'problem');
}

/** It could not be looked at without `needed`: whatever stood in the way of that comes first. */
export function unknownWithout(patient: Patient, check: Check, needed: 'rest' | 'socket'): Finding {
  const before = CHECKS.slice(0, CHECKS.indexOf(needed) + 1).filter((each) => STANDS_IN_THE_WAY.has(each));
  return unknownAfter(check, blockedBy(patient, before) ?? needed);
}

const STANDS_IN_THE_WAY: ReadonlySet<Check> = new Set(['credentials', 'dns', 'tls', 'token', 'rest', 'socket']);

/** `1 instrument`, `2 instruments`. */
export function count(number: number, thing: string): string {
  return `${number} ${number === 1 ? thing : `${thing}s`}`;
}

/** `A, B and 3 more` */
export function someOf(names: readonly string[], most = 8): string {
  const shown = names.slice(0, most);
  const left = names.length - shown.length;
  if (left > 0) return `${shown.join(', ')} and ${left} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

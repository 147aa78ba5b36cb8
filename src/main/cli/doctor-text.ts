import type { Check, Examination, Finding } from '../../contract/doctor.ts';
import { istMinute } from './ist-time.ts';
import { textTable } from './text-table.ts';

const LEVELS: Readonly<Record<Finding['level'], string>> = {
  fine: 'fine',
  warning: 'warning',
  problem: 'PROBLEM',
  unknown: '-',
};

/** Names of the checks, for a table. */
const NAMES: Readonly<Record<Check, string>> = {
  clock: 'clock',
  disk: 'disk',
  credentials: 'credentials',
  dns: 'server names',
  tls: 'encryption',
  token: 'login',
  rest: 'requests',
  instruments: 'instruments',
  market: 'market',
  socket: 'connection',
  subscription: 'subscription',
  'first-tick': 'first prices',
  silence: 'flow of prices',
};

/** An examination as a person reads it: a line a finding, and what to do below those that ask for something. */
export function examinationText({ label, examinedAt, findings }: Examination): readonly string[] {
  const table = textTable(
    ['', 'level', 'what was found'],
    findings.map(({ check, level, text }) => [NAMES[check], LEVELS[level], text]),
  );
  const [header = '', ...rows] = table;
  const indent = ' '.repeat(header.indexOf('what was found'));
  const problems = findings.filter(({ level }) => level === 'problem').length;
  const warnings = findings.filter(({ level }) => level === 'warning').length;
  return [
    `${label}, examined ${istMinute(examinedAt)}`,
    ...rows.flatMap((row, place) => {
      const advice = findings[place]?.advice;
      return advice === undefined ? [row] : [row, `${indent}→ ${advice}`];
    }),
    problems === 0 && warnings === 0
      ? 'Nothing is wrong.'
      : `${many(problems, 'problem')}, ${many(warnings, 'warning')}.`,
  ];
}

/** One object; what is not there is null. */
export function examinationJson(examination: Examination): string {
  const findings = examination.findings.map(({ check, level, text, advice, fix }) => ({
    check,
    level,
    text,
    advice: advice ?? null,
    fix: fix ?? null,
  }));
  return JSON.stringify({ ...examination, findings });
}

/** `Looking at the requests …` */
export function progressText(check: Check): string {
  return `Looking at the ${NAMES[check]} …`;
}

function many(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

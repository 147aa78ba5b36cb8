import type { Examination, Finding, Fix } from '../../../../contract/doctor.ts';
import { formatDateTime } from '../../format/time.ts';

export const LEVEL_WORDS: Readonly<Record<Finding['level'], string>> = {
  problem: 'Problem',
  warning: 'Warning',
  unknown: 'Not known',
  fine: 'Fine',
};

export const FIX_WORDS: Readonly<Record<Fix, string>> = {
  'log-in': 'Log in',
  'open-settings': 'Open settings',
  reconnect: 'Reconnect',
  'switch-to-polling': 'Switch to polling',
  'refresh-instruments': 'Refresh instruments',
  'switch-to-simulator': 'Use the simulated market',
};

const ORDER: Readonly<Record<Finding['level'], number>> = { problem: 0, warning: 1, unknown: 2, fine: 3 };

/** What wants something done first; within a level in the order in which it was looked at. */
export function byWeight(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => ORDER[a.level] - ORDER[b.level]);
}

/** `1 problem, 2 warnings`; `All 13 checks are fine.` */
export function verdict(findings: readonly Finding[]): string {
  const count = (level: Finding['level']): number => findings.filter((one) => one.level === level).length;
  const parts = [
    counted(count('problem'), 'problem', 'problems'),
    counted(count('warning'), 'warning', 'warnings'),
    counted(count('unknown'), 'check could not be made', 'checks could not be made'),
  ].filter((part) => part !== undefined);
  if (parts.length > 0) return `${parts.join(', ')}.`;
  return findings.length === 0 ? 'Nothing was looked at.' : `All ${findings.length} checks are fine.`;
}

function counted(count: number, one: string, many: string): string | undefined {
  return count === 0 ? undefined : `${count} ${count === 1 ? one : many}`;
}

/** The whole examination as lines to paste into a message. */
export function examinationText({ label, examinedAt, findings }: Examination): string {
  const lines = byWeight(findings).map(({ level, check, text, advice }) =>
    [`${LEVEL_WORDS[level]} (${check}): ${text}`, advice].filter(Boolean).join(' '),
  );
  return [`${label}, examined ${formatDateTime(examinedAt)} IST`, ...lines].join('\n');
}

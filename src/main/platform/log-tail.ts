import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { LogLine } from '../../contract/events.ts';
import type { EpochMs } from '../../core/brand.ts';

/** Lines are short: so much holds some thousand of them. */
const TAIL_BYTES = 256 * 1024;

const LINE = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) \[(info|warn|error)\] (.*)$/s;

/**
 * The newest `count` lines of the log in `file`, oldest first; none while there is no log. Secrets were taken out
 * when they were written. Rows that no line of ours begins, such as those of a stack, belong to the line before.
 */
export function logTail(file: string, count: number): readonly LogLine[] {
  const lines: LogLine[] = [];
  for (const row of endOf(file).split(/\r?\n/)) {
    const [, time, level, text] = LINE.exec(row) ?? [];
    const last = lines.at(-1);
    if (time !== undefined && isLevel(level) && text !== undefined)
      lines.push({ time: Date.parse(time) as EpochMs, level, text });
    else if (last !== undefined && row.trim() !== '')
      lines[lines.length - 1] = { ...last, text: `${last.text}\n${row}` };
  }
  return lines.slice(-count);
}

function isLevel(text: string | undefined): text is LogLine['level'] {
  return text === 'info' || text === 'warn' || text === 'error';
}

function endOf(file: string): string {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(handle);
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(handle, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('utf8');
  } finally {
    closeSync(handle);
  }
}

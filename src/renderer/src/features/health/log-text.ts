import type { LogLine } from '../../../../contract/events.ts';
import { formatDateTime } from '../../format/time.ts';

/** Lines of the log to paste into a message, in Indian time. */
export function logText(lines: readonly LogLine[]): string {
  return lines.map(({ time, level, text }) => `${formatDateTime(time)} ${level} ${text}`).join('\n');
}

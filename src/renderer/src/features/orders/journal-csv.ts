import type { JournalEntry } from '../../../../contract/orders.ts';
import type { EpochMs } from '../../../../core/brand.ts';

const COLUMNS = 'rule,instrument,side,quantity,entry time,entry price,exit time,exit price,exit reason,profit';
// The Swedes write times as ISO 8601 has them, which spreadsheets read.
const stamp = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Kolkata', dateStyle: 'short', timeStyle: 'medium' });

/** The journal for a spreadsheet: times of India, numbers plain, empty where a trade goes on. RFC 4180, with LF. */
export function journalCsv(entries: readonly JournalEntry[]): string {
  const lines = entries.map((entry) =>
    [
      ...[entry.rule, entry.instrument, entry.side, entry.quantity, timeOf(entry.entryAt), entry.entryPrice],
      ...[timeOf(entry.exitAt), entry.exitPrice ?? '', entry.exitReason ?? '', entry.profit ?? ''],
    ]
      .map(quoted)
      .join(','),
  );
  return `${[COLUMNS, ...lines].join('\n')}\n`;
}

function timeOf(time: EpochMs | null): string {
  return time === null ? '' : stamp.format(time);
}

function quoted(value: string | number): string {
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

import type { Schedule } from '../../../../contract/settings.ts';
import { USUAL_SCHEDULE } from '../../../../contract/usual-schedule.ts';

/** A time of day as a person writes it: `9:15`, `0915` and `9.15` are `09:15`; undefined where it is none. */
export function parseClock(text: string): string | undefined {
  const [, hours, minutes] = /^(\d{1,2})[:.]?(\d{2})$/.exec(text.trim()) ?? [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return `${hours.padStart(2, '0')}:${minutes}`;
}

/** Rows from early to late. */
export function inOrder(rows: Schedule): Schedule {
  return rows.toSorted((a, b) => a.from.localeCompare(b.from));
}

/** The rows with a new time in one of them, in order; or why that cannot be. */
export function withTime(
  rows: Schedule,
  at: number,
  text: string,
): { readonly rows: Schedule } | { readonly problem: string } {
  const from = parseClock(text);
  if (from === undefined) return { problem: `“${text.trim().slice(0, 12)}” is no time of day. Write it like 09:15.` };
  if (rows.some((row, index) => index !== at && row.from === from))
    return { problem: `A row for ${from} is there already.` };
  return { rows: inOrder(rows.map((row, index) => (index === at ? { ...row, from } : row))) };
}

const MINUTES_A_DAY = 1_440;

/** The rows and one more: an hour after the last, where there is room, in the other mode. */
export function withRow(rows: Schedule): Schedule {
  const last = rows.at(-1);
  const start = last === undefined ? 555 : minutesOf(last.from) + 60;
  const taken = new Set(rows.map(({ from }) => minutesOf(from)));
  let minute = start % MINUTES_A_DAY;
  while (taken.has(minute)) minute = (minute + 1) % MINUTES_A_DAY;
  const mode = last?.mode === 'streaming' ? 'polling' : 'streaming';
  return inOrder([...rows, { from: clockOf(minute), mode }]);
}

export function isUsual(rows: Schedule): boolean {
  return (
    rows.length === USUAL_SCHEDULE.length &&
    rows.every(({ from, mode }, at) => from === USUAL_SCHEDULE[at]?.from && mode === USUAL_SCHEDULE[at].mode)
  );
}

/** `09:15 streaming, 10:00 polling, 14:00 streaming`. */
export function scheduleWords(rows: Schedule): string {
  return rows.map(({ from, mode }) => `${from} ${mode}`).join(', ');
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

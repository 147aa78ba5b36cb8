import { MINUTE_MS } from '../../../core/brand.ts';
import type { Session } from '../../../core/calendar.ts';

/** Minutes of an ordinary session: shorter ones move and trade less. */
const FULL_SESSION_MINUTES = 375;

/** How a session's turmoil and trade spread over its minutes: much after the open, little at noon, more before the close. */
export interface DayShape {
  /** Share of the session's variance up to the end of each minute; the last is 1. */
  readonly variance: Float64Array;
  /** Trade of each minute, 1 on average. */
  readonly trade: Float64Array;
  /** How much of an ordinary session it is, at most 1. */
  readonly share: number;
}

const shapes = new Map<number, DayShape>();

/** The shape of a session of that many minutes. */
export function dayShape(minutes: number): DayShape {
  const known = shapes.get(minutes);
  if (known !== undefined) return known;
  const variance = new Float64Array(minutes);
  const trade = new Float64Array(minutes);
  let turmoil = 0;
  let traded = 0;
  for (let minute = 0; minute < minutes; minute += 1) {
    const begun = (minute + 0.5) / minutes;
    const left = 1 - begun;
    turmoil += 1 + 3 * Math.exp(-begun / 0.04) + 0.8 * Math.exp(-begun / 0.15) + 0.8 * Math.exp(-left / 0.06);
    variance[minute] = turmoil;
    const volume = 1 + 2.5 * Math.exp(-begun / 0.05) + Math.exp(-begun / 0.2) + 1.8 * Math.exp(-left / 0.08);
    trade[minute] = volume;
    traded += volume;
  }
  for (let minute = 0; minute < minutes; minute += 1) {
    variance[minute] = (variance[minute] ?? 0) / turmoil;
    trade[minute] = ((trade[minute] ?? 0) * minutes) / traded;
  }
  const shape = { variance, trade, share: Math.min(1, minutes / FULL_SESSION_MINUTES) };
  shapes.set(minutes, shape);
  return shape;
}

/** How many minutes of trading the session has. */
export function minuteCount({ parts }: Session): number {
  return parts.reduce((sum, { open, close }) => sum + Math.ceil((close - open) / MINUTE_MS), 0);
}

/** Opening instants of the session's trading minutes; the pause of a two-part day is left out. */
export function minutesOf({ parts }: Session): Float64Array {
  const minutes: number[] = [];
  for (const { open, close } of parts) {
    for (let time: number = open; time < close; time += MINUTE_MS) minutes.push(time);
  }
  return Float64Array.from(minutes);
}

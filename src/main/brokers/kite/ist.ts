import { type EpochMs, HOUR_MS, MINUTE_MS } from '../../../core/brand.ts';
import { addDays, dateAt, IST_OFFSET_MS, midnight } from '../../../core/calendar-date.ts';

/** Kite writes wall-clock times of India without saying so: `2021-06-08 15:45:56`. */
const WALL_CLOCK = /^(\d{4}-\d\d-\d\d)[ T](\d\d):(\d\d):(\d\d)$/;
/** Candles say their zone, without the colon a strict reader wants: `2017-12-15T09:15:00+0530`. */
const WITH_ZONE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)([+-]\d\d):?(\d\d)$/;

/** `YYYY-MM-DD HH:mm:ss` in India as an instant; undefined for anything else. */
export function fromIst(text: string): EpochMs | undefined {
  const parts = WALL_CLOCK.exec(text);
  return parts === null ? undefined : instant(`${parts[1]}T${parts[2]}:${parts[3]}:${parts[4]}+05:30`);
}

/** `YYYY-MM-DDTHH:mm:ss+0530` as an instant; undefined for anything else. */
export function fromCandleTime(text: string): EpochMs | undefined {
  const parts = WITH_ZONE.exec(text);
  return parts === null ? undefined : instant(`${parts[1]}${parts[2]}:${parts[3]}`);
}

/** An instant as `YYYY-MM-DD HH:mm:ss` in India; what is below a second is cut off. */
export function toIst(time: EpochMs): string {
  return new Date(time + IST_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** The first moment after `time` when the clock in India shows `hours`:`minutes`. */
export function nextIst(time: EpochMs, hours: number, minutes: number): EpochMs {
  const date = dateAt(time, IST_OFFSET_MS);
  const intoDay = hours * HOUR_MS + minutes * MINUTE_MS;
  const today = (midnight(date, IST_OFFSET_MS) + intoDay) as EpochMs;
  return today > time ? today : ((midnight(addDays(date, 1), IST_OFFSET_MS) + intoDay) as EpochMs);
}

function instant(iso: string): EpochMs | undefined {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? undefined : (time as EpochMs);
}

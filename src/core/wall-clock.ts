import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS, type TradingDate } from './brand.ts';
import { addDays, clockTimeMs, dateAt, midnight } from './calendar-date.ts';
import { newYorkOffset } from './new-york-time.ts';

/** The clock on the wall of a market. */
export interface WallClock {
  /** Local date of an instant. */
  dateOf(time: EpochMs): TradingDate;
  /** The instant at which a local date begins. */
  midnight(date: TradingDate): EpochMs;
  /** The instant of `HH:MM`, from six in the morning on where clocks are turned in the night. */
  at(date: TradingDate, text: string): EpochMs;
}

/** A market's zone as its calendar has it; without `daylightSaving` its clocks are never turned. */
export interface Zone {
  readonly utcOffsetMinutes: number;
  /** Its clocks are New York's. */
  readonly daylightSaving?: 'new-york' | undefined;
}

export function wallClock({ utcOffsetMinutes, daylightSaving }: Zone): WallClock {
  if (daylightSaving === 'new-york') return NEW_YORK;
  const offset = utcOffsetMinutes * MINUTE_MS;
  return {
    dateOf: (time) => dateAt(time, offset),
    midnight: (date) => midnight(date, offset),
    at: (date, text) => (midnight(date, offset) + clockTimeMs(text)) as EpochMs,
  };
}

/** The clocks change at 02:00, so a date begins by the clock of the eve's afternoon. */
function newYorkMidnight(date: TradingDate): EpochMs {
  return midnight(date, newYorkOffset(addDays(date, -1)));
}

const midnights = new Map<TradingDate, EpochMs>();

const NEW_YORK: WallClock = {
  dateOf(time) {
    const summer = dateAt(time, -4 * HOUR_MS);
    return time >= NEW_YORK.midnight(summer) ? summer : dateAt((time - DAY_MS) as EpochMs, -4 * HOUR_MS);
  },
  midnight(date) {
    const known = midnights.get(date) ?? newYorkMidnight(date);
    midnights.set(date, known);
    return known;
  },
  at: (date, text) => (midnight(date, newYorkOffset(date)) + clockTimeMs(text)) as EpochMs,
};

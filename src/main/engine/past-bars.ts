import { barCloseTime } from '../../core/bar-time.ts';
import type { InstrumentKey } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { Candle } from '../../core/candle.ts';
import { type CandleColumns, candlesOf } from '../../core/candle-columns.ts';
import { type Instrument, symbolOf } from '../../core/instrument.ts';
import type { Passport } from '../../core/passport.ts';
import type { LaneContext } from '../../core/scanner/lane-context.ts';
import { Archive, type BarSource } from './archive.ts';
import { laneContext } from './lane-context.ts';

/** What an alert is computed again from. */
export interface ProofGround {
  readonly store: BarSource;
  /** What the instrument goes by now, which need not be its name in the passport. */
  readonly key: InstrumentKey;
  readonly calendar: Calendar;
}

/** The bars of an alert's lane as they stand in the store today, in the shares of the alert's own date. */
export interface PastBars {
  /** From the lane's first bar to the alert's, oldest first. */
  readonly own: readonly Candle[];
  readonly context: LaneContext;
}

export function pastBars(passport: Passport, { store, key, calendar }: ProofGround): PastBars {
  const { timeframe, firstBar, barTime, longer, actions } = passport;
  const end = barCloseTime(barTime, timeframe, calendar);
  const archive = new Archive(
    store,
    () => undefined,
    () => actions.map((action) => ({ ...action, instrument: key, note: '' })),
  );
  // Under the name it had then, for rules that name it; what is stored goes by its name of today.
  const then = instrumentOf(passport);
  const load: Archive['load'] = (_key, ...rest): CandleColumns => archive.load(key, ...rest);
  return {
    // To its close: a bar that is made of shorter ones ends with the last of them.
    own: candlesOf(load(then.key, timeframe, calendar, firstBar, end), then.key, timeframe),
    context: {
      ...laneContext({ instrument: then, calendar }, { load }),
      longerFrom: (each) => longer.find((start) => start.timeframe === each)?.firstBar,
    },
  };
}

/** What of an instrument decides how a rule judges it; the rest of it is for screens and orders. */
function instrumentOf({ instrument: key, segment, sector }: Passport): Instrument {
  const rest = { name: symbolOf(key), tickSize: 0.01, priceDecimals: 2, lotSize: 1 };
  return { key, segment, sector: sector ?? undefined, ...rest };
}

import { barCloseTime } from '../../core/bar-time.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { Candle } from '../../core/candle.ts';
import { type CandleColumns, candlesOf } from '../../core/candle-columns.ts';
import { actionsInForce, type CorporateAction } from '../../core/corporate-action.ts';
import type { Instrument } from '../../core/instrument.ts';
import type { Passport } from '../../core/passport.ts';
import type { LaneContext } from '../../core/scanner/lane-context.ts';
import { Archive, type BarSource } from './archive.ts';
import { laneContext } from './lane-context.ts';

/** What an alert is computed again from. */
export interface ProofGround {
  readonly store: BarSource;
  /** As it is known now: it may have another key than in the passport. */
  readonly instrument: Instrument;
  readonly calendar: Calendar;
  /** Of all instruments, by the keys they have now. */
  readonly actions: readonly CorporateAction[];
}

/** The bars of an alert's lane as they stand in the store today, in the shares of the alert's own date. */
export interface PastBars {
  /** From the lane's first bar to the alert's, oldest first. */
  readonly own: readonly Candle[];
  readonly context: LaneContext;
}

export function pastBars(passport: Passport, { store, instrument, calendar, actions }: ProofGround): PastBars {
  const { timeframe, firstBar, barTime, longer } = passport;
  const date = calendar.dateOf(barTime);
  const end = barCloseTime(barTime, timeframe, calendar);
  const archive = new Archive(
    store,
    () => undefined,
    (key) => actionsInForce(actions, key, date),
  );
  // Under the name it had then, for rules that name it; what is stored goes by its name of today.
  const then: Instrument = { ...instrument, key: passport.instrument };
  const load: Archive['load'] = (_key, ...rest): CandleColumns => archive.load(instrument.key, ...rest);
  return {
    // To its close: a bar that is made of shorter ones ends with the last of them.
    own: candlesOf(load(then.key, timeframe, calendar, firstBar, end), then.key, timeframe),
    context: {
      ...laneContext({ instrument: then, calendar }, { load }),
      longerFrom: (each) => longer.find((start) => start.timeframe === each)?.firstBar,
    },
  };
}

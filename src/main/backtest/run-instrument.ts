import type { EpochMs, InstrumentKey, TradingDate } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import { type CandleColumns, candleAt, sliceColumns } from '../../core/candle-columns.ts';
import type { Instrument } from '../../core/instrument.ts';
import { lookBack } from '../../core/look-back.ts';
import { Grader } from '../../core/outcome/grader.ts';
import type { Outcome, RandomEntries } from '../../core/outcome.ts';
import { type CompiledRule, needsOf } from '../../core/scanner/compile-rule.ts';
import { DayClock } from '../../core/scanner/day-clock.ts';
import type { Finding } from '../../core/scanner/finding.ts';
import { signalOf } from '../../core/scanner/finding-signal.ts';
import { ScanLane } from '../../core/scanner/scan-lane.ts';
import type { Signal } from '../../core/signal.ts';
import { isIntraday, type Timeframe } from '../../core/timeframe.ts';
import type { Archive } from '../engine/archive.ts';
import { laneContext } from '../engine/lane-context.ts';
import { closedBars, lastSessions, toldSessions } from './sessions.ts';
import { whyUnknown } from './why-unknown.ts';

/** What a run is asked for; plain data. */
export interface RunPlan {
  readonly sessions: number;
  /** The market's time. */
  readonly now: EpochMs;
  /** Whether outcomes are wanted. */
  readonly grades: boolean;
}

/** A finding, as a run tells it. */
export interface RunSignal {
  readonly signal: Signal;
  readonly text: string;
  readonly date: TradingDate;
  /** As in `Fire`. */
  readonly minute: number | undefined;
  readonly outcome: Outcome | undefined;
  readonly random: RandomEntries | undefined;
}

/** What came of one instrument; plain data. */
export interface InstrumentRun {
  readonly instrument: InstrumentKey;
  /** Bars that were judged. */
  readonly bars: number;
  /** Sessions with bars, and those without, oldest first. */
  readonly told: readonly TradingDate[];
  readonly missing: readonly TradingDate[];
  /** Oldest first. */
  readonly signals: readonly RunSignal[];
  /** Why the rule can say nothing of it; undefined when it can. */
  readonly unknown: string | undefined;
  /** A side of it is true on the newest bar, whether or not it fired. */
  readonly holds: boolean;
}

/**
 * Runs a rule over the stored bars of one instrument, as it would have run live: warmed by the bars before the first
 * session, each closed bar judged once, in order. Runs that are given the same `rules` share what was planned of them.
 */
export function runInstrument(
  rules: readonly [CompiledRule],
  instrument: Instrument,
  calendar: Calendar,
  archive: Archive,
  { sessions: count, now, grades }: RunPlan,
): InstrumentRun {
  const [rule] = rules;
  const { timeframe } = rule.rule;
  const { key } = instrument;
  const sessions = lastSessions(calendar, count, now);
  const open = sessions[0]?.open ?? now;
  const own = needsOf(rules, timeframe).find((need) => need.timeframe === timeframe)?.bars ?? 0;
  const all = archive.load(key, timeframe, calendar, lookBack(calendar, timeframe, own, open), now);
  const bars = sliceColumns(all, 0, closedBars(all, timeframe, calendar, now));
  const lane = new ScanLane(rules, timeframe, laneContext({ instrument, calendar }, archive));
  const days = new DayClock(calendar, timeframe);
  const found: { readonly finding: Finding; readonly closedAt: EpochMs }[] = [];
  let judged = 0;
  for (let row = 0; row < bars.openTime.length; row += 1) {
    const bar = candleAt(bars, row, key, timeframe);
    const findings = lane.close(bar);
    // A week that opened before the first session may close in it.
    const isInside = bar.openTime >= open || (!isIntraday(timeframe) && days.momentOf(bar.openTime).closeTime > open);
    if (!isInside) continue;
    judged += 1;
    for (const finding of findings) found.push({ finding, closedAt: days.momentOf(finding.barTime).closeTime });
  }
  const load = (frame: Timeframe): CandleColumns =>
    frame === timeframe ? bars : archive.load(key, frame, calendar, open, now);
  const grader = grades ? new Grader({ instrument: key, timeframe, calendar, now, load }) : undefined;
  const { told, missing } = toldSessions(sessions, bars, timeframe, calendar, now);
  return {
    instrument: key,
    bars: judged,
    told,
    missing,
    signals: found.map(({ finding, closedAt }) => {
      const signal = signalOf(finding, key, timeframe);
      const date = calendar.dateOf((closedAt - 1) as EpochMs);
      const session = calendar.session(date);
      return {
        signal,
        text: finding.text,
        date,
        minute:
          isIntraday(timeframe) && session !== undefined ? days.tradingMinutes(session.open, closedAt) : undefined,
        ...(grader?.grade(signal, closedAt) ?? { outcome: undefined, random: undefined }),
      };
    }),
    unknown: whyUnknown(rule, lane, bars, own, found.length),
    holds: lane.judgements().some(({ truth }) => truth === true),
  };
}
